// What a bot offers behind a slash, above the field while somebody types, as the platform's own programs show it.

import { el, post } from "/assets/dom.js";

const MOST = 8;

/** `pane.commands` are pairs of a line and what is said about it; what else fits the bot is asked, where the platform does (`completes`). */
export function offers(pane) {
  const text = pane.part("text");
  const shown = pane.part("offers");
  let chosen = -1;
  const hide = () => { shown.hidden = true; chosen = -1; text.removeAttribute("aria-activedescendant"); };
  const take = (line) => { text.value = `${line} `; hide(); text.focus(); };
  const mark = () => {
    [...shown.children].forEach((it, index) => it.setAttribute("aria-selected", String(index === chosen)));
    if (chosen >= 0) text.setAttribute("aria-activedescendant", shown.children[chosen].id);
  };
  const draw = (fits) => {
    if (!fits.length) { hide(); return; }
    shown.hidden = false;
    chosen = -1;
    shown.replaceChildren(...fits.slice(0, MOST).map(([line, about], index) => el("li", {
      role: "option", id: `${shown.id}-${index}`, "data-line": line, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); take(line); },
    }, el("b", {}, line), " ", el("span", { class: "quiet" }, about))));
  };
  text.setAttribute("aria-controls", shown.id);
  text.addEventListener("input", async () => {
    const typed = text.value;
    const start = typed.toLowerCase();
    const known = start.startsWith("/") ? pane.commands.filter(([line]) => line.startsWith(start) && line !== start.trim()) : [];
    draw(known);
    if (known.length || !start.startsWith("/") || !pane.platform.completes) return;
    const answer = await post("/api/act", pane.platform.completes(pane.id, pane.me(), typed)).catch(() => null);
    // Whoever types on hears of what fits then.
    if (text.value === typed) draw(answer?.lines ?? []);
  });
  text.addEventListener("blur", hide);
  text.addEventListener("keydown", (event) => {
    if (shown.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = event.key === "Tab" || (event.key === "Enter" && chosen >= 0);
    if (!step && !takes && event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (step) chosen = (Math.max(chosen, step < 0 ? 0 : -1) + step + shown.children.length) % shown.children.length;
    if (step) mark();
    else if (takes) take(shown.children[Math.max(chosen, 0)].dataset.line);
    else hide();
  });
}
