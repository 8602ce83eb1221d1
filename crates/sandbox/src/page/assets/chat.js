// What the chats have in common: a pane with the messages of one place, and writing in it as any of its people.

import { el, list, options, post, say } from "/assets/dom.js";
import { begin, clear, compose, composer } from "/assets/composer.js";
import { anchor, drawRow } from "/assets/message.js";
import { frame, refreshes } from "/assets/pane.js";
import { idOf, placeAt } from "/assets/shelf.js";

/** As many messages are drawn until somebody asks for earlier ones: a place answers at once, however much was said in it. */
const DRAWN = 80;

/**
 * `platform` says what is different there: `place(view)` with who can write (`people`), what it is (`about`), `commands`, and `rows(me)`;
 * `words(row)` as nodes, `source(row)` for an edit, `quick` reactions, whether files are `described`, and the bodies of acts.
 */
export const chatPane = (platform) => (at) => {
  const title = placeAt(at)?.title ?? at;
  const pane = frame(at,
    el("div", { class: "scroll said", "data-part": "scroll", tabindex: "0", role: "log", "aria-label": `Messages in ${title}` },
      el("button", { type: "button", class: "more", "data-part": "earlier", hidden: true }, "Earlier messages"),
      el("ol", { "data-part": "messages", class: "messages" }),
      el("p", { class: "empty", "data-part": "none" }, "Nothing was said here yet.")),
    composer(at, title));
  Object.assign(pane, { platform, id: idOf(at), view: null, way: null, row: null, typed: "", commands: [], drawn: DRAWN });
  pane.me = () => pane.part("person").value;
  pane.reading = keepsUp(pane.part("scroll"), pane.part("messages"));
  pane.on = deeds(pane);
  compose(pane);
  pane.part("earlier").addEventListener("click", () => { pane.drawn += DRAWN; show(pane); });
  pane.part("person").addEventListener("change", () => { clear(pane); show(pane); });
  return {
    node: pane.node,
    refresh: refreshes(pane, (view) => { pane.view = view; show(pane); }),
    focus: () => pane.part("text").focus(),
    as: (person, types) => become(pane, person, types),
  };
};

/** In whose eyes the story goes on, and what is typed there just now, unless somebody is about to write. */
function become(pane, person, types) {
  const [select, text] = [pane.part("person"), pane.part("text")];
  if (text.value && text.value !== pane.typed) return;
  [pane.typed, text.value] = [types, types];
  if (select.value === person || ![...select.options].some((it) => it.value === person)) return;
  select.value = person;
  show(pane);
}

function show(pane) {
  const { part, platform, view } = pane;
  const { people, about, commands, rows: rowsFor } = platform.place(view);
  options(part("person"), people.map((it) => [it.id, it.name]));
  pane.node.classList.toggle("is-alone", people.length < 2);
  // Whoever writes is known only now.
  const me = pane.me();
  part("about").textContent = about;
  pane.commands = commands ?? [];
  const myName = people.find((it) => String(it.id) === me)?.name;
  const all = rowsFor(me);
  const said = all.slice(all.findIndex((it) => it.kind !== "service") >>> 0);
  part("earlier").hidden = said.length <= pane.drawn;
  const rows = said.slice(-pane.drawn).map((it) => ({ ...it, mine: String(it.authorId) === me, me: myName }));
  list(part("messages"), rows, (it) => it.key, (row) => drawRow(pane.at, row, pane.on));
  part("none").hidden = rows.length > 0;
  pane.reading.keepUp(newest(rows, pane.at));
  platform.also?.(pane, view, me);
}

/** The last one said, which in a thread may stand above others. */
function newest(rows, at) {
  const said = rows.filter((it) => it.at);
  if (!said.length) return null;
  const last = said.reduce((a, b) => (b.at >= a.at ? b : a));
  return document.getElementById(anchor(at, last.key));
}

/** Whoever reads at the end, or what came last, goes on doing so: also when a picture has loaded, or a notice takes some of the room. */
function keepsUp(scroll, messages) {
  let follows = true;
  let last = null;
  let own = 0;
  const keepUp = () => {
    if (!follows) return;
    const box = scroll.getBoundingClientRect();
    const it = last?.nextElementSibling ? last.getBoundingClientRect() : null;
    if (!it) scroll.scrollTop = scroll.scrollHeight;
    else if (it.bottom > box.bottom) scroll.scrollTop += it.bottom - box.bottom + 12;
    else if (it.top < box.top) scroll.scrollTop -= box.top - it.top + 12;
    own = scroll.scrollTop;
  };
  scroll.addEventListener("scroll", () => {
    if (Math.abs(scroll.scrollTop - own) > 2) follows = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 90;
  });
  const watch = new ResizeObserver(keepUp);
  watch.observe(scroll);
  watch.observe(messages);
  return { follow: () => { follows = true; }, keepUp: (node) => { last = node; keepUp(); } };
}

/** What happens when somebody presses something at a message. */
function deeds(pane) {
  const { platform } = pane;
  const act = (body) => post("/api/act", body).catch((error) => say(error.message, "bad"));
  return {
    words: (row) => platform.words(row),
    quick: platform.quick,
    jump,
    begin: (way, row) => begin(pane, way, row),
    react: (row, emoji, on) => act(platform.react(row, pane.me(), emoji, on)),
    remove: (row) => act(platform.remove(row, pane.me())),
    press: async (row, button) => {
      if (platform.leads?.(button, pane.me())) return;
      const answer = await act(platform.press(row, pane.me(), button.value));
      if (answer?.said) say(answer.said);
    },
  };
}

function jump(id) {
  const target = document.getElementById(id);
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.classList.add("flash");
  setTimeout(() => target.classList.remove("flash"), 1200);
}
