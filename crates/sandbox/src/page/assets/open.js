// Which places stand open side by side, and where: the page's own address says it, so that it can be kept and shared.

import { $, el } from "/assets/dom.js";
import { mark, placeAt, platformOf, shelf } from "/assets/shelf.js";
import { turnTo } from "/assets/tabs.js";

const phone = matchMedia("(max-width: 760px)");
/** On a phone one place is seen at a time. */
const most = () => (phone.matches ? 1 : 4);

let open = [];
let panes = new Map();
let makers = {};
/** When a place was used last, by a count. */
const used = new Map();
let count = 0;
/** The one that its person chose to give its room to the next. */
let leaving = null;
/** Until somebody goes their own way, the page goes along with the story. */
let follows = true;

const use = (at) => { count += 1; used.set(at, count); };
const latest = (places) => places.reduce((a, b) => ((used.get(b) ?? 0) > (used.get(a) ?? 0) ? b : a), places[0]);
const oldest = (places) => places.reduce((a, b) => ((used.get(b) ?? 0) < (used.get(a) ?? 0) ? b : a), places[0]);

/** A window that became narrow keeps what was used last. */
const shown = () => (open.length > most() ? [latest(open)] : open);

const written = (places) => `#${places.map((it) => encodeURIComponent(it).replaceAll("%3A", ":").replaceAll("%40", "@")).join("/")}`;

function read() {
  const parts = location.hash.slice(1).split("/").filter((it) => it.includes(":"));
  try {
    return [...new Set(parts.map(decodeURIComponent))].slice(0, most());
  } catch {
    return [];
  }
}

/** What a stranger sees: the first place of each platform where people meet, and the first mailbox. */
function usual() {
  const first = (takes) => shelf().find(takes)?.at;
  const meeting = ["telegram", "discord", "slack"].map((name) => first((it) => it.group === "rooms" && platformOf(it.at) === name));
  return [...meeting, first((it) => it.kind === "mailbox")].filter(Boolean).slice(0, most());
}

/** Once the shelf is known. `make` makes a pane of a platform: its `node`, `refresh`, `as` and `focus`. */
export function begin(make) {
  makers = make;
  open = read();
  follows = open.length === 0;
  if (follows) show(usual(), "replaceState");
  else render();
  addEventListener("popstate", () => { follows = false; open = read(); render(); });
  phone.addEventListener("change", render);
  $("#open").addEventListener("focusin", (event) => touched(event.target));
  $("#open").addEventListener("pointerdown", (event) => touched(event.target));
}

function touched(target) {
  const at = target.closest(".pane")?.dataset.at;
  if (at) use(at);
}

function show(places, how = "pushState") {
  open = places;
  history[how](null, "", written(open));
  render();
}

/** Whoever opens a place wants to be in it. */
export function opens(at) {
  follows = false;
  put(at);
  turnTo("open");
  panes.get(at)?.focus();
}

function put(at, how, beside) {
  const isOpen = open.includes(at);
  const last = leaving ?? beside ?? (open.length >= most() ? oldest(open) : null);
  leaving = null;
  use(at);
  if (isOpen) render();
  else if (phone.matches) show([at], how);
  else show(last ? open.map((it) => (it === last ? at : it)) : [...open, at], how);
}

export function closes(at) {
  follows = false;
  leaving = null;
  show(open.filter((it) => it !== at));
  (panes.get(latest(open)) ?? { focus: () => $("#shelf-search").focus() }).focus();
}

/** The next place comes where this one is. */
export function gives(at) {
  leaving = leaving === at ? null : at;
  render();
  if (!leaving) return;
  turnTo("shelf");
  $("#shelf-search").select();
}

/** A group that moved keeps its room. */
export function moves(from, to) {
  use(to);
  show(open.map((it) => (it === from ? to : it)), "replaceState");
}

/** Opens what the story needs in place of what it showed before of that platform. What it typed goes with its scene. */
export function follow({ scene }) {
  if (!follows) return;
  for (const [at, pane] of panes) if (at !== scene?.at) pane.as(null, "");
  if (!scene || !placeAt(scene.at)) return;
  if (!open.includes(scene.at)) put(scene.at, "replaceState", open.find((it) => platformOf(it) === platformOf(scene.at)));
  panes.get(scene.at)?.as(scene.person, scene.types ?? "");
}

export const refresh = (platforms) =>
  Promise.all([...panes].filter(([at]) => platforms.includes(platformOf(at))).map(([, pane]) => pane.refresh()));

function render() {
  const now = shown();
  for (const [at, pane] of panes) {
    if (now.includes(at)) continue;
    pane.node.remove();
    panes.delete(at);
  }
  const parent = $("#open");
  now.forEach((at, index) => {
    if (!panes.has(at)) panes.set(at, made(at));
    const { node } = panes.get(at);
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
    node.classList.toggle("is-leaving", at === leaving);
    node.querySelector("[data-act=give]").setAttribute("aria-pressed", at === leaving);
  });
  parent.dataset.count = now.length;
  $("#open-none").hidden = now.length > 0;
  const title = placeAt(latest(now) ?? "")?.title;
  $("#open-tab").textContent = title ?? "Open";
  skips(now);
  mark(now);
}

function made(at) {
  const pane = (makers[platformOf(at)] ?? makers.none)(at);
  pane.refresh();
  return pane;
}

/** By keyboard straight to where one writes. */
function skips(places) {
  const to = (words, onclick) => el("button", { type: "button", class: "skip", onclick }, words);
  $("#skips").replaceChildren(
    to("Find a place", () => { turnTo("shelf"); $("#shelf-search").focus(); }),
    ...places.map((at) => to(`Go to ${placeAt(at)?.title ?? at}, ${platformOf(at)}`, () => panes.get(at).focus())));
}
