// The phone company: it brings texts and calls to the line, and keeps cookies for each pair of numbers.

export class NoAnswer extends Error {}

export class Carrier {
  #jars = new Map();

  constructor(who) {
    this.who = who; // returns {caller, country, device, withheld}
  }

  #pair() {
    const { caller, country, device } = this.who();
    return `${caller} ${country} ${device === "whatsapp"}`;
  }

  loseCookies() {
    this.#jars.delete(this.#pair());
  }

  async text(body, earlier = null) {
    const { caller, country, device } = this.who();
    const pair = this.#pair();
    const cookies = this.#jars.get(pair) ?? {};
    const again = earlier ? { id: earlier.id, token: earlier.token } : {};
    const answer = await post("simulator/texts", { caller, country, device, body, cookies, ...again });
    this.#jars.set(pair, answer.cookies);
    return answer;
  }

  async step(step) {
    const { caller, country, withheld } = this.who();
    return post("simulator/calls", { caller, country, withheld, ...step });
  }
}

async function post(path, asked) {
  let response;
  try {
    response = await fetch(`/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
    });
  } catch {
    throw new NoAnswer("The simulator does not answer. Is the service still running?");
  }
  if (response.status === 502) {
    const { public_url } = await response.json();
    throw new NoAnswer(`Nobody answers at ${public_url}, the PUBLIC_URL of this service.`);
  }
  if (response.status === 503) throw new NoAnswer("Too many people try the line at this moment. Please try again.");
  if (!response.ok) throw new NoAnswer(`The simulator refused this (${response.status}).`);
  const answer = await response.json();
  if (answer.status !== 200) {
    throw new NoAnswer(`The line answered ${answer.status}: PUBLIC_URL or TWILIO_AUTH_TOKEN may be another line's.`);
  }
  return answer;
}
