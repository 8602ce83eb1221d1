// A channel of Slack as its members see it there, with the replies of each thread below its first message.

import { chatPane } from "/assets/chat.js";
import { el } from "/assets/dom.js";
import { link } from "/assets/markup.js";
import { ALONE } from "/assets/message.js";
import { showModal } from "/assets/modal.js";

/** What the names of reactions look like. */
let emoji = {};

const TAGS = { quote: "blockquote", code_block: "pre", heading: "strong", context: "small", divider: "hr" };

/** As the app's manifest has it. */
const COMMANDS = [["/causeway", "Ask Causeway something; you alone see the answer"]];

function place({ channel, emoji: shown }) {
  emoji = shown;
  const people = channel.members.filter((member) => !member.is_bot);
  const bot = channel.bot_is_member ? " and Causeway" : "; Causeway was taken out";
  const about = channel.kind === "im" ? "alone with Causeway" : `${channel.archived ? "archived " : ""}channel of ${people.length}${bot}`;
  return { people, about, commands: COMMANDS, rows: (me) => rows(channel, me) };
}

function rows(channel, me) {
  const hidden = channel.ephemeral.filter((it) => it.to === me).map((it) => ({ ...it, isHidden: true }));
  const items = [...channel.messages, ...hidden].sort((a, b) => Number(a.ts) - Number(b.ts));
  return items.flatMap((it) => (it.isHidden ? [hiddenRow(it, channel)] : [row(it, channel, null), ...below(it, channel)]));
}

function below(root, channel) {
  if (!root.replies.length) return [];
  const count = root.reply_count === 1 ? "1 reply" : `${root.reply_count} replies`;
  return [{ key: `thread-${root.ts}`, kind: "thread", count }, ...root.replies.map((it) => row(it, channel, root))];
}

function row(it, channel, root) {
  const isService = /^(channel|group)_|^bot_(add|remove)/.test(it.subtype ?? "");
  return {
    key: root ? `${root.ts}-${it.ts}` : it.ts, kind: isService ? "service" : "message", depth: root ? 1 : 0, place: channel.id, id: it.ts,
    root: it.thread ?? it.ts, at: Number(it.ts) * 1000, author: it.author, authorId: it.is_app ? null : it.author_id, picture: it.picture,
    isBridge: false, badge: it.is_app ? "APP" : null, above: it.broadcast ? "Also sent to the channel" : null,
    hasWords: it.body.length > 0, text: it.text, pieces: it.body, edited: it.edited,
    files: it.files.map((file) => ({ ...file, alt: file.alt_text })), buttons: it.buttons.map(button),
    reactions: it.reactions.map(({ name, by }) => ({ emoji: name, shown: emoji[name] ?? `:${name}:`, by })),
    can: { thread: true, edit: true, remove: true },
  };
}

const button = (it) => ({ label: it.label, value: it.action_id, url: it.url });

function hiddenRow(it, channel) {
  return {
    key: `hidden-${it.ts}`, kind: "message", place: channel.id, id: it.ts, at: Number(it.ts) * 1000, author: it.author, badge: "APP",
    alone: true, above: ALONE, hasWords: true, text: it.text, pieces: it.body, files: [], reactions: [], buttons: it.buttons.map(button), readOnly: true,
  };
}

function drawPiece(piece) {
  const inside = piece.spans.map(drawSpan);
  if (piece.kind === "item") {
    return el("div", { class: `item indent-${Math.min(piece.indent, 3)}` }, piece.number ? `${piece.number}. ` : "• ", ...inside);
  }
  return el("div", {}, TAGS[piece.kind] ? el(TAGS[piece.kind], {}, ...inside) : el("span", {}, ...inside));
}

function drawSpan(span) {
  const marks = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]];
  const inner = marks.reduce((inside, [mark, tag]) => (span[mark] ? el(tag, {}, inside) : inside), span.text);
  if (span.kind === "link") return link(span.target, inner);
  return ["user", "channel", "group", "broadcast"].includes(span.kind) ? el("span", { class: "mention" }, inner) : inner;
}

/** As one would type it again. */
function typed(pieces) {
  const marks = [["code", "`"], ["strike", "~"], ["italic", "_"], ["bold", "*"]];
  const span = (it) => {
    if (it.kind === "emoji") return `:${it.target}:`;
    const text = it.kind === "link" && it.target !== it.text ? `[${it.text}](${it.target})` : it.text;
    return marks.reduce((words, [mark, sign]) => (it[mark] ? sign + words + sign : words), text);
  };
  const before = { quote: "> ", item: "- " };
  return pieces.map((it) => {
    const words = it.spans.map(span).join("");
    if (it.kind === "code_block") return `\`\`\`${words}\`\`\``;
    return (it.number ? `${it.number}. ` : before[it.kind] ?? "") + words;
  }).join("\n");
}

const common = (row, person) => ({ channel: row.place, person, message: row.id });

export const slackPane = chatPane({
  place,
  also: (pane, view, me) => showModal(pane, view.modals, me),
  described: true,
  quick: [["heart", "❤️", "Love"], ["+1", "👍", "Thumbs up"], ["pray", "🙏", "Thanks"], ["clap", "👏", "Applause"]],
  words: (row) => row.pieces.map(drawPiece),
  source: (row) => typed(row.pieces),
  say: ({ place, person, text, about, files }) =>
    ({ act: "slack_say", channel: place, person, text, thread: about?.root ?? null, files }),
  edit: (row, person, text) => ({ act: "slack_edit", ...common(row, person), text }),
  remove: (row, person) => ({ act: "slack_delete", ...common(row, person) }),
  react: (row, person, name, on) => ({ act: "slack_react", ...common(row, person), emoji: name, on }),
  press: (row, person, value) => ({ act: "slack_press", ...common(row, person), button: value }),
});
