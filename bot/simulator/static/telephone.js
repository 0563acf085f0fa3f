// The page: a telephone that texts and calls the line, and what is behind its glass.

import { Calls } from "./calls.js";
import { Carrier } from "./carrier.js";
import { byId } from "./dom.js";
import { show } from "./glass.js";
import { Texts } from "./texts.js";

const line = JSON.parse(byId("line").textContent);
const chosen = (name) => document.querySelector(`[name=${name}]:checked`).value;

const who = () => ({
  caller: Number(byId("caller").value),
  country: byId("country").value,
  device: chosen("device"),
  withheld: byId("withheld").checked,
});
const country = () => line.countries.find((one) => one.code === byId("country").value);

const carrier = new Carrier(who);
const texts = new Texts({ carrier, who, country, show });
const calls = new Calls({ carrier, line, show });

// Text or call

const tabs = [byId("tab-text"), byId("tab-call")];
function open(tab) {
  for (const one of tabs) {
    const isOpen = one === tab;
    one.setAttribute("aria-selected", String(isOpen));
    one.tabIndex = isOpen ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !isOpen;
  }
  byId("spent").hidden = tab !== tabs[0];
  byId("transcript-box").hidden = tab !== tabs[1];
}
for (const tab of tabs) {
  tab.addEventListener("click", () => open(tab));
  tab.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs.find((one) => one !== tab);
    open(other);
    other.focus();
  });
}

// Questions to try

for (const chip of document.querySelectorAll("[data-ask]")) {
  chip.addEventListener("click", () => {
    if (calls.isOn) return calls.hear({ speech: chip.dataset.ask });
    open(tabs[0]);
    byId("phone").scrollIntoView({ block: "nearest", behavior: "smooth" });
    return texts.send(chip.dataset.ask);
  });
}

// The phone, and things that go wrong

function startAnew(words) {
  carrier.loseCookies();
  texts.clear();
  texts.tell(words);
}

for (const radio of document.querySelectorAll("[name=device]")) {
  radio.addEventListener("change", () => {
    byId("phone").dataset.device = radio.value;
    startAnew("Another phone, and a new conversation.");
  });
}
for (const id of ["country", "caller"]) {
  byId(id).addEventListener("change", () => startAnew("Another number, and a new conversation."));
}
byId("lose").addEventListener("click", () => {
  carrier.loseCookies();
  texts.tell("The cookie is lost: the line no longer knows what was said before.");
  byId("told").textContent = "Lost. Every message is still understood by itself.";
});
byId("again").addEventListener("click", () => texts.sendAgain());
byId("fresh").addEventListener("click", () => startAnew("A new conversation."));

byId("glass-toggle").addEventListener("click", (event) => {
  const isOpen = event.target.getAttribute("aria-expanded") === "true";
  event.target.setAttribute("aria-expanded", String(!isOpen));
  event.target.textContent = isOpen ? "Open" : "Close";
  byId("glass-body").hidden = isOpen;
});
document.documentElement.dataset.ready = "yes";
