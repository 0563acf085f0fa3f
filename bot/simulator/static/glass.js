// Behind the glass: how it was understood, what was said, what was counted, what went over the wire.

import { byId, el } from "./dom.js";
import { cents, said as priced } from "./price.js";

const DECISIONS = {
  answer: "sure enough to answer at once",
  offer: "asks “Did you mean …?”",
  menu: "not sure: shows the menu",
};
const STANDINGS = {
  signed: "signed by a lawyer", expiring: "signed, and soon to be renewed", expired: "the signature has run out",
  draft: "draft, signed by nobody yet", stale: "stale: the English has changed", missing: "not written yet",
};
const AWAITED = {
  LanguageChoice: "the number of a language", MenuChoice: "a number of the menu", TopicChoice: "which topic was meant",
  ZipCodeWanted: "a ZIP code", ZipCodeHeard: "whether the ZIP code is right", OfficeTold: "again, or the next office",
};

export function show({ kind, said, answer, country, device }) {
  const { glass } = answer;
  byId("behind").replaceChildren(...[
    section("Understood", understood(glass, said, kind)),
    section("Said", saidOf(glass)),
    section("Counted", counted(glass, answer)),
    kind === "text" ? section("Costs", costs(answer, country, device)) : null,
    section("Over the wire", wire(answer)),
  ].filter(Boolean));
}

function section(name, body) {
  return el("section", { class: "pane" }, el("h3", {}, name), body);
}

function understood(glass, said, kind) {
  const parts = [];
  if (said) parts.push(el("p", { class: "asked", dir: "auto" }, said));
  if (glass.seen) {
    const { seen } = glass;
    const isQuestion = Boolean(glass.counted || glass.quoted.length);
    const guesses = [
      el("p", {}, "Language: ", el("b", { lang: seen.language }, el("bdi", {}, seen.name)), " ", el("span", { class: "quiet" }, percent(seen.confidence))),
      el("ul", { class: "bars" }, seen.guesses.map((guess, at) => el("li", { class: at ? "" : "best" },
        el("span", { class: "bar-name" }, guess.title, " ", el("code", {}, guess.topic)),
        el("span", { class: "bar-value" }, percent(guess.confidence)),
        meter(guess.confidence, guess.title)))),
      el("p", { class: "quiet" }, `As a question: ${DECISIONS[seen.decision]}.`),
    ];
    parts.push(...(isQuestion ? guesses : [
      el("p", { class: "quiet" }, "Heard as a number, a place, a command or a greeting, before it is taken for a question."),
      el("details", {}, el("summary", {}, "If it were a question"), guesses),
    ]));
  } else {
    parts.push(el("p", { class: "quiet" }, kind === "call" ? "A key, or silence: there were no words to recognize." : "Nothing to recognize."));
  }
  if (AWAITED[glass.awaiting]) parts.push(el("p", {}, "Now it waits for ", el("b", {}, AWAITED[glass.awaiting]), ", or for any question."));
  return el("div", {}, parts);
}

function meter(value, name) {
  const made = el("meter", { min: "0", max: "1", "aria-label": name });
  made.value = value;
  return made;
}

function saidOf(glass) {
  if (!glass.as_expected) return el("p", {}, "Not an answer: the line asks this number to wait, because it has sent or called so much (choose another caller), or it apologizes, because something failed (its log says where).");
  if (!glass.quoted.length) return el("p", { class: "quiet" }, "Sentences of the machine alone, no reviewed text.");
  return el("div", {}, glass.quoted.map((one) => el("div", { class: "quoted" },
    el("p", { class: "quoted-title" }, el("b", { lang: one.language, dir: "auto" }, one.title), " ",
      el("span", { class: `tag ${one.standing}` }, one.standing)),
    el("p", {}, el("code", {}, one.file), ` · page ${one.page} of ${one.pages}`),
    el("p", { class: "quiet" }, one.reviewer ? `${STANDINGS[one.standing]}: ${one.reviewer}, until ${one.expires}` : STANDINGS[one.standing]),
    el("details", {}, el("summary", {}, `${one.sources.length} sources`),
      el("ul", { class: "sources" }, one.sources.map(source))))));
}

function source(one) {
  const seen = one.seen ? `seen ${one.seen}` : "no day noted";
  const known = { read: "read", secondary: "from a report", memory: "not read again" }[one.confidence];
  return el("li", {}, one.url ? el("a", { href: one.url, rel: "noreferrer", target: "_blank" }, one.law) : one.law,
    el("span", { class: "quiet" }, ` ${known}, ${seen}${one.volatile ? ", changes often" : ""}`));
}

function counted(glass, answer) {
  if (answer.again) return el("p", {}, "Nothing: a message that is delivered again is answered again, and counted once.");
  if (!glass.counted) return el("p", { class: "quiet" }, "Nothing.");
  const { topic, language, channel, outcome, state } = glass.counted;
  return el("div", {},
    el("dl", { class: "facts" }, ...facts({ topic, language, channel, outcome, state })),
    el("p", { class: "quiet" }, "One is added to these, with no number and no words. Only the first two questions of a number count in a day."));
}

function costs(answer, country, device) {
  const { messages } = answer;
  if (device === "whatsapp") return el("p", {}, `${messages.length} messages by WhatsApp, which knows no segments.`);
  const price = cents(messages, country, device);
  const segments = messages.reduce((sum, one) => sum + one.segments, 0);
  return el("div", {},
    el("p", {}, el("b", {}, `${segments} ${segments === 1 ? "segment" : "segments"}`), price === null ? "" : `, ${priced(price)}`),
    el("p", { class: "quiet" }, country.price
      ? `${(country.price.segment / 100).toFixed(2)}¢ a segment. ${country.price.source}. As of ${country.price.seen}.`
      : `We know no price for ${country.name}.`));
}

function wire(answer) {
  const { request } = answer;
  return el("div", {},
    el("details", {}, el("summary", {}, "The answer, in TwiML"), el("pre", { tabindex: "0", "aria-label": "TwiML" }, tidy(answer.twiml))),
    el("details", {}, el("summary", {}, `The request: POST ${new URL(request.url).pathname.slice(0, 40)}`),
      el("p", { class: "wide" }, el("code", {}, request.url)),
      el("table", {}, el("caption", {}, "Headers"), el("tbody", {}, rows(request.headers))),
      el("table", {}, el("caption", {}, "Form"), el("tbody", {}, rows(request.fields)))));
}

function tidy(document) {
  return document.replace(/></g, ">\n<").replace(/^<(Say|Play|Number|prosody)/gm, "  <$1");
}

function rows(values) {
  return Object.entries(values).map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", { dir: "auto" }, value)));
}

function facts(values) {
  return Object.entries(values).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
}

function percent(value) {
  return `${Math.round(value * 100)} %`;
}
