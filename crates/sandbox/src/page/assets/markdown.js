// Discord's Markdown as nodes. What is no mark stays text; links open pages and mails only.

import { el } from "/assets/dom.js";
import { link } from "/assets/markup.js";

/** What may stand inside a line, in the order in which it is tried. Each is looked for exactly where the text stands. */
const INLINE = [
  [/\\([!-/:-@[-`{-~])/y, (m) => m[1]],
  [/```(?:[\w+-]*\n)?([^]*?)```/y, (m) => el("pre", {}, m[1].replace(/\n$/, ""))],
  [/(`+)(.*?[^`])\1(?!`)/y, (m) => el("code", {}, m[2])],
  [/\*\*\*(?=\S)([^]*?\S)\*\*\*/y, (m, names) => el("strong", {}, el("em", {}, ...inline(m[1], names)))],
  [/\*\*(?=\S)([^]*?\S)\*\*/y, wrap("strong")],
  [/__(?=\S)([^]*?\S)__/y, wrap("u")],
  [/~~(?=\S)([^]*?\S)~~/y, wrap("s")],
  [/\*(?=\S)([^]*?\S)\*/y, wrap("em")],
  [/\b_(?=\S)([^]*?\S)_(?!\w)/y, wrap("em")],
  [/\|\|([^]+?)\|\|/y, (m, names) => el("span", { class: "spoiler", tabindex: "0", title: "Spoiler" }, ...inline(m[1], names))],
  [/\[([^\]\n]+)\]\(<?((?:https?|mailto):\S+?)>?\)/iy, (m, names) => link(m[2], ...inline(m[1], names))],
  [/<((?:https?|mailto):[^\s>]+)>/y, (m) => link(m[1], m[1])],
  [/https?:\/\/[^\s<]+[^\s<.,:;!?'")\]]/y, (m) => link(m[0], m[0])],
  [/<([@#])[!&]?(\d+)>/y, (m, names) => el("span", { class: "mention" }, m[1] + (names.get(m[1] + m[2]) ?? "unknown"))],
  [/<a?(:\w+:)\d+>/y, (m) => m[1]],
  [/<t:(\d{1,11})(?::\w)?>/y, (m) => new Date(Number(m[1]) * 1000).toLocaleString()],
];

function wrap(tag) {
  return (m, names) => el(tag, {}, ...inline(m[1], names));
}

function inline(text, names) {
  const nodes = [];
  let plainText = "";
  for (let at = 0; at < text.length;) {
    const [found, draw] = rule(text, at);
    if (!found) { plainText += text[at]; at += 1; continue; }
    if (plainText) nodes.push(plainText);
    plainText = "";
    nodes.push(draw(found, names));
    at += found[0].length;
  }
  return plainText ? [...nodes, plainText] : nodes;
}

function rule(text, at) {
  // Most characters begin nothing.
  if (!/[\\`*_~|[<h]/.test(text[at])) return [null];
  for (const [pattern, draw] of INLINE) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return [found, draw];
  }
  return [null];
}

const HEADS = { 1: "h1", 2: "h2", 3: "h3" };

/** A line that is more than words: a head, small print, an item, a quote. */
function line(text, names) {
  const head = /^(#{1,3}) +(.+)$/.exec(text);
  if (head) return el("div", { class: `head-${HEADS[head[1].length]}` }, ...inline(head[2], names));
  const small = /^-# +(.+)$/.exec(text);
  if (small) return el("small", { class: "item" }, ...inline(small[1], names));
  const item = /^( *)(?:[-*]|(\d+)\.) +(.+)$/.exec(text);
  if (!item) return null;
  const indent = Math.min(Math.floor(item[1].length / 2), 3);
  return el("div", { class: `item indent-${indent}` }, item[2] ? `${item[2]}. ` : "• ", ...inline(item[3], names));
}

/** Nodes for a message. Marks may span lines, so that plain lines stay together. */
export function markdown(text, names) {
  const nodes = [];
  let run = [];
  let isBlock = false;
  const flush = () => {
    if (run.length) nodes.push(isBlock ? el("blockquote", {}, ...markdown(run.join("\n"), names)) : el("span", {}, ...inline(run.join("\n"), names)));
    run = [];
  };
  const [lines, rest] = untilLongQuote(text);
  for (const it of lines) {
    const quoted = /^> ?(.*)$/.exec(it.text);
    const special = !quoted && !it.isCode && line(it.text, names);
    if (special || isBlock !== Boolean(quoted)) flush();
    isBlock = Boolean(quoted);
    if (special) nodes.push(special);
    else run.push(quoted ? quoted[1] : it.text);
  }
  flush();
  return rest === null ? nodes : [...nodes, el("blockquote", {}, ...markdown(rest, names))];
}

/** `>>> ` quotes everything that follows. Lines of code are no lists and no quotes: a block stays one piece. */
function untilLongQuote(text) {
  const lines = [];
  let open = false;
  const all = text.split("\n");
  for (const [index, it] of all.entries()) {
    if (!open && it.startsWith(">>> ")) return [lines, [it.slice(4), ...all.slice(index + 1)].join("\n")];
    const fences = it.split("```").length - 1;
    lines.push({ text: it, isCode: open || fences > 0 });
    if (fences % 2) open = !open;
  }
  return [lines, null];
}

/** The words alone. */
export const plain = (text, names) => el("div", {}, ...markdown(text, names)).textContent;
