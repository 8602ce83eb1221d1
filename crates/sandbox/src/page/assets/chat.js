// What the chats have in common: a pane with the messages of one place, and writing in it as any of its people.

import { $, el, list, options, post, say, sendsOnEnter, upload } from "/assets/dom.js";
import { anchor, drawRow } from "/assets/message.js";

/**
 * `name` begins the ids of the pane's elements. `platform` says what is different there: `places(state, me)` with their `rows`,
 * `words(row)` as nodes, `source(row)` for an edit, `quick` reactions, whether files are `described`, and the bodies of acts.
 */
export function chatPane(name, platform) {
  const part = (it) => $(`#${name}-${it}`);
  const pane = { name, part, platform, state: null, way: null, about: null, shown: null };
  pane.me = () => part("person").value;
  pane.here = () => platform.places(pane.state, pane.me()).find((it) => String(it.id) === part("chat").value);
  pane.reading = keepsUp(part("scroll"), part("messages"));
  pane.on = deeds(pane);
  compose(pane);
  const again = () => { clear(pane); show(pane); };
  part("person").addEventListener("change", again);
  part("chat").addEventListener("change", again);
  return (state) => { pane.state = state; show(pane); };
}

function show(pane) {
  const { name, part, platform } = pane;
  const places = platform.places(pane.state, pane.me());
  options(part("chat"), places.map((it) => [it.id, it.title]));
  part("chat").hidden = places.length < 2;
  const chosen = pane.here();
  if (!chosen) return;
  options(part("person"), chosen.people.map((it) => [it.id, it.name]));
  // Whoever writes is known only now.
  const here = pane.here();
  part("about").textContent = here.about;
  const me = pane.me();
  const myName = here.people.find((it) => String(it.id) === me)?.name;
  const said = here.rows.slice(here.rows.findIndex((it) => it.kind !== "service") >>> 0);
  const rows = said.map((it) => ({ ...it, mine: String(it.authorId) === me, me: myName }));
  list(part("messages"), rows, (it) => it.key, (row) => drawRow(name, row, pane.on));
  part("none").hidden = rows.length > 0;
  if (pane.shown !== here.id) pane.reading.follow();
  pane.shown = here.id;
  pane.reading.keepUp(newest(rows, name));
}

/** The last one said, which in a thread may stand above others. */
function newest(rows, name) {
  const said = rows.filter((it) => it.at);
  if (!said.length) return null;
  const last = said.reduce((a, b) => (b.at >= a.at ? b : a));
  return document.getElementById(anchor(name, last.key));
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

const failed = (error) => say(error.message, "bad");

/** What happens when somebody presses something at a message. */
function deeds(pane) {
  const { platform } = pane;
  const act = (body) => post("/api/act", body).catch(failed);
  return {
    words: platform.words,
    quick: platform.quick,
    jump,
    begin: (way, row) => begin(pane, way, row),
    react: (row, emoji, on) => act(platform.react(row, pane.me(), emoji, on)),
    remove: (row) => act(platform.remove(row, pane.me())),
    press: async (row, button) => {
      const answer = await act(platform.press(row, pane.me(), button));
      if (answer?.said?.length) say(answer.said.join("\n"));
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

const CONTEXT = { reply: (row) => `Answer to ${row.author}`, thread: (row) => `In the thread of ${row.author}`, edit: () => "Change your message" };

function begin(pane, way, row) {
  [pane.way, pane.about] = [way, row];
  pane.part("context").hidden = false;
  pane.part("context-words").textContent = CONTEXT[way](row);
  if (way === "edit") pane.part("text").value = pane.platform.source(row);
  pane.part("text").focus();
}

function clear(pane) {
  [pane.way, pane.about] = [null, null];
  pane.part("context").hidden = true;
  pane.part("files").value = "";
  showChosen(pane);
  pane.part("text").value = "";
}

function compose(pane) {
  const { part } = pane;
  const form = part("form");
  form.addEventListener("submit", (event) => { event.preventDefault(); send(pane, form); });
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(pane); });
  part("cancel").addEventListener("click", () => { clear(pane); part("text").focus(); });
  part("files").addEventListener("change", () => showChosen(pane));
  sendsOnEnter(part("text"), form, true);
}

/** Each file that was chosen, with room for what it shows where the platform keeps that. */
function showChosen(pane) {
  const files = [...pane.part("files").files];
  pane.part("chosen").hidden = files.length === 0;
  pane.part("chosen").replaceChildren(...files.map((file) => el("li", {}, el("span", { class: "quiet" }, file.name),
    pane.platform.described
      ? el("input", { type: "text", dir: "auto", "aria-label": `What ${file.name} shows`, placeholder: "What does it show, for those who cannot see it?" })
      : null)));
}

async function chosen(pane) {
  const ids = await upload([...pane.part("files").files]);
  if (!pane.platform.described) return ids;
  const words = [...pane.part("chosen").querySelectorAll("input")].map((it) => it.value);
  return ids.map((id, index) => ({ id, description: words[index] }));
}

async function send(pane, form) {
  const text = pane.part("text").value.trim();
  if (form.busy || (!text && !pane.part("files").files.length)) return;
  form.busy = true;
  try {
    const { platform, way, about } = pane;
    const body = way === "edit"
      ? platform.edit(about, pane.me(), text)
      : platform.say({ place: pane.here().id, person: pane.me(), text, way, about, files: await chosen(pane) });
    await post("/api/act", body);
    clear(pane);
    // One wants to see what one just said.
    pane.reading.follow();
  } catch (error) {
    failed(error);
  } finally {
    form.busy = false;
    pane.part("text").focus();
  }
}
