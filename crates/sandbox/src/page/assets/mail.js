// A mailbox, or what goes through an address that is nobody's own: which thread, the mails in it, and writing.

import { bytes, clock, el, face, list, options } from "/assets/dom.js";
import { letter, writes } from "/assets/letter.js";
import { frame, refreshes } from "/assets/pane.js";
import { idOf, placeAt, platformOf, shelf } from "/assets/shelf.js";

const keyOf = (thread) => thread.mails[0].message_id ?? `#${thread.mails[0].id}`;

export function mailPane(at) {
  const title = placeAt(at)?.title ?? at;
  const pane = frame(at,
    el("p", { class: "empty", "data-part": "none" }),
    el("div", { class: "mailbox" },
      el("ol", { class: "scroll threads", "data-part": "threads", "aria-label": "Threads" }),
      el("div", { class: "scroll reading", "data-part": "reading", tabindex: "0", role: "region", "aria-labelledby": `${at}-subject` },
        el("h3", { id: `${at}-subject`, "data-part": "subject-shown", dir: "auto" }),
        el("ol", { class: "mails", "data-part": "mails" }))),
    letter(at, title));
  // `open` is a mail of the thread on show, `seen` the newest one that was.
  Object.assign(pane, { view: null, open: null, seen: null, answering: null });
  const fresh = el("button", { type: "button", "data-part": "new" }, "New mail");
  pane.node.querySelector("[data-act=give]").before(fresh);
  pane.show = () => show(pane);
  writes(pane);
  return {
    node: pane.node,
    refresh: refreshes(pane, (view) => { pane.view = view; show(pane); }),
    focus: () => fresh.focus(),
    as: () => {},
  };
}

const ABOUT = { mailbox: (it) => it.address, list: (it) => `list ${it.address}`, commands: (it) => `write commands to ${it.address}` };

/** An answer that overtook its parent moves into another thread: the open one is found by any of its mails. */
const openThread = ({ open, view: { mailbox } }) => mailbox.threads.find((it) => it.mails.some((mail) => mail.id === open)) ?? mailbox.threads[0];

function show(pane) {
  const { part, view: { kind, mailbox, people } } = pane;
  part("about").textContent = ABOUT[kind](mailbox);
  options(part("person"), people.map(([name, address]) => [address, name]));
  pane.node.classList.toggle("is-alone", people.length < 2);
  const addresses = shelf().filter((it) => platformOf(it.at) === "email").map((it) => idOf(it.at));
  if (part("addresses").children.length !== addresses.length) part("addresses").replaceChildren(...addresses.map((value) => el("option", { value })));
  const thread = openThread(pane);
  const lines = mailbox.threads.map((it) => summary(it, it === thread));
  list(part("threads"), lines, (it) => it.key, (it) => drawSummary(it, () => { pane.open = it.id; show(pane); part("reading").scrollTop = 0; }));
  part("none").hidden = mailbox.threads.length > 0;
  part("none").textContent = kind === "commands" ? "Nothing was asked by mail yet. Write “help” in the first line." : "No mail yet.";
  part("subject-shown").textContent = thread?.subject || (thread ? "(no subject)" : "");
  const mails = (thread?.mails ?? []).map((it) => ({ ...it, mine: kind === "mailbox" && it.from_address === mailbox.address }));
  list(part("mails"), mails, (it) => it.id, (it) => drawMail(it, () => pane.answer(it)));
  showArrival(pane, thread);
}

/** What comes into the thread on show is brought into sight. */
function showArrival(pane, thread) {
  const newest = thread?.mails.reduce((a, b) => (b.received_at_ms > a.received_at_ms ? b : a)).id;
  if (newest === pane.seen) return;
  const isNews = thread?.mails.some((it) => it.id === pane.seen);
  pane.seen = newest;
  if (isNews) pane.part("mails").querySelector(`:scope > [data-key="${newest}"]`)?.scrollIntoView({ block: "nearest" });
}

