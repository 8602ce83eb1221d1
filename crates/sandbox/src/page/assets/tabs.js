// On a phone one thing is seen at a time: the shelf, what is open, or the bridge. On a narrow desk the bridge is put away until it is wanted.

import { $ } from "/assets/dom.js";

export function turnTo(what) {
  document.body.dataset.shown = what;
  for (const tab of document.querySelectorAll("[data-tab]")) tab.setAttribute("aria-pressed", tab.dataset.tab === what);
}

function putBridge(on) {
  $("#bridge-toggle").setAttribute("aria-pressed", on);
  document.body.classList.toggle("has-bridge", on);
}

for (const tab of document.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => turnTo(tab.dataset.tab));
$("#bridge-toggle").addEventListener("click", () => putBridge(!document.body.classList.contains("has-bridge")));
putBridge(matchMedia("(min-width: 1280px)").matches);
