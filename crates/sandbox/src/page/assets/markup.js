// Telegram's text with its entities. Offsets count UTF-16 units, as JavaScript's strings do.

import { el } from "/assets/dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** Nodes for `text`: it is cut wherever an entity begins or ends, and each piece is wrapped in what covers it. */
export function marked(text, entities) {
  const cuts = new Set([0, text.length]);
  for (const it of entities) { cuts.add(it.offset); cuts.add(it.offset + it.length); }
  const places = [...cuts].filter((it) => it <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1];
    const over = entities.filter((it) => it.offset <= from && it.offset + it.length >= to);
    return over.reduce((inner, entity) => wrapped(inner, entity, text), text.slice(from, to));
  });
}

function wrapped(inner, entity, text) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, inner);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0", title: "Spoiler" }, inner);
  const address = addressOf(entity, text);
  return address ? link(address, inner) : inner;
}

function addressOf(entity, text) {
  const words = text.slice(entity.offset, entity.offset + entity.length);
  return { text_link: entity.url, url: /^[a-z]+:/i.test(words) ? words : `https://${words}`, email: `mailto:${words}` }[entity.type];
}

/** Only addresses that open a page or a mail: never a script. */
export function link(address, ...inner) {
  if (!/^(https?|mailto):/i.test(address ?? "")) return el("span", {}, ...inner);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}
