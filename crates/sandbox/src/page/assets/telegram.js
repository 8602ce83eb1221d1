// The Telegram pane: a chat as its members see it there, and writing in it as any of them.

import { $, bytes, chosenFiles, clock, el, face, list, options, post, say, sendsOnEnter, upload } from "/assets/dom.js";
import { marked } from "/assets/markup.js";

const QUICK = [["❤", "Love"], ["👍", "Thumbs up"], ["🙏", "Thanks"], ["👏", "Applause"]];

let state = null;
let answering = null;
let changing = null;
let shownChat = null;
let atEnd = true;

const files = chosenFiles($("#say-files"), $("#say-files-shown"));

const chat = () => state.telegram.chats.find((it) => String(it.id) === $("#chat").value);
const me = () => Number($("#telegram-person").value);

export function showTelegram(fresh) {
  state = fresh;
  const chats = state.telegram.chats.filter((it) => !it.migrated_to && it.kind !== "private");
  options($("#chat"), chats.map((it) => [it.id, it.title]));
  $("#chat").hidden = chats.length < 2;
  const here = chat();
  if (!here) return;
  const people = here.members.filter((it) => !it.is_bot);
  options($("#telegram-person"), people.map((it) => [it.id, it.name]));
  $("#chat-title").textContent = here.title;
  $("#chat-about").textContent = `Telegram ${here.kind} · ${people.length} people, ${botWords(here.bot)}`;
  const scroll = $("#chat-scroll");
  const follow = shownChat !== here.id || atEnd;
  shownChat = here.id;
  const name = people.find((it) => it.id === me())?.name;
  const topics = new Map(here.topics.map((it) => [it.id, it.name]));
  const said = history(here);
  const shown = said.slice(said.findIndex((it) => !it.is_service) >>> 0);
  list($("#messages"), shown.map((it) => ({ ...it, mine: it.author_id === me(), name, topicName: topics.get(it.topic) })),
    (it) => `${it.chat}/${it.id}`, draw);
  $("#no-messages").hidden = shown.length > 0;
  if (follow) toEnd(scroll);
}

/** People go on seeing what was said before their group became a supergroup; it can only be read. */
function history(here) {
  const before = state.telegram.chats.find((it) => it.migrated_to === here.id);
  const old = before ? history(before).map((it) => ({ ...it, isPast: true })) : [];
  return [...old, ...here.messages.map((it) => ({ ...it, chat: here.id }))];
}

function toEnd(scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  atEnd = true;
}

/** Whoever reads at the end stays there: also when a picture has loaded, or a notice takes some of the room. */
function staysAtEnd(scroll) {
  scroll.addEventListener("scroll", () => { atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 90; });
  const watch = new ResizeObserver(() => { if (atEnd) toEnd(scroll); });
  watch.observe(scroll);
  watch.observe($("#messages"));
}

function botWords(bot) {
  if (bot === "administrator" || bot === "member") return "and Causeway as a bot";
  return "the bot was taken out";
}

function draw(message) {
  if (message.is_service) return el("li", { class: "message is-service", dir: "auto" }, message.text);
  const avatar = face(message.author);
  if (message.is_bot) avatar.classList.add("is-bridge");
  return el("li", { class: `message${message.mine ? " is-mine" : ""}`, id: anchor(message.chat, message.id) }, avatar,
    el("div", { class: "bubble" },
      el("div", { class: "name" }, el("span", { dir: "auto" }, message.author), message.is_bot ? el("span", { class: "badge" }, "bot") : null,
        message.topicName ? el("span", { class: "topic" }, `# ${message.topicName}`) : null),
      message.forwarded_from ? el("div", { class: "quiet" }, `Forwarded from ${message.forwarded_from}`) : null,
      message.reply_to ? replied(message) : null,
      ...message.attachments.map(attachment),
      message.text ? el("div", { class: "words", dir: "auto" }, ...marked(message.text, message.entities)) : null,
      el("div", { class: "below" },
        el("div", { class: "reactions" }, ...message.reactions.map((it) => reaction(message, it))),
        message.edited ? el("span", { class: "edited" }, "edited") : null,
        clock(message.at * 1000)),
      message.isPast ? null : acts(message)));
}

