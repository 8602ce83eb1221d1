// Where one writes in a chat: as whom, with which files, and as an answer to what.

import { el, post, say, sendsOnEnter, upload } from "/assets/dom.js";
import { offers } from "/assets/offers.js";

const CLIP = "M13 7.5 8 12.6a3.2 3.2 0 0 1-4.6-4.5l5.2-5.3a2.1 2.1 0 0 1 3 3l-5 5a1 1 0 0 1-1.5-1.4L9.6 5";

const CONTEXT = { reply: (row) => `Answer to ${row.author}`, thread: (row) => `In the thread of ${row.author}`, edit: () => "Change your message" };

/** The form's elements. */
export function composer(at, title) {
  const field = (tag, name, props) => el(tag, { id: `${at}-${name}`, "data-part": name, ...props });
  const unseen = (name, words) => el("label", { class: "seen-by-readers", for: `${at}-${name}` }, words);
  const file = el("label", { class: "button attach", title: "Photo or file" },
    clip(), el("span", { class: "seen-by-readers" }, `Photo or file for ${title}`), field("input", "files", { type: "file", multiple: true }));
  return el("form", { class: "composer", "data-part": "form", "aria-label": `Write in ${title}` },
    el("div", { class: "context", "data-part": "context", hidden: true },
      el("span", { "data-part": "context-words" }),
      el("button", { type: "button", "data-part": "cancel", "aria-label": "Do not answer or change" }, "✕")),
    el("ul", { class: "chosen", "data-part": "chosen", "aria-label": "Chosen files", hidden: true }),
    el("ul", { class: "offers", "data-part": "offers", role: "listbox", "aria-label": "Commands", id: `${at}-offers`, hidden: true }),
    el("div", { class: "row bottom" },
      el("label", { class: "as", for: `${at}-person` }, el("span", { class: "seen-by-readers" }, "Write "), "as"),
      field("select", "person"),
      file,
      unseen("text", `Message in ${title}`),
      field("textarea", "text", { rows: "1", dir: "auto", placeholder: "Message" }),
      el("button", { class: "main", type: "submit" }, "Send")));
}

function clip() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const props = { viewBox: "0 0 16 16", width: 16, height: 16, fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round" };
  for (const [name, value] of Object.entries({ ...props, "aria-hidden": true })) svg.setAttribute(name, value);
  path.setAttribute("d", CLIP);
  svg.append(path);
  return svg;
}

export function begin(pane, way, row) {
  [pane.way, pane.row] = [way, row];
  pane.part("context").hidden = false;
  pane.part("context-words").textContent = CONTEXT[way](row);
  if (way === "edit") pane.part("text").value = pane.platform.source(row);
  pane.part("text").focus();
}

export function clear(pane) {
  [pane.way, pane.row] = [null, null];
  pane.part("context").hidden = true;
  pane.part("files").value = "";
  pane.part("offers").hidden = true;
  showChosen(pane);
  pane.part("text").value = "";
}

export function compose(pane) {
  const { part } = pane;
  const form = part("form");
  form.addEventListener("submit", (event) => { event.preventDefault(); send(pane, form); });
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(pane); });
  part("cancel").addEventListener("click", () => { clear(pane); part("text").focus(); });
  part("files").addEventListener("change", () => showChosen(pane));
  offers(pane);
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
    const { platform, way, row } = pane;
    const body = way === "edit"
      ? platform.edit(row, pane.me(), text)
      : platform.say({ place: pane.id, person: pane.me(), text, way, about: row, files: await chosen(pane) });
    await post("/api/act", body);
    clear(pane);
    // One wants to see what one just said.
    pane.reading.follow();
  } catch (error) {
    say(error.message, "bad");
  } finally {
    form.busy = false;
    pane.part("text").focus();
  }
}
