// The preview: show some of the texts, and print them for a desk.

import { byId } from "./dom.js";

const entries = [...document.querySelectorAll(".entry")];

function choose() {
  const wished = byId("shown").value.split(" ").filter(Boolean);
  for (const entry of entries) {
    const has = entry.dataset.standing.split(" ");
    entry.hidden = wished.length > 0 && !wished.some((one) => has.includes(one));
  }
  for (const chapter of document.querySelectorAll(".chapter")) {
    chapter.hidden = !chapter.querySelector(".entry:not([hidden])");
  }
  const shown = entries.filter((entry) => !entry.hidden).length;
  byId("count").textContent = `${shown} of ${entries.length}`;
}

byId("filter").hidden = false;
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("shown").addEventListener("change", choose);
byId("print").hidden = false;
byId("print").addEventListener("click", () => {
  window.print();
});
// On paper nothing can be opened.
window.addEventListener("beforeprint", () => document.querySelectorAll(".stands-on").forEach((one) => { one.open = true; }));
choose();
