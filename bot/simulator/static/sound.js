// Sounds: tones of keys, ringing, the browser's own voices, and its ear where it has one.

// The two frequencies of each key (ITU-T Q.23).
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = "123456789*0#";
const LETTERS_A_SECOND = 15;

const Ear = window.SpeechRecognition ?? window.webkitSpeechRecognition;
export const hasEar = Boolean(Ear);

let context = null;

function tones(frequencies, seconds, volume) {
  try {
    context ??= new AudioContext();
    const gain = new GainNode(context, { gain: volume });
    gain.connect(context.destination);
    for (const frequency of frequencies) {
      const tone = new OscillatorNode(context, { frequency });
      tone.connect(gain);
      tone.start();
      tone.stop(context.currentTime + seconds);
    }
  } catch {
    // A browser without sound is a telephone all the same.
  }
}

export function keyTone(key) {
  const at = KEYS.indexOf(key);
  if (at >= 0) tones([ROWS[Math.floor(at / 3)], COLUMNS[at % 3]], 0.14, 0.06);
}

export const ringTone = () => tones([440, 480], 1.1, 0.04);

export function wait(seconds, signal) {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(done, seconds * 1000);
    signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
  });
}

/** The browser's voice for a language: that of the country if there is one. */
function voiceOf(language) {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const plain = (tag) => tag.replace("_", "-").toLowerCase();
  const [base] = plain(language).split("-");
  const aliases = { cmn: "zh", arb: "ar", yue: "zh" };
  const wished = aliases[base] ?? base;
  return voices.find((one) => plain(one.lang) === plain(language))
    ?? voices.find((one) => plain(one.lang).split("-")[0] === wished);
}

/** Says a text, or takes as long as it would take; returns whether a voice spoke. */
export async function speak(text, language, rate, { aloud, instant }, signal) {
  if (instant || signal.aborted) return false;
  const voice = aloud ? voiceOf(language) : null;
  if (!voice) {
    await wait(text.length / LETTERS_A_SECOND / rate, signal);
    return false;
  }
  await new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    Object.assign(words, { voice, lang: voice.lang, rate, onend: done, onerror: done });
    signal.addEventListener("abort", () => { speechSynthesis.cancel(); done(); }, { once: true });
    // Some browsers never tell that they have ended.
    setTimeout(done, (text.length / LETTERS_A_SECOND / rate) * 3000 + 5000);
    speechSynthesis.speak(words);
  });
  return true;
}

/** Plays a recording, or returns false if it cannot be played. */
export async function playFile(address, { instant }, signal) {
  if (instant || signal.aborted) return true;
  const sound = new Audio(address);
  signal.addEventListener("abort", () => sound.pause(), { once: true });
  return new Promise((done) => {
    sound.addEventListener("ended", () => done(true));
    sound.addEventListener("error", () => done(false));
    sound.addEventListener("pause", () => done(true));
    sound.play().catch(() => done(false));
  });
}

/** Listens to the microphone once; calls back with the words. */
export function hearOnce(language, heard, ended) {
  const ear = new Ear();
  ear.lang = language;
  ear.addEventListener("result", (event) => heard(event.results[0][0].transcript));
  ear.addEventListener("end", ended);
  ear.addEventListener("error", ended);
  ear.start();
  return ear;
}
