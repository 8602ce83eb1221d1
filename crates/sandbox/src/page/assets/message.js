// One message as it is drawn in any chat: who, what it answers, words, files, reactions, and what one can do with it.

import { bytes, clock, el, portrait } from "/assets/dom.js";
import { link } from "/assets/markup.js";

/** Above what a bot says to one person among others. */
export const ALONE = "Only you can see this";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** `row` is data only, so that it can be compared; `on` is what happens when one presses something. */
export function drawRow(at, row, on) {
  const shape = { service: drawService, thread: drawThread }[row.kind] ?? drawMessage;
  return shape(at, row, on);
}

export const anchor = (at, key) => `${at}-message-${key}`;

function drawService(at, row) {
  return el("li", { class: depth("message is-service", row), dir: "auto" }, row.text);
}

/** The head of a thread; what is said in it follows, indented. */
function drawThread(at, row) {
  return el("li", { class: "thread-head" }, el("span", { "aria-hidden": "true" }, "↳ "),
    row.title ? el("b", { dir: "auto" }, row.title) : null, el("span", { class: "quiet" }, row.title ? ` · ${row.count}` : row.count));
}

const depth = (classes, row) => (row.depth ? `${classes} is-below` : classes);

function drawMessage(at, row, on) {
  return el("li", { class: depth(`message${row.mine ? " is-mine" : ""}${row.alone ? " is-hidden" : ""}`, row), id: anchor(at, row.key) },
    portrait(row.author, row.picture, row.isBridge),
    el("div", { class: "bubble" },
      el("div", { class: "name" }, el("span", { dir: "auto" }, row.author), row.badge ? el("span", { class: "badge" }, row.badge) : null,
        row.topic ? el("span", { class: "topic" }, `# ${row.topic}`) : null, clock(row.at)),
      row.above ? el("div", { class: "quiet" }, row.above) : null,
      row.replyTo ? replied(at, row.replyTo, on) : null,
      ...row.files.map(drawFile),
      row.hasWords ? el("div", { class: "words", dir: "auto" }, ...on.words(row)) : null,
      row.buttons.length ? el("div", { class: "buttons" }, ...row.buttons.map((it) => drawButton(row, it, on))) : null,
      row.edited || row.reactions.length ? below(row, on) : null,
      row.readOnly ? null : acts(row, on)));
}

function below(row, on) {
  return el("div", { class: "below" },
    el("div", { class: "reactions" }, ...row.reactions.map((it) => drawReaction(row, it, on))),
    row.edited ? el("span", { class: "edited" }, "edited") : null);
}

function replied(at, parent, on) {
  return el("button", { type: "button", class: "replied", title: "Show the answered message", onclick: () => on.jump(anchor(at, parent.key)) },
    el("b", { dir: "auto" }, parent.author), el("span", { dir: "auto" }, parent.excerpt));
}

function drawFile(file) {
  if (file.url && PICTURES.includes(file.mime)) {
    return el("a", { class: "picture", href: file.url, target: "_blank", rel: "noopener" },
      el("img", { src: file.url, alt: file.alt || `Picture ${file.name}` }));
  }
  const size = file.size ? el("span", { class: "quiet" }, ` ${bytes(file.size)}`) : null;
  const words = `${file.icon ?? "📎"} ${file.name}`;
  return el("div", { class: "files" }, file.url ? el("a", { href: file.url, title: file.alt }, words, size) : el("span", {}, words));
}

function drawButton(row, button, on) {
  if (button.url && !button.door) return link(button.url, button.label);
  return el("button", { type: "button", "data-act": `press-${button.value}`, onclick: () => on.press(row, button) }, button.label);
}

function drawReaction(row, it, on) {
  const mine = it.by.includes(row.me);
  return el("button", {
    type: "button", "data-act": `react-${it.emoji}`, "aria-pressed": String(mine), disabled: row.readOnly, title: it.by.join(", "),
    "aria-label": `${it.shown} by ${it.by.join(", ")}`, onclick: () => on.react(row, it.emoji, !mine),
  }, it.shown, it.by.length > 1 ? ` ${it.by.length}` : "");
}

const act = (name, words, more, onclick) => el("button", { type: "button", "data-act": name, onclick, ...more }, words);

function acts(row, on) {
  return el("div", { class: "acts" },
    row.can.reply ? act("reply", "Reply", {}, () => on.begin("reply", row)) : null,
    row.can.thread ? act("thread", "Thread", { "aria-label": "Thread: reply in it" }, () => on.begin("thread", row)) : null,
    ...on.quick.map(([emoji, shown, words]) =>
      act(`quick-${emoji}`, shown, { "aria-label": `React: ${words}` }, () => on.react(row, emoji, true))),
    row.mine && row.can.edit ? act("edit", "Edit", {}, () => on.begin("edit", row)) : null,
    row.mine && row.can.remove ? act("delete", "Delete", {}, () => on.remove(row)) : null);
}
