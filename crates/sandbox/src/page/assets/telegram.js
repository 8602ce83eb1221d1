// The Telegram pane: a chat as its members see it there.

import { chatPane } from "/assets/chat.js";
import { marked } from "/assets/markup.js";

const ICONS = { location: "📍", poll: "📊" };

function places(state) {
  const chats = state.telegram.chats.filter((it) => !it.migrated_to && it.kind !== "private");
  return chats.map((it) => {
    const people = it.members.filter((member) => !member.is_bot);
    return { id: it.id, title: it.title, people, about: about(it, people.length), rows: rows(state, it) };
  });
}

function about(chat, count) {
  const isIn = chat.bot === "administrator" || chat.bot === "member";
  return `${chat.title} · ${chat.kind} of ${count}${isIn ? " and Causeway" : "; Causeway was taken out"}`;
}

function rows(state, chat) {
  const topics = new Map(chat.topics.map((it) => [it.id, it.name]));
  return history(state, chat).map((it) => row(it, topics));
}

/** People go on seeing what was said before their group became a supergroup; it can only be read. */
function history(state, chat) {
  const before = state.telegram.chats.find((it) => it.migrated_to === chat.id);
  const old = before ? history(state, before).map((it) => ({ ...it, isPast: true })) : [];
  return [...old, ...chat.messages.map((it) => ({ ...it, chat: chat.id }))];
}

function row(it, topics) {
  return {
    key: `${it.chat}-${it.id}`, kind: it.is_service ? "service" : "message", place: it.chat, id: it.id, at: it.at * 1000,
    author: it.author, authorId: it.author_id, isBridge: it.is_bot, badge: it.is_bot ? "bot" : null,
    thread: it.topic, topic: topics.get(it.topic), above: it.forwarded_from ? `Forwarded from ${it.forwarded_from}` : null,
    replyTo: it.reply_to && { ...it.reply_to, key: `${it.chat}-${it.reply_to.id}` },
    hasWords: Boolean(it.text), text: it.text, entities: it.entities, edited: it.edited, buttons: [], readOnly: it.isPast,
    files: it.attachments.map((file) => ({ ...file, icon: ICONS[file.kind] })),
    reactions: it.reactions.map(({ emoji, by }) => ({ emoji, shown: emoji, by })), can: { reply: true, edit: true },
  };
}

const common = (row, person) => ({ chat: row.place, person: Number(person), message: row.id });

export const showTelegram = chatPane("telegram", {
  places,
  described: false,
  quick: [["❤", "❤", "Love"], ["👍", "👍", "Thumbs up"], ["🙏", "🙏", "Thanks"], ["👏", "👏", "Applause"]],
  words: (row) => marked(row.text, row.entities),
  source: (row) => row.text,
  // An answer stays in the topic of what it answers.
  say: ({ place, person, text, about: parent, files }) =>
    ({ act: "say", chat: place, person: Number(person), text, reply_to: parent?.id ?? null, topic: parent?.thread ?? null, files }),
  edit: (row, person, text) => ({ act: "edit", ...common(row, person), text }),
  react: (row, person, emoji, on) => ({ act: "react", ...common(row, person), emoji: on ? emoji : null }),
});
