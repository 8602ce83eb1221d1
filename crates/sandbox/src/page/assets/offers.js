// What a bot offers behind a slash, above the field while somebody types, as the platform's own programs show it.

import { el } from "/assets/dom.js";

const MOST = 8;

/** `pane.commands` are pairs of a line and what is said about it. Arrows choose, Tab or Enter takes, Escape puts away. */
export function offers(pane) {
  const text = pane.part("text");
  const shown = pane.part("offers");
  let chosen = -1;
  const hide = () => { shown.hidden = true; chosen = -1; text.removeAttribute("aria-activedescendant"); };
  const take = (line) => { text.value = `${line} `; hide(); text.focus(); };
  const draw = () => {
    const typed = text.value.toLowerCase();
    const fits = typed.startsWith("/") ? pane.commands.filter(([line]) => line.startsWith(typed) && line !== typed.trim()) : [];
    shown.hidden = fits.length === 0;
    if (shown.hidden) { hide(); return; }
    chosen = Math.min(chosen, Math.min(fits.length, MOST) - 1);
    shown.replaceChildren(...fits.slice(0, MOST).map(([line, about], index) => el("li", {
      role: "option", id: `${shown.id}-${index}`, "aria-selected": String(index === chosen), onpointerdown: (event) => { event.preventDefault(); take(line); },
    }, el("b", {}, line), " ", el("span", { class: "quiet" }, about))));
    if (chosen >= 0) text.setAttribute("aria-activedescendant", `${shown.id}-${chosen}`);
  };
  text.setAttribute("aria-controls", shown.id);
  text.addEventListener("input", draw);
  text.addEventListener("blur", hide);
  text.addEventListener("keydown", (event) => {
    if (shown.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = event.key === "Tab" || (event.key === "Enter" && chosen >= 0);
    if (step) chosen = (chosen + step + shown.children.length) % shown.children.length;
    else if (event.key === "Escape") event.stopPropagation();
    else if (!takes) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (step) draw();
    else if (takes) take(shown.children[Math.max(chosen, 0)].querySelector("b").textContent);
    else hide();
  });
}
