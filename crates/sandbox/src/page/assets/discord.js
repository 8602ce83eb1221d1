// A channel of Discord as its members see it there, with each thread below its first message.

import { chatPane } from "/assets/chat.js";
import { ALONE } from "/assets/message.js";
import { markdown, plain } from "/assets/markdown.js";

const CALLED = { forum: "forum", announcement: "announcement channel" };

/** Names by `@` and id of a person, `#` and id of a channel. */
let names = new Map();

const before = (a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

function place({ channels: [channel, ...threads], hidden, has_bot, commands }) {
  names = new Map([channel, ...threads].map((it) => [`#${it.id}`, it.name]));
  for (const it of channel.members) names.set(`@${it.id}`, it.name);
  const people = channel.members.filter((member) => !member.is_bot);
  const bot = has_bot ? " and Causeway" : "; Causeway was taken out";
  const about = channel.kind === "private" ? "alone with Causeway" : `${CALLED[channel.kind] ?? "channel"} of ${people.length}${bot}`;
  const alone = (me) => hidden.filter((it) => it.to === me).map((it) => ({ ...it.message, alone: true }));
  return { people, about, commands, rows: (me) => rows({ ...channel, messages: [...channel.messages, ...alone(me)] }, threads) };
}

/** A thread that hangs on no message of the channel stands where it began. */
function rows(channel, threads) {
  const hanging = new Set(channel.messages.map((it) => it.thread));
  const alone = threads.filter((it) => !hanging.has(it.id));
  const items = [...channel.messages.map((it) => ({ id: it.id, message: it })), ...alone.map((it) => ({ id: it.id, thread: it }))];
  return items.sort(before).flatMap(({ message, thread }) => [
    ...(message ? [row(message, channel, 0)] : []),
    ...below(thread ?? (message.thread && threads.find((it) => it.id === message.thread))),
  ]);
}

function below(thread) {
  if (!thread) return [];
  const said = thread.messages.filter((it) => !it.is_system).map((it) => row(it, thread, 1));
  const closed = thread.locked ? " · locked" : thread.archived ? " · archived" : "";
  const count = `${said.length === 1 ? "1 message" : `${said.length} messages`}${closed}`;
  return [{ key: `thread-${thread.id}`, kind: "thread", title: thread.name, count }, ...said];
}

function row(it, place, depth) {
  return {
    key: `${place.id}-${it.id}`, kind: it.is_system ? "service" : "message", depth, place: place.id, id: it.id, at: it.at,
    author: it.author, authorId: it.author_id, picture: it.picture, isBridge: false, badge: it.is_app ? "APP" : null, alone: it.alone,
    above: it.alone ? ALONE : it.forwarded ? "Forwarded" : null, hasWords: Boolean(it.text || it.forwarded), text: it.text || it.forwarded, edited: it.edited,
    replyTo: it.reply_to && { key: `${place.id}-${it.reply_to.id}`, author: it.reply_to.author, excerpt: plain(it.reply_to.excerpt, names) },
    files: [...it.attachments.map((file) => ({ ...file, alt: file.description })), ...extras(it)],
    reactions: it.reactions.map(({ emoji, by }) => ({ emoji, shown: emoji.replace(/^<a?(:\w+:)\d+>$/, "$1"), by })),
    buttons: it.buttons.flatMap((line) => line.components ?? []).filter((button) => button.type === 2)
      .map((button) => ({ label: button.label ?? button.emoji?.name ?? "", value: button.custom_id, url: button.url })),
    can: it.alone ? {} : { reply: true, thread: depth === 0, edit: true, remove: true }, readOnly: it.alone,
  };
}

function extras(it) {
  const stickers = it.stickers.map((name) => ({ name: `Sticker ${name}`, icon: "🖼" }));
  return it.poll ? [...stickers, { name: [it.poll.question, ...it.poll.answers].join(" · "), icon: "📊" }] : stickers;
}

const common = (row, person) => ({ channel: row.place, person, message: row.id });

export const discordPane = chatPane({
  place,
  described: true,
  quick: [["❤️", "❤️", "Love"], ["👍", "👍", "Thumbs up"], ["🙏", "🙏", "Thanks"], ["👏", "👏", "Applause"]],
  words: (row) => markdown(row.text, names),
  source: (row) => row.text,
  completes: (place, person, text) => ({ act: "discord_complete", channel: place, person, text }),
  say: ({ place, person, text, way, about, files }) => ({
    act: "discord_say", channel: about?.place ?? place, person, text, files,
    reply_to: way === "reply" ? about.id : null, below: way === "thread" ? about.id : null,
  }),
  edit: (row, person, text) => ({ act: "discord_edit", ...common(row, person), text }),
  remove: (row, person) => ({ act: "discord_delete", ...common(row, person) }),
  react: (row, person, emoji, on) => ({ act: "discord_react", ...common(row, person), emoji, on }),
  press: (row, person, button) => ({ act: "discord_press", ...common(row, person), button }),
});
