// A chat of Telegram as its members see it there.

import { chatPane } from "/assets/chat.js";
import { post, say } from "/assets/dom.js";
import { marked } from "/assets/markup.js";
import { moves, opens } from "/assets/open.js";

const ICONS = { location: "📍", poll: "📊" };

function place({ chats }) {
  const chat = chats.at(-1);
  const people = chat.members.filter((member) => !member.is_bot);
  return { people, about: about(chat, people.length), rows: () => chats.flatMap((it) => rows(it, it !== chat)) };
}

const ALONE = { not_started: "nobody wrote yet: the bot may not begin", blocked: "the bot is blocked" };

function about(chat, count) {
  if (chat.kind === "private") return `alone with Causeway${ALONE[chat.bot] ? ` · ${ALONE[chat.bot]}` : ""}`;
  const isIn = chat.bot === "administrator" || chat.bot === "member";
  return `${chat.kind} of ${count}${isIn ? " and Causeway" : "; Causeway was taken out"}`;
}

/** People go on seeing what was said before their group became a supergroup; it can only be read. */
function rows(chat, isPast) {
  const topics = new Map(chat.topics.map((it) => [it.id, it.name]));
  return chat.messages.map((it) => row({ ...it, chat: chat.id, isPast }, topics));
}

/** A link into the bot's own private chat opens it here, and says what the link carries, as the phone would. */
function leads({ url }, me) {
  const door = DOOR.exec(url ?? "");
  if (!door) return false;
  opens(`telegram:${me}`);
  post("/api/act", { act: "say", chat: Number(me), person: Number(me), text: `/start ${door[1] ?? ""}`.trim() }).catch((error) => say(error.message, "bad"));
  return true;
}

const DOOR = /^https:\/\/t\.me\/causeway_bot(?:\?start=([\w-]+))?$/;

const button = (it) => ({ label: it.text, value: it.callback_data ?? it.text, url: it.url, door: DOOR.test(it.url ?? "") });

function row(it, topics) {
  return {
    key: `${it.chat}-${it.id}`, kind: it.is_service ? "service" : "message", place: it.chat, id: it.id, at: it.at * 1000,
    author: it.author, authorId: it.author_id, isBridge: it.is_bot, badge: it.is_bot ? "bot" : null,
    thread: it.topic, topic: topics.get(it.topic), above: it.forwarded_from ? `Forwarded from ${it.forwarded_from}` : null,
    replyTo: it.reply_to && { ...it.reply_to, key: `${it.chat}-${it.reply_to.id}` },
    hasWords: Boolean(it.text), text: it.text, entities: it.entities, edited: it.edited, buttons: it.buttons.flat().map(button), readOnly: it.isPast,
    files: it.attachments.map((file) => ({ ...file, icon: ICONS[file.kind] })),
    reactions: it.reactions.map(({ emoji, by }) => ({ emoji, shown: emoji, by })), can: { reply: true, edit: true },
  };
}

const common = (row, person) => ({ chat: row.place, person: Number(person), message: row.id });

/** After a migration the place has another address. */
function also(pane, { chats }) {
  const to = chats.at(-1).migrated_to;
  if (to) moves(pane.at, `telegram:${to}`);
}

export const telegramPane = chatPane({
  place,
  also,
  leads,
  described: false,
  quick: [["❤", "❤", "Love"], ["👍", "👍", "Thumbs up"], ["🙏", "🙏", "Thanks"], ["👏", "👏", "Applause"]],
  words: (row) => marked(row.text, row.entities),
  source: (row) => row.text,
  // An answer stays in the topic of what it answers.
  say: ({ place, person, text, about: parent, files }) =>
    ({ act: "say", chat: Number(place), person: Number(person), text, reply_to: parent?.id ?? null, topic: parent?.thread ?? null, files }),
  edit: (row, person, text) => ({ act: "edit", ...common(row, person), text }),
  press: (row, person, button) => ({ act: "press", ...common(row, person), button }),
  react: (row, person, emoji, on) => ({ act: "react", ...common(row, person), emoji: on ? emoji : null }),
});
