// The mailboxes: whose, which thread, the mails in it, and writing.

import { $, bytes, chosenFiles, clock, el, face, list, options, post, say, sendsOnEnter, upload } from "/assets/dom.js";

let state = null;
let open = null;
/** The newest mail that was on show. */
let seen = null;
let answering = null;

const files = chosenFiles($("#mail-files"), $("#mail-files-shown"));

const mailbox = () => state.mail.mailboxes.find((it) => it.address === $("#mail-person").value);
const keyOf = (thread) => thread.mails[0].message_id ?? `#${thread.mails[0].id}`;

/** An answer that overtook its parent moves into another thread: the open one is found by any of its mails. */
const openThread = (box) => box.threads.find((it) => it.mails.some((mail) => mail.id === open)) ?? box.threads[0];

export function showMail(fresh) {
  state = fresh;
  options($("#mail-person"), state.mail.mailboxes.map((it) => [it.address, it.name]));
  const addresses = [...(state.lists ?? []), ...state.mail.mailboxes].map((it) => it.address);
  $("#addresses").replaceChildren(...addresses.map((value) => el("option", { value })));
  const box = mailbox();
  if (!box) return;
  const thread = openThread(box);
  list($("#threads"), box.threads.map((it) => summary(it, it === thread)), (it) => it.key, drawSummary);
  $("#no-mail").hidden = box.threads.length > 0;
  $("#mails-subject").textContent = thread?.subject || (thread ? "(no subject)" : "");
  const me = box.address;
  list($("#mails"), (thread?.mails ?? []).map((it) => ({ ...it, mine: it.from_address === me })), (it) => it.id, drawMail);
  showArrival(thread);
}

/** What comes into the thread on show is brought into sight. */
function showArrival(thread) {
  const newest = thread?.mails.reduce((a, b) => (b.received_at_ms > a.received_at_ms ? b : a)).id;
  if (newest === seen) return;
  const isNews = thread?.mails.some((it) => it.id === seen);
  seen = newest;
  if (isNews) $(`#mails > [data-key="${newest}"]`)?.scrollIntoView({ block: "nearest" });
}

function summary(thread, isOpen) {
  const last = thread.mails.reduce((a, b) => (b.date_ms > a.date_ms ? b : a));
  const names = [...new Set(thread.mails.map((it) => short(it.from_name)))];
  return {
    key: keyOf(thread), id: last.id, subject: thread.subject, at: thread.newest_at_ms, count: thread.mails.length,
    names, words: fresh(last.text).slice(0, 90), isOpen, files: thread.mails.some((it) => it.attachments.length),
  };
}

function drawSummary(thread) {
  return el("li", {},
    el("button", {
      type: "button", class: "thread", "data-act": "open", "aria-current": thread.isOpen ? "true" : null,
      onclick: () => { open = thread.id; showMail(state); $(".reading").scrollTop = 0; },
    },
    el("span", { class: "thread-names" }, ...named(thread.names), thread.count > 1 ? ` (${thread.count})` : ""),
    clock(thread.at),
    el("span", { class: "thread-subject", dir: "auto" }, thread.subject || "(no subject)"),
    el("span", { class: "thread-words", dir: "auto" }, thread.files ? "📎 " : "", thread.words)));
}

/** Lists write "Ana (Slack) via Spring Gathering"; in a narrow place her own name is enough. */
const short = (name) => name.replace(/ via .+$/, "").replace(/ \([^)]*\)$/, "");

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

function drawMail(mail) {
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
      el("button", { type: "button", "data-act": "reply", onclick: () => answer(mail) }, "Reply"),
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

function answer(mail) {
  answering = mail;
  $("#mail-form").classList.add("is-answer");
  $("#mail-answering").textContent = `Answer to ${short(mail.from_name)}: ${mail.subject}`;
  $("#mail-to").value = mail.reply_to;
  $("#mail-form").hidden = false;
  $("#mail-text").focus();
}

function compose() {
  answering = null;
  $("#mail-form").classList.remove("is-answer");
  $("#mail-answering").textContent = "New mail";
  $("#mail-to").value = state?.lists?.[0]?.address ?? "";
  $("#mail-subject").value = "";
  $("#mail-form").hidden = false;
  $("#mail-subject").focus();
}

function close() {
  answering = null;
  files.clear();
  $("#mail-text").value = "";
  $("#mail-form").hidden = true;
  $("#mail-new").focus();
}

async function send(event) {
  event.preventDefault();
  const form = $("#mail-form");
  if (form.busy) return;
  form.busy = true;
  try {
    const common = { person: $("#mail-person").value, to: $("#mail-to").value, text: $("#mail-text").value, files: await upload(files.files()) };
    const sent = answering
      ? await post("/api/act", { act: "reply_mail", mail: answering.id, ...common })
      : await post("/api/act", { act: "write_mail", subject: $("#mail-subject").value, ...common });
    if (sent?.mail) open = sent.mail;
    say("The mail is on its way");
    close();
  } catch (error) {
    say(error.message, "bad");
  } finally {
    form.busy = false;
  }
}

$("#mail-form").addEventListener("submit", send);
$("#mail-new").addEventListener("click", compose);
$("#mail-cancel").addEventListener("click", close);
$("#mail-person").addEventListener("change", () => { open = null; close(); showMail(state); $("#mail-person").focus(); });
$("#mail-form").addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
sendsOnEnter($("#mail-text"), $("#mail-form"), false);
