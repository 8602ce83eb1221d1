// What staff must know, in a strip over everything until its cause is gone.

import { $, clock, el, list } from "/assets/dom.js";
import { inWords } from "/assets/deliveries.js";

/** Channels by the names that they have on this page; a notice may be about a room or a platform, too. */
function worded(notice) {
  const place = notice.about.includes(":") ? `the ${inWords(notice.about)}` : notice.about;
  const said = notice.text.includes(notice.about) ? renamed(notice.text, notice.about, place) : `${place}: ${notice.text}`;
  return said[0].toUpperCase() + said.slice(1);
}

/** Commands stand between backticks. */
const parts = (text) => text.split("`");

/** A command keeps the name that it works with. */
const renamed = (text, id, place) => parts(text).map((part, index) => (index % 2 ? part : part.replaceAll(id, place))).join("`");

const withCommands = (text) => parts(text).map((part, index) => (index % 2 ? el("code", {}, part) : part));

function draw(notice) {
  return el("li", {}, el("b", {}, "For staff"), " ", ...withCommands(notice.words), " ", clock(notice.at));
}

/** Where no bridge is at work the page does not ask again. */
let absent = false;

export async function refreshNotices() {
  if (absent) return;
  const response = await fetch("/api/notices").catch(() => null);
  absent = response?.status === 404;
  if (!response?.ok) return;
  const items = (await response.json()).map((it) => ({ ...it, words: worded(it) }));
  list($("#notices"), items, (it) => `${it.kind}/${it.about}`, draw);
  $("#notices").hidden = items.length === 0;
}
