// Writing a mail, or an answer to one.

import { chosenFiles, el, post, say, sendsOnEnter, upload } from "/assets/dom.js";
import { short } from "/assets/mail.js";
import { idOf, shelf } from "/assets/shelf.js";

/** The form's elements. */
export function letter(at, title) {
  const field = (tag, name, props, ...children) => el(tag, { id: `${at}-${name}`, "data-part": name, ...props }, ...children);
  const row = (name, words, input, more) => el("div", { class: `row ${name}` }, el("label", { for: `${at}-${name}` }, words), input, more);
  return el("form", { class: "composer", "data-part": "form", "aria-label": `Write a mail, ${title}`, hidden: true },
    el("div", { class: "context" },
      el("span", { "data-part": "answering", dir: "auto" }, "New mail"),
      el("button", { type: "button", "data-part": "cancel", "aria-label": "Close without sending" }, "✕")),
    row("person", "From", field("select", "person")),
    row("to", "To", field("input", "to", { type: "text", list: `${at}-addresses`, autocomplete: "off", required: true }), field("datalist", "addresses")),
    row("subject", "Subject", field("input", "subject", { type: "text", dir: "auto", autocomplete: "off" })),
    el("div", { class: "row bottom" },
      el("label", { class: "seen-by-readers", for: `${at}-text` }, "Text of the mail"),
      field("textarea", "text", { rows: "3", dir: "auto", placeholder: "Write your mail" })),
    el("div", { class: "row" },
      el("label", { class: "button" }, "Attach a file", field("input", "files", { type: "file", multiple: true })),
      el("span", { class: "quiet", "data-part": "files-shown" }),
      el("button", { class: "main", type: "submit" }, "Send")));
}

export function writes(pane) {
  const { part } = pane;
  const form = part("form");
  const files = chosenFiles(part("files"), part("files-shown"));
  const begin = (mail, to, words, field) => {
    pane.answering = mail;
    form.classList.toggle("is-answer", Boolean(mail));
    part("answering").textContent = words;
    part("to").value = to;
    form.hidden = false;
    part(field).focus();
  };
  const close = () => {
    pane.answering = null;
    files.clear();
    for (const name of ["text", "subject"]) part(name).value = "";
    form.hidden = true;
    part("new").focus();
  };
  pane.answer = (mail) => begin(mail, mail.reply_to, `Answer to ${short(mail.from_name)}: ${mail.subject}`, "text");
  part("new").addEventListener("click", () => begin(null, usual(pane), "New mail", "subject"));
  part("cancel").addEventListener("click", close);
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(pane, form, files, close); });
  sendsOnEnter(part("text"), form, false);
}

/** To a list, or to whatever the pane is of; from a mailbox to the first list that there is. */
function usual({ view: { kind, mailbox } }) {
  const list = shelf().find((it) => it.kind === "list");
  return kind === "mailbox" ? idOf(list?.at ?? "") : mailbox.address;
}

async function send(pane, form, files, close) {
  if (form.busy) return;
  form.busy = true;
  try {
    const value = (name) => pane.part(name).value;
    const common = { person: value("person"), to: value("to"), text: value("text"), files: await upload(files.files()) };
    const sent = pane.answering
      ? await post("/api/act", { act: "reply_mail", mail: pane.answering.id, ...common })
      : await post("/api/act", { act: "write_mail", subject: value("subject"), ...common });
    if (sent?.mail) pane.open = sent.mail;
    say("The mail is on its way");
    close();
  } catch (error) {
    say(error.message, "bad");
  } finally {
    form.busy = false;
  }
}