function summary(thread, isOpen) {
  const last = thread.mails.reduce((a, b) => (b.date_ms > a.date_ms ? b : a));
  const names = [...new Set(thread.mails.map((it) => short(it.from_name)))];
  return {
    key: keyOf(thread), id: last.id, subject: thread.subject, at: thread.newest_at_ms, count: thread.mails.length,
    names, words: fresh(last.text).slice(0, 90), isOpen, files: thread.mails.some((it) => it.attachments.length),
  };
}

function drawSummary(thread, onclick) {
  return el("li", {},
    el("button", {
      type: "button", class: "thread", "data-act": "open", "aria-current": thread.isOpen ? "true" : null,
      onclick,
    },
    el("span", { class: "thread-names" }, ...named(thread.names), thread.count > 1 ? ` (${thread.count})` : ""),
    clock(thread.at),
    el("span", { class: "thread-subject", dir: "auto" }, thread.subject || "(no subject)"),
    el("span", { class: "thread-words", dir: "auto" }, thread.files ? "📎 " : "", thread.words)));
}

/** Lists write "Ana (Slack) via Spring Gathering"; in a narrow place her own name is enough. */
export const short = (name) => name.replace(/ via .+$/, "").replace(/ \([^)]*\)$/, "");

/** Where there is little room a line ends at the sign. */
function drawAddress(address) {
  const [local, ...domain] = address.split("@");
  return el("span", { class: "quiet" }, `${local}@`, el("wbr"), domain.join("@"));
}

/** Each name keeps its own direction. */
const named = (names) => names.flatMap((it, index) => (index ? [", ", el("bdi", {}, it)] : [el("bdi", {}, it)]));

/** The new words of a mail, without what it quotes. */
const fresh = (text) => split(text)[0];

function split(text) {
  const lines = text.split("\n");
  const first = lines.findIndex((it) => it.startsWith(">"));
  if (first < 0 || lines.slice(first).some((it) => it.trim() && !it.startsWith(">"))) return [text, ""];
  let start = first;
  for (let back = 1; back <= 3 && first - back >= 0; back += 1) {
    if (/^On .+/.test(lines[first - back])) { start = first - back; break; }
  }
  return [lines.slice(0, start).join("\n").trimEnd(), lines.slice(start).join("\n")];
}

function drawMail(mail, onclick) {
  const [words, quoted] = split(mail.text);
  return el("li", { class: `mail is-${mail.folder} depth-${Math.min(mail.depth, 4)}` },
    el("header", {},
      face(short(mail.from_name)),
      el("div", { class: "mail-who" },
        el("strong", { dir: "auto" }, mail.from_name), " ",
        drawAddress(mail.from_address),
        el("div", { class: "quiet" }, `to ${mail.to}`, mail.mine ? " · sent from here" : "")),
      clock(mail.date_ms)),
    el("div", { class: "words", dir: "auto" }, words),
    quoted ? el("details", { class: "quoted" }, el("summary", {}, "Quoted text"), el("div", { class: "words", dir: "auto" }, quoted)) : null,
    mail.attachments.length ? el("ul", { class: "files" }, ...mail.attachments.map(drawFile)) : null,
    mail.duplicates ? el("p", { class: "why is-bad" }, `This mail came ${mail.duplicates + 1} times`) : null,
    mail.transit ? el("p", { class: "why" }, transit(mail.transit)) : null,
    el("div", { class: "acts" },
      el("button", { type: "button", "data-act": "reply", onclick }, "Reply"),
      el("a", { href: `/files/mail/${mail.id}/source`, target: "_blank", rel: "noopener" }, "Source")));
}

function drawFile(file) {
  const picture = ["image/png", "image/jpeg", "image/gif", "image/webp"].includes(file.mime);
  return el("li", {},
    el("a", { href: file.url, target: "_blank", rel: "noopener" },
      picture ? el("img", { src: file.url, alt: "", loading: "lazy" }) : "📎 ",
      el("span", {}, file.name), el("span", { class: "quiet" }, ` ${bytes(file.size)}`)));
}

function transit(it) {
  if (it.state === "queued") return "Waiting for the list to take it";
  if (it.state === "refused") return `Refused: ${it.answer}`;
  return `Not taken yet (${it.answer}); the mail server tries again`;
}
