// What the bridge does with each message, and why.

import { $, clock, el, list, post, say } from "/assets/dom.js";
import { placeAt, platformOf, shelf } from "/assets/shelf.js";

const WORDS = {
  to_do: "waiting",
  sending: "on its way",
  sent: "delivered",
  uncertain: "not sure",
  dead: "given up",
  suppressed: "not sent",
  waiting: "later",
  held: "held back",
};

const OPERATIONS = { post: "", edit: "change of", delete: "removal of", react: "reaction to" };

const KINDS = { telegram: "Telegram group", discord: "Discord channel", slack: "Slack channel", email: "email list", direct: "private chat" };

/** A channel in words, without an article. Where a platform has one place of the kind only, its kind says enough. */
export function inWords(channel) {
  const kind = KINDS[platformOf(channel)];
  const place = placeAt(channel);
  if (place?.kind === "private") return `private chat of ${place.title}`;
  const alike = shelf().filter((it) => it.group === "rooms" && platformOf(it.at) === platformOf(channel));
  return place && alike.length > 1 ? `${kind} “${place.title}”` : kind ?? channel;
}

function because(item, now) {
  const parts = [];
  // The operating system's number of an error helps nobody here.
  if (item.reason) parts.push(item.reason.replace(/ \(os error \d+\)/, ""));
  const done = item.state === "sent";
  if (item.attempts > 1) parts.push(done ? `it took ${item.attempts} attempts` : `${item.attempts} attempts`);
  const wait = Math.ceil((item.next_attempt_at_ms - now) / 1000);
  if (["to_do", "uncertain"].includes(item.state) && wait > 0) parts.push(`again in ${wait} s`);
  return parts.join(" · ");
}

function draw(item) {
  const operation = OPERATIONS[item.operation] ?? item.operation;
  return el("li", { class: `delivery is-${item.state}` },
    el("p", { class: "delivery-head" },
      el("span", { class: "pill" }, WORDS[item.state] ?? item.state),
      el("span", { class: "route", title: `to the ${item.place}` }, `→ ${item.place}`),
      clock(item.sent_at_ms ?? item.created_at_ms)),
    el("p", { class: "excerpt", dir: "auto" },
      operation ? el("span", { class: "quiet" }, `${operation} `) : null,
      el("strong", {}, item.author ?? "Somebody"), ": ", item.message_excerpt || "(no words)"),
    item.why ? el("p", { class: "why" }, item.why) : null,
    ["dead", "held"].includes(item.state)
      ? el("button", { type: "button", "data-act": "retry", onclick: () => retry(item) }, "Try again")
      : null);
}

function retry({ id }) {
  post("/api/retry", { id }).then(() => say("It goes to work again")).catch((error) => say(error.message, "bad"));
}

/** Where no bridge is at work the page does not ask again. */
let absent = false;

export async function refreshDeliveries() {
  if (absent) return;
  const response = await fetch("/api/deliveries").catch(() => null);
  const pane = $("#deliveries-pane");
  if (!response?.ok) {
    absent = response?.status === 404;
    pane.hidden ||= absent;
    document.body.classList.toggle("without-bridge", absent);
    return;
  }
  const items = await response.json();
  const now = Date.now();
  pane.hidden = false;
  document.body.classList.remove("without-bridge");
  list($("#deliveries"), items.map((it) => ({ ...it, place: inWords(it.to), why: because(it, now) })), (it) => it.id, draw);
  $("#no-deliveries").hidden = items.length > 0;
  $("#flow").textContent = summary(items);
}

function summary(items) {
  const count = (...states) => items.filter((it) => states.includes(it.state)).length;
  const said = [`${count("sent")} delivered`];
  const waiting = count("to_do", "sending", "uncertain");
  if (waiting) said.push(`${waiting} on the way`);
  const later = count("waiting");
  if (later) said.push(`${later} later`);
  const stopped = count("dead", "held");
  if (stopped) said.push(`${stopped} stopped`);
  const skipped = count("suppressed");
  if (skipped) said.push(`${skipped} not sent`);
  return said.join(", ");
}
