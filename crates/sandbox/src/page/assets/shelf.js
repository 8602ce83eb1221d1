// The shelf of all places: what there is, what came since somebody looked, and finding one among many.

import { $, el, list } from "/assets/dom.js";
import { turnTo } from "/assets/tabs.js";

/** As many of a group are on show until somebody asks for more. */
const FEW = 10;
const MORE = 50;

/** Where a place belongs: the first group that takes it. */
const GROUPS = [
  ["alone", "Alone with Causeway", (it) => ["private", "commands"].includes(it.kind)],
  ["mail", "Mailboxes", (it) => it.kind === "mailbox"],
  ["rooms", "Where people meet", () => true],
];
const SHOWN = ["rooms", "alone", "mail"];

export const PLATFORMS = { telegram: "Telegram", discord: "Discord", slack: "Slack", email: "Mail" };

const KINDS = {
  group: "group", supergroup: "supergroup", forum: "forum", text: "channel", channel: "channel", announcement: "announcement channel",
  private: "private chat", list: "list", mailbox: "mailbox", commands: "commands",
};

/** Channels have a sign before their names. */
const SIGNED = ["text", "channel", "announcement", "forum"];

const places = new Map();
let order = [];
let opened = [];
let seen = null;
const most = Object.fromEntries(GROUPS.map(([name]) => [name, FEW]));

export const platformOf = (at) => at.slice(0, at.indexOf(":"));
export const idOf = (at) => at.slice(at.indexOf(":") + 1);
export const placeAt = (at) => places.get(at);
export const shelf = () => order;
const about = (place) => `${PLATFORMS[platformOf(place.at)]} ${KINDS[place.kind] ?? place.kind}`;

/** Below its group's name the rest is enough. */
const inShort = (place) => ({ private: PLATFORMS[platformOf(place.at)], mailbox: idOf(place.at), commands: idOf(place.at) }[place.kind] ?? about(place));

/** A room has the same name everywhere, but for signs and case. */
const sortable = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const named = (it) => sortable(it.title).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const platforms = Object.keys(PLATFORMS);
const compare = (a, b) => (a.name === b.name
  ? platforms.indexOf(platformOf(a.at)) - platforms.indexOf(platformOf(b.at)) || a.at.localeCompare(b.at)
  : a.name < b.name ? -1 : 1);

/** Whoever is told anew is told of everything. */
export const forget = () => places.clear();

/** Takes what changed; the first time that is everything. */
export function learn(changed, gone) {
  const isNew = changed.some((it) => !places.has(it.at)) || gone.length > 0;
  for (const at of gone) places.delete(at);
  for (const it of changed) {
    const title = SIGNED.includes(it.kind) && platformOf(it.at) !== "telegram" ? `#${it.title}` : it.title;
    const place = { ...it, title, name: named(it), group: GROUPS.find(([, , takes]) => takes(it))[0] };
    places.set(it.at, { ...place, words: sortable(`${it.title} ${about(it)} ${it.at}`) });
  }
  order = isNew ? [...places.values()].sort(compare) : order.map((it) => places.get(it.at));
  draw();
}

/** Which places are read now: nothing in them is news. */
export function mark(addresses) {
  opened = addresses;
  draw();
}

function unread(place) {
  return Math.max(0, place.said - (seen[place.at] ?? 0));
}

/** What was there before somebody came is not news either. */
function remember() {
  seen ??= JSON.parse(sessionStorage.getItem("seen") ?? "null") ?? Object.fromEntries(order.map((it) => [it.at, it.said]));
  for (const at of opened) if (places.has(at)) seen[at] = places.get(at).said;
  // A sandbox that was started anew counts from the start.
  for (const it of order) if (seen[it.at] > it.said) seen[it.at] = it.said;
  sessionStorage.setItem("seen", JSON.stringify(seen));
}

function draw() {
  if (!order.length) return;
  remember();
  const words = sortable($("#shelf-search").value).split(/\s+/).filter(Boolean);
  const found = order.filter((it) => words.every((word) => it.words.includes(word)));
  list($("#shelf-groups"), SHOWN.map((name) => group(name, found, words.length > 0)).filter(Boolean), (it) => it.name, drawGroup, fillGroup);
  $("#shelf-none").hidden = found.length > 0;
}

function group(name, found, isSearch) {
  const all = found.filter((it) => it.group === name);
  if (!all.length) return null;
  // Whoever has a place open finds it here, however many stand before it.
  const shown = all.filter((it, index) => index < most[name] || (!isSearch && opened.includes(it.at)));
  const rows = shown.map((it) => ({ at: it.at, title: it.title, kind: inShort(it), unread: unread(it), isOpen: opened.includes(it.at) }));
  const news = all.filter((it) => !shown.includes(it)).filter(unread).length;
  return { name, title: GROUPS.find((it) => it[0] === name)[1], rows, left: all.length - shown.length, news };
}

function drawGroup(it) {
  return el("section", { "aria-labelledby": `shelf-${it.name}` },
    el("h2", { id: `shelf-${it.name}` }, it.title),
    el("ul"),
    el("button", { type: "button", class: "more", onclick: () => { most[it.name] += MORE; draw(); } }));
}

function fillGroup(node, it) {
  list(node.querySelector("ul"), it.rows, (row) => row.at, drawPlace);
  const more = node.querySelector(".more");
  more.hidden = it.left === 0;
  more.textContent = `${it.left} more${it.news ? `, ${it.news} with news` : ""}`;
}

export const badge = (at) => el("span", { class: `badge-of is-${platformOf(at)}`, "aria-hidden": "true" }, PLATFORMS[platformOf(at)]?.[0] ?? "?");

function drawPlace(it) {
  const news = it.unread ? `${it.unread} new` : null;
  return el("li", {},
    el("a", { href: `#${it.at}`, class: "place", "data-act": "open", "data-at": it.at, "aria-current": it.isOpen ? "true" : null },
      badge(it.at),
      el("span", { class: "place-title" }, el("bdi", {}, it.title)),
      el("span", { class: "place-kind" }, it.kind),
      news && el("span", { class: "news", title: news }, it.unread > 99 ? "99+" : String(it.unread), el("span", { class: "seen-by-readers" }, " new"))));
}

/** By mouse, and by the arrows from the search down the list; Enter in the search takes the first. */
export function watchShelf(opens) {
  const nav = $("#shelf");
  const search = $("#shelf-search");
  const links = () => [...nav.querySelectorAll(".place")];
  search.addEventListener("input", draw);
  nav.addEventListener("click", (event) => {
    const link = event.target.closest(".place");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opens(link.dataset.at);
  });
  nav.addEventListener("keydown", (event) => {
    const at = links().indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && (at >= 0 || document.activeElement === search)) {
      event.preventDefault();
      (links()[at + step] ?? (at + step < 0 ? search : null))?.focus();
    }
    if (event.key === "Enter" && document.activeElement === search && links().length) opens(links()[0].dataset.at);
    if (event.key === "Escape") { search.value = ""; draw(); search.focus(); }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    turnTo("shelf");
    search.select();
  });
}
