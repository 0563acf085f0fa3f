// Texting: bubbles, what each of them costs, and what one can send next.

import { byId, el } from "./dom.js";
import { cents, said } from "./price.js";

const SCREEN = 160;
const A_FEW = 5;

export class Texts {
  #sent = null;
  #sheets = [];
  #busy = false;

  constructor({ carrier, who, country, show }) {
    Object.assign(this, { carrier, who, country, show });
    this.log = byId("log");
    this.body = byId("body");
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.body.value);
    });
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send(this.body.value);
      }
    });
    this.body.addEventListener("input", () => this.#grow());
  }

  #grow() {
    this.body.rows = Math.min(4, this.body.value.split("\n").length + Math.floor(this.body.value.length / 34));
  }

  async send(words) {
    const body = words.trim();
    if (!body || this.#busy) return;
    this.body.value = "";
    this.#grow();
    await this.#deliver(body, null);
  }

  async sendAgain() {
    if (this.#sent && !this.#busy) await this.#deliver(this.#sent.body, this.#sent.answer);
  }

  async #deliver(body, earlier) {
    this.#busy = true;
    byId("hello")?.remove();
    byId("replies").replaceChildren();
    const mine = this.#bubble(body, "mine", { direction: "auto", language: "" });
    if (earlier) mine.before(this.note("The same message is delivered once more, as after a lost connection."));
    const typing = el("p", { class: "typing", "aria-label": "The line is writing" }, el("i"), el("i"), el("i"));
    this.log.append(typing);
    this.#down();
    let reading = null;
    try {
      const answer = await this.carrier.text(body, earlier);
      typing.remove();
      const sent = this.#bubble(body, "mine", answer.own, answer);
      mine.replaceWith(sent);
      reading = sent;
      if (!answer.messages.length) this.log.append(this.note("The line says nothing to this."));
      const country = this.country();
      for (const sheet of answer.messages) this.#bubble(sheet.text, "theirs", sheet, answer);
      this.#sheets.push(...answer.messages);
      this.#sent = { body, answer };
      this.#offer(answer);
      this.#sum(country);
      byId("again").disabled = false;
      this.show({ kind: "text", said: body, answer, country, device: this.who().device });
    } catch (error) {
      typing.remove();
      this.log.append(el("p", { class: "alarm", role: "alert" }, error.message));
    } finally {
      this.#busy = false;
      if (reading) this.#readFrom(reading);
      else this.#down();
    }
  }

  #bubble(text, side, sheet, answer = null) {
    const device = this.who().device;
    const words = el("div", { class: "words", dir: sheet.direction, lang: sheet.language || false });
    if (device === "old") words.append(...screens(text));
    else words.append(text);
    const bubble = el("div", { class: `bubble ${side}` }, words);
    if (answer) bubble.append(this.#cost(sheet, side, device, answer, text));
    const old = this.log.querySelector(".typing");
    if (old) old.before(bubble);
    else this.log.append(bubble);
    return bubble;
  }

  #cost(sheet, side, device, answer, text) {
    const country = this.country();
    const look = () => {
      this.show({ kind: "text", said: this.#saidBefore(answer), answer, country, device });
      byId("glass-title").scrollIntoView({ block: "nearest", behavior: "smooth" });
    };
    if (device === "whatsapp") {
      return el("button", { type: "button", class: "cost", onclick: look }, `WhatsApp · ${[...text].length} characters`);
    }
    const full = sheet.segments;
    const marks = el("span", { class: "marks", "aria-hidden": "true" });
    for (let number = 0; number < full; number += 1) marks.append(el("i"));
    const price = side === "theirs" ? cents([sheet], country, device) : null;
    const parts = [
      `${full} ${full === 1 ? "segment" : "segments"}`,
      price === null ? null : said(price),
      sheet.encoding === "UCS-2" ? because(sheet.forcing) : null,
    ].filter(Boolean);
    return el("button", { type: "button", class: "cost", onclick: look,
      title: `${sheet.encoding}, ${sheet.units} of ${sheet.room} places. Look behind it` }, marks, parts.join(" · "));
  }

  #saidBefore(answer) {
    return answer.request.fields.Body;
  }

  #offer(answer) {
    const { replies, language } = answer.glass;
    byId("replies").replaceChildren(...replies.map((words) =>
      el("button", { type: "button", class: "reply", lang: language || false, onclick: () => this.send(words) }, words)));
  }

  #sum(country) {
    const device = this.who().device;
    const segments = this.#sheets.reduce((sum, sheet) => sum + sheet.segments, 0);
    const price = cents(this.#sheets, country, device);
    byId("spent").textContent = device === "whatsapp"
      ? `The line has sent ${this.#sheets.length} ${this.#sheets.length === 1 ? "message" : "messages"}.`
      : `The line has sent ${segments} ${segments === 1 ? "segment" : "segments"}${price === null
        ? `; we know no price for ${country.name}.`
        : `, about ${said(price)} and carrier fees (list price of ${country.price.seen}).`}`;
  }

  note(words) {
    return el("p", { class: "note" }, words);
  }

  tell(words) {
    byId("hello")?.remove();
    this.log.append(this.note(words));
    this.#down();
  }

  clear() {
    this.#sent = null;
    this.#sheets = [];
    this.log.replaceChildren();
    byId("replies").replaceChildren();
    byId("spent").textContent = "";
    byId("again").disabled = true;
  }

  /** Shows an exchange from its beginning, as one reads it. */
  #readFrom(bubble) {
    this.log.scrollTop = bubble.offsetTop - this.log.offsetTop - 8;
  }

  #down() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

// A few letters cost more than they need; many are a script of their own, and cost what they must.
function because(forcing) {
  return forcing.length > A_FEW ? "UCS-2" : `UCS-2 because of ${forcing.join(" ")}`;
}

// An old phone shows so many characters, and then one presses the arrow.
function screens(text) {
  const found = [];
  let rest = [...text];
  while (rest.length) {
    let end = Math.min(SCREEN, rest.length);
    if (end < rest.length) {
      const space = rest.slice(0, end).lastIndexOf(" ");
      if (space > SCREEN / 2) end = space + 1;
    }
    found.push(rest.slice(0, end).join(""));
    rest = rest.slice(end);
  }
  return found.map((one, at) => el("p", { class: "lcd" }, one.trim(),
    found.length > 1 ? el("span", { class: "lcd-page", "aria-hidden": "true" }, `${at + 1}/${found.length}`) : null));
}
