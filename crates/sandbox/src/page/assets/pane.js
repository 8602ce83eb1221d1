// What every open place has: a head with its name, and buttons to change it for another and to close it.

import { el } from "/assets/dom.js";
import { closes, gives } from "/assets/open.js";
import { badge, placeAt, platformOf } from "/assets/shelf.js";

const icon = (name, words, sign, onclick, more) =>
  el("button", { type: "button", class: "icon", "data-act": name, title: words, "aria-label": words, onclick, ...more }, sign);

/** `part(name)` finds what stands in it. Parts have ids, so that labels find them and nothing is called like in another pane. */
export function frame(at, ...inside) {
  const title = placeAt(at)?.title ?? at;
  const node = el("section", { class: `pane is-${platformOf(at)}`, "data-at": at, "data-platform": platformOf(at), "aria-labelledby": `${at}-title` },
    el("div", { class: "pane-head" },
      badge(at),
      el("div", { class: "pane-name" },
        el("h2", { id: `${at}-title`, dir: "auto" }, title),
        el("p", { class: "quiet", "data-part": "about" })),
      icon("give", `Open the next place here, instead of ${title}`, "⇄", () => gives(at), { "aria-pressed": "false" }),
      icon("close", `Close ${title}`, "✕", () => closes(at))),
    ...inside);
  return { at, node, title, part: (name) => node.querySelector(`[data-part="${name}"]`) };
}

/** Asks for the place and shows it, where it is not what stands there already. */
export function refreshes(pane, showView) {
  let text = null;
  return async () => {
    const response = await fetch(`/api/places/${encodeURIComponent(pane.at)}`);
    const answer = await response.text();
    if (answer === text) return;
    text = answer;
    if (response.ok) showView(JSON.parse(answer));
    else if (response.status === 404) pane.part("about").textContent = answer;
    else throw new Error(answer);
  };
}

/** An address that nobody knows. */
export function nowhere(at) {
  const pane = frame(at, el("p", { class: "empty" }, "There is no such place. Choose another on the shelf."));
  return { node: pane.node, refresh: async () => {}, as: () => {}, focus: () => pane.node.querySelector("[data-act=close]").focus() };
}
