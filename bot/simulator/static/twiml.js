// TwiML, verb by verb, as a telephone carries it out. What it says and hears is given to it.
// Sources: https://www.twilio.com/docs/voice/twiml and its pages on each verb.

export class HungUp extends Error {}

const VERBS = { Say: say, Play: play, Pause: pause, Gather: gather, Dial: dial, Redirect: redirect };
const RATES = { "x-slow": 0.5, slow: 0.75, medium: 1, fast: 1.25, "x-fast": 1.5 };

/** Carries a document out, and returns where the call goes on and with what; null at its end. */
export async function perform(text, phone, signal) {
  const document = new DOMParser().parseFromString(text, "text/xml");
  if (document.documentElement.tagName !== "Response") throw new HungUp("The line's answer is no TwiML.");
  for (const verb of document.documentElement.children) {
    if (signal.aborted) return null;
    if (["Hangup", "Reject"].includes(verb.tagName)) return null;
    const next = await carryOut(verb, phone, signal);
    if (signal.aborted) return null;
    if (next) return next;
  }
  return null;
}

function carryOut(verb, phone, signal) {
  const carry = VERBS[verb.tagName];
  if (!carry) throw new HungUp(`This telephone does not know <${verb.tagName}>.`);
  return carry(verb, phone, signal);
}

async function say(verb, phone, signal) {
  const prosody = verb.querySelector("prosody");
  const rate = RATES[prosody?.getAttribute("rate")] ?? 1;
  for (const _ of times(verb)) {
    await phone.say(verb.textContent, verb.getAttribute("language") ?? "en-US", rate, signal);
  }
}

async function play(verb, phone, signal) {
  for (const _ of times(verb)) await phone.play(verb.textContent.trim(), signal);
}

async function pause(verb, phone, signal) {
  await phone.wait(Number(verb.getAttribute("length") ?? 1), signal);
}

/** Speaks until a key or a word breaks in, then waits; a silence goes on where the document says. */
async function gather(verb, phone, signal) {
  const input = (verb.getAttribute("input") ?? "dtmf").split(" ");
  const wanted = Number(verb.getAttribute("numDigits") ?? Infinity);
  const finish = verb.getAttribute("finishOnKey") ?? "#";
  const speaking = new AbortController();
  signal.addEventListener("abort", () => speaking.abort(), { once: true });
  const heard = phone.listen({
    speech: input.includes("speech"), language: verb.getAttribute("language") ?? "en-US",
    keys: input.includes("dtmf"), wanted, finish, signal,
    breaksIn: () => verb.getAttribute("bargeIn") !== "false" && speaking.abort(),
  });
  for (const child of verb.children) {
    if (speaking.signal.aborted) break;
    await carryOut(child, phone, speaking.signal);
  }
  const got = await heard.end(Number(verb.getAttribute("timeout") ?? 5));
  if (signal.aborted) return null;
  if (!got && verb.getAttribute("actionOnEmptyResult") !== "true") return null;
  return { path: verb.getAttribute("action"), ...(got ?? {}) };
}

async function dial(verb, phone, signal) {
  const number = verb.querySelector("Number")?.textContent ?? verb.textContent;
  const shown = verb.getAttribute("callerId") ?? "";
  const dialled = await phone.connect(number.trim(), shown, Number(verb.getAttribute("timeout") ?? 30), signal);
  return verb.getAttribute("action") ? { path: verb.getAttribute("action"), dialled } : null;
}

async function redirect(verb) {
  return { path: verb.textContent.trim() };
}

function times(verb) {
  return Array(Math.min(Number(verb.getAttribute("loop") ?? 1) || 1000, 1000)).keys();
}