const anchor = (chatId, id) => `message-${chatId}-${id}`;

function replied({ chat: chatId, reply_to: parent }) {
  return el("button", { type: "button", class: "replied", title: "Show the answered message", onclick: () => jump(anchor(chatId, parent.id)) },
    el("b", { dir: "auto" }, parent.author), el("span", { dir: "auto" }, parent.excerpt));
}

function jump(id) {
  const target = document.getElementById(id);
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.classList.add("flash");
  setTimeout(() => target.classList.remove("flash"), 1200);
}

function attachment(file) {
  const picture = file.url && ["image/png", "image/jpeg", "image/gif", "image/webp"].includes(file.mime);
  if (picture) {
    return el("a", { class: "picture", href: file.url, target: "_blank", rel: "noopener" },
      el("img", { src: file.url, alt: `Picture ${file.name}` }));
  }
  const words = `${file.kind === "location" ? "📍" : file.kind === "poll" ? "📊" : "📎"} ${file.name}`;
  const size = file.size ? el("span", { class: "quiet" }, ` ${bytes(file.size)}`) : null;
  return el("div", { class: "files" }, file.url ? el("a", { href: file.url }, words, size) : el("span", {}, words));
}

function reaction(message, it) {
  const mine = it.by.includes(message.name);
  return el("button", {
    type: "button", "data-act": `react-${it.emoji}`, "aria-pressed": String(mine), disabled: message.isPast, title: it.by.join(", "),
    "aria-label": `${it.emoji} by ${it.by.join(", ")}`, onclick: () => react(message, mine ? null : it.emoji),
  }, it.emoji, it.by.length > 1 ? ` ${it.by.length}` : "");
}

function acts(message) {
  return el("div", { class: "acts" },
    el("button", { type: "button", "data-act": "reply", onclick: () => answer(message) }, "Reply"),
    ...QUICK.map(([emoji, words]) => el("button", {
      type: "button", "data-act": `quick-${emoji}`, "aria-label": `React: ${words}`, onclick: () => react(message, emoji),
    }, emoji)),
    message.mine ? el("button", { type: "button", "data-act": "edit", onclick: () => change(message) }, "Edit") : null);
}

function react(message, emoji) {
  post("/api/act", { act: "react", chat: chat().id, person: me(), message: message.id, emoji }).catch((error) => say(error.message, "bad"));
}

function context(words) {
  $("#say-context").hidden = !words;
  $("#say-context-words").textContent = words ?? "";
}

function answer(message) {
  [answering, changing] = [message.id, null];
  context(`Answer to ${message.author}`);
  $("#say-text").focus();
}

function change(message) {
  [answering, changing] = [null, message.id];
  context("Change your message");
  $("#say-text").value = message.text;
  $("#say-text").focus();
}

function clear() {
  [answering, changing] = [null, null];
  context(null);
  files.clear();
  $("#say-text").value = "";
}

async function send(event) {
  event.preventDefault();
  const form = $("#say-form");
  const text = $("#say-text").value.trim();
  const chosen = files.files();
  if (form.busy || (!text && !chosen.length)) return;
  form.busy = true;
  const common = { chat: chat().id, person: me(), text };
  try {
    if (changing) await post("/api/act", { act: "edit", message: changing, ...common });
    else await post("/api/act", { act: "say", reply_to: answering, topic: topic(), files: await upload(chosen), ...common });
    clear();
  } catch (error) {
    say(error.message, "bad");
  } finally {
    form.busy = false;
    $("#say-text").focus();
  }
}

/** An answer stays in the topic of what it answers. */
const topic = () => chat().messages.find((it) => it.id === answering)?.topic ?? null;

staysAtEnd($("#chat-scroll"));
$("#say-form").addEventListener("submit", send);
$("#say-cancel").addEventListener("click", () => { clear(); $("#say-text").focus(); });
$("#say-form").addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
$("#telegram-person").addEventListener("change", () => { clear(); showTelegram(state); });
$("#chat").addEventListener("change", () => { clear(); showTelegram(state); });
sendsOnEnter($("#say-text"), $("#say-form"), true);
