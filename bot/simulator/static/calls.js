// Calling: the screen of a call, its keys, what is said on it, and the desk at its other end.

import { byId, el } from "./dom.js";
import { hasEar, hearOnce, keyTone, playFile, ringTone, speak, wait } from "./sound.js";
import { perform } from "./twiml.js";

const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const SOONEST_DESK = 0.2;

export class Calls {
  #call = null; // an AbortController while a call goes on
  #ear = null; // what the line listens for
  #began = 0;

  constructor({ carrier, line, show }) {
    Object.assign(this, { carrier, line, show });
    byId("keypad").append(...[..."123456789*0#"].map((key) => el("button",
      { type: "button", class: "key", "data-key": key, onclick: () => this.press(key), "aria-label": key === "*" ? "star" : key === "#" ? "pound" : key },
      el("b", {}, key), el("small", { "aria-hidden": "true" }, LETTERS[key] ?? ""))));
    byId("dial").addEventListener("click", () => this.ring());
    byId("hang-up").addEventListener("click", () => this.hangUp());
    byId("silence").addEventListener("click", () => this.#ear?.finish(null));
    byId("say").addEventListener("submit", (event) => {
      event.preventDefault();
      const words = byId("words").value.trim();
      byId("words").value = "";
      if (words) this.hear({ speech: words });
    });
    byId("mic").addEventListener("click", () => this.#speak());
    byId("mic").hidden = !hasEar;
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest("input, textarea, select");
      if (this.isOn && !writes && !event.ctrlKey && !event.metaKey && !event.altKey && /^[0-9*#]$/.test(event.key)) this.press(event.key);
    });
    setInterval(() => this.#tick(), 500);
    // Browsers load their voices when they are first asked for.
    window.speechSynthesis?.getVoices();
  }

  get isOn() {
    return this.#call !== null;
  }

  get #mode() {
    const value = byId("sound").value;
    return { aloud: value === "voice", instant: value === "instant" };
  }

  async ring() {
    if (this.#call) return;
    this.#call = new AbortController();
    const { signal } = this.#call;
    byId("transcript").replaceChildren();
    this.#look("Calling …", true);
    this.#caption("", "", "ltr");
    if (!this.#mode.instant) {
      ringTone();
      await wait(1.6, signal);
    }
    let why = "The line has hung up.";
    try {
      let step = { path: "/voice" };
      let id = "";
      while (step && !signal.aborted) {
        const answer = await this.carrier.step({ ...step, id });
        if (signal.aborted) break;
        id = answer.id;
        this.answer = answer;
        if (!this.#began) {
          this.#began = Date.now();
          this.#look("In a call", true);
        }
        this.show({ kind: "call", said: step.speech ?? (step.digits ? `Key ${step.digits}` : ""), answer });
        step = await perform(answer.twiml, this, signal);
      }
    } catch (error) {
      why = error.message;
    }
    this.#end(signal.aborted ? "You have hung up." : why);
  }

  hangUp() {
    this.#call?.abort();
    this.#ear?.finish(null);
  }

  #end(why) {
    this.#call = null;
    this.#ear = null;
    this.#began = 0;
    byId("desk").hidden = true;
    this.#look("The call is over", false);
    this.#listening("");
    this.#note(why);
    byId("caption").replaceChildren(el("p", {}, why));
    byId("dial").focus({ preventScroll: true });
  }

  // What the line does: see twiml.js

  async say(text, locale, rate, signal) {
    const language = this.#languageOf(locale);
    this.#caption(text, language.tag, language.direction);
    this.#write("line", text, language.tag, language.direction);
    await speak(text, locale, rate, this.#mode, signal);
  }

  async play(address, signal) {
    const recorded = this.answer.glass.recordings[new URL(address, location.href).pathname];
    const known = this.line.languages.find((one) => one.tag === recorded?.language);
    const text = recorded?.text ?? "A recording";
    this.#caption(text, known?.tag ?? "", known?.direction ?? "ltr");
    this.#write("line", text, known?.tag ?? "", known?.direction ?? "ltr");
    if (!this.#mode.aloud || !await playFile(address, this.#mode, signal)) {
      await speak(text, "", 1, { ...this.#mode, aloud: false }, signal);
    }
  }

  wait(seconds, signal) {
    return this.#mode.instant ? Promise.resolve() : wait(seconds, signal);
  }

  /** Begins to listen; `end` is called when the line has finished speaking. */
  listen({ speech, language, keys, wanted, finish, signal, breaksIn }) {
    let done;
    let timer = null;
    let digits = "";
    let patience = 0;
    const ended = new Promise((resolve) => { done = resolve; });
    const ear = {
      speech, language,
      finish: (got) => { clearTimeout(timer); breaksIn(); done(got); },
      rest: () => {
        clearTimeout(timer);
        if (!patience || byId("patience").value === "ever") return;
        timer = setTimeout(() => ear.finish(digits ? { digits } : null), patience * 1000);
      },
      hear: ({ digits: key, speech: words }) => {
        if (words !== undefined) {
          if (speech) ear.finish({ speech: words });
          return speech;
        }
        if (!keys) return false;
        breaksIn();
        if (finish && key === finish) ear.finish(digits ? { digits } : null);
        else {
          digits += key;
          this.#listening(wanted > 1 ? `Keys so far: ${[...digits].join(" ")}` : "");
          if (digits.length >= wanted) ear.finish({ digits });
          else ear.rest();
        }
        return true;
      },
    };
    this.#ear = ear;
    signal.addEventListener("abort", () => ear.finish(null), { once: true });
    byId("silence").hidden = false;
    byId("words").placeholder = speech ? "Say it in writing" : "Only keys are heard";
    byId("words").disabled = !speech;
    byId("mic").disabled = !speech;
    return {
      end: (seconds) => {
        patience = seconds;
        if (!digits) this.#listening(speech ? "Press a key, or say something" : "Press a key");
        ear.rest();
        return ended.finally(() => {
          if (this.#ear === ear) this.#ear = null;
          byId("silence").hidden = true;
          this.#listening("");
        });
      },
    };
  }

  /** Lets the desk ring, and returns how that ended, in Twilio's words. */
  async connect(number, shown, seconds, signal) {
    this.#note(`Connecting to ${number} …`);
    this.#caption("Connecting …", "en", "ltr");
    ringTone();
    await this.wait(SOONEST_DESK, signal);
    return new Promise((done) => {
      const finish = (how, words) => {
        clearTimeout(timer);
        byId("desk").hidden = true;
        this.#note(words);
        done(how);
      };
      const timer = setTimeout(() => finish("no-answer", "Nobody answered."), seconds * 1000);
      signal.addEventListener("abort", () => finish("canceled", "The call has ended."), { once: true });
      byId("desk").hidden = false;
      byId("desk-title").textContent = "Incoming call";
      byId("desk-from").textContent = shown === this.line.number
        ? `Shown: ${shown}, the line’s own number. The caller’s stays hidden.` : `Shown: ${shown}, the caller’s number.`;
      const answered = () => {
        clearTimeout(timer);
        byId("desk-title").textContent = "You are talking";
        this.#note("Somebody answers.");
        byId("desk-keys").replaceChildren(el("button", { type: "button", class: "hang-up", onclick: () => finish("completed", "They have talked.") }, "End the talk"));
        byId("desk-keys").firstChild.focus();
      };
      byId("desk-keys").replaceChildren(
        el("button", { type: "button", class: "dial", onclick: answered }, "Answer"),
        el("button", { type: "button", onclick: () => finish("busy", "The desk is busy.") }, "Busy"),
        el("button", { type: "button", onclick: () => finish("no-answer", "Nobody answered.") }, "No answer"),
      );
      byId("desk-keys").firstChild.focus();
    });
  }

  // What the caller does

  press(key) {
    if (!this.#mode.instant) keyTone(key);
    const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    button.classList.add("pressed");
    setTimeout(() => button.classList.remove("pressed"), 140);
    if (this.#call) this.hear({ digits: key });
  }

  hear(what) {
    if (!this.#ear?.hear(what)) {
      if (what.speech) this.#listening("Here only keys are heard");
      return;
    }
    this.#write("caller", what.speech ?? `Key ${what.digits}`, "", "auto");
  }

  #speak() {
    if (!this.#ear?.speech) return;
    const mic = byId("mic");
    mic.setAttribute("aria-pressed", "true");
    this.#listening("Listening … your browser's maker may turn the words into text");
    hearOnce(this.#ear.language, (words) => this.hear({ speech: words }), () => mic.setAttribute("aria-pressed", "false"));
  }

  // What is shown

  #look(state, on) {
    byId("call-state").textContent = state;
    byId("calling").dataset.on = String(on);
    byId("dial").hidden = on;
    byId("hang-up").hidden = !on;
    if (!on) {
      byId("silence").hidden = true;
      byId("call-clock").textContent = "";
    } else byId("hang-up").focus({ preventScroll: true });
  }

  #tick() {
    if (!this.#began) return;
    const seconds = Math.floor((Date.now() - this.#began) / 1000);
    byId("call-clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  #caption(text, language, direction) {
    byId("caption").replaceChildren(el("p", { lang: language || false, dir: direction }, text));
    byId("caption").scrollTop = 0;
  }

  #listening(words) {
    byId("listening").textContent = words;
  }

  #write(side, text, language, direction) {
    const list = byId("transcript");
    list.append(el("li", { class: side, lang: language || false, dir: direction }, text));
    list.scrollTop = list.scrollHeight;
  }

  #note(words) {
    this.#write("note", words, "", "ltr");
  }

  #languageOf(locale) {
    const base = (tag) => ({ cmn: "zh", arb: "ar" })[tag.split("-")[0]] ?? tag.split("-")[0];
    return this.line.languages.find((one) => one.locale === locale)
      ?? this.line.languages.find((one) => base(one.tag) === base(locale)) ?? { tag: locale, direction: "ltr" };
  }
}
