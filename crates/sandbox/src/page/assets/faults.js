// Switches for what can go wrong. A fault that ends by itself counts down.

import { $, el, options, post, say } from "/assets/dom.js";
import { idOf } from "/assets/shelf.js";

const SECONDS = { rate: 15, error: 10, cut: 10, closed: 15, greylist: 15 };
const SLOW_MS = 1500;

let state = null;

/** What can be wrong with requests to any platform. */
const requests = (platform, here = (s) => s.switches[platform]) => [
  ["“Too many requests”, 15 s", (s) => left(here(s).rate_limit), (on) => ({ fault: `${platform}_rate_limit`, seconds: on ? SECONDS.rate : 0 })],
  ["Server errors, 10 s", (s) => left(here(s).server_error), (on) => ({ fault: `${platform}_server_error`, seconds: on ? SECONDS.error : 0 })],
  ["Connections cut, 10 s", (s) => left(here(s).cut), (on) => ({ fault: `${platform}_cut`, seconds: on ? SECONDS.cut : 0 })],
  ["Slow answers", (s) => here(s).latency > 0, (on) => ({ fault: `${platform}_latency`, ms: on ? SLOW_MS : 0 })],
];

/** Stays as it is put. */
const toggle = (platform, name, words) => [words, (s) => s.switches[platform][name], (on) => ({ fault: `${platform}_${name}`, on })];

/** Happens once, at once. */
const once = (fault, words) => [words, () => false, () => ({ fault })];

/** What it says, whether it is on (seconds left or a boolean), what to post to turn it. */
const TELEGRAM = [
  ...requests("telegram"),
  toggle("telegram", "conflict", "Another program uses our bot"),
  toggle("telegram", "kick", "Bot removed from the group"),
  ["Group becomes a supergroup", (s) => s.switches.telegram.migrate, (on) => (on ? { fault: "telegram_migrate" } : null)],
];

const DISCORD = [
  ...requests("discord"),
  once("discord_drop", "Gateway socket drops"),
  once("discord_reconnect", "“Reconnect” (op 7)"),
  once("discord_invalidate", "“Invalid session” (op 9)"),
  toggle("discord", "silent", "Gateway goes silent"),
  toggle("discord", "refuse_resume", "No session is resumed"),
  once("discord_webhook_deleted", "Webhook deleted"),
  toggle("discord", "permission", "Permission for webhooks taken"),
  toggle("discord", "kick", "Bot removed from the server"),
];

const SLACK = [
  ...requests("slack"),
  once("slack_drop", "Socket drops"),
  once("slack_refresh", "Socket to be refreshed"),
  toggle("slack", "remove", "App removed from the channel"),
  toggle("slack", "archive", "Channel archived"),
  toggle("slack", "scope", "Permission to write taken"),
];

const MAIL = [
  ["Mail server down, 15 s", (s) => left(s.mail.closed_until_ms), (on) => ({ fault: "mail_closed", seconds: on ? SECONDS.closed : 0 })],
  ["“Come back later”, 15 s", (s) => left(s.mail.greylist_until_ms), (on) => ({ fault: "mail_greylist", seconds: on ? SECONDS.greylist : 0 })],
  ["Slow answers", (s) => s.mail.latency_ms > 0, (on) => ({ fault: "mail_latency", ms: on ? SLOW_MS : 0 })],
  ["Next mail: the line breaks before it is taken", (s) => s.mail.cut_before_keeping > 0, (on) => (on ? { fault: "mail_cut", kept: false } : null)],
  ["Next mail: taken, but nobody tells us", (s) => s.mail.cut_after_keeping > 0, (on) => (on ? { fault: "mail_cut", kept: true } : null)],
];

/** Instead of one address. */
const EVERYBODY = "*";

const left = (until) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

function turn(body, done) {
  if (!body) return;
  post("/api/faults", body)
    .then((switches) => { state.switches = switches; tick(); if (done) say(`Done: ${done}`); })
    .catch((error) => say(error.message, "bad"));
}

function build(parent, table) {
  parent.replaceChildren(...table.map(([words, isOn, change]) => {
    const button = el("button", { type: "button", "aria-pressed": "false" }, words);
    // A deed that is over at once is no switch.
    const isDeed = change.length === 0;
    if (isDeed) button.removeAttribute("aria-pressed");
    button.addEventListener("click", () => turn(change(button.getAttribute("aria-pressed") !== "true"), isDeed && words));
    button.show = () => {
      if (isDeed) return false;
      const on = isOn(state);
      button.setAttribute("aria-pressed", Boolean(on));
      // What nobody can take back is over by itself, or stays.
      button.disabled = Boolean(on) && !change(false);
      const text = typeof on === "number" && on > 0 ? `${words.split(",")[0]}: ${on} s left` : words;
      if (button.textContent !== text) button.textContent = text;
      return Boolean(on);
    };
    return button;
  }));
}

let mailboxes = [];

export function showFaults(fresh, shelf) {
  state = fresh;
  const refused = state.mail.refused;
  mailboxes = shelf.filter((it) => it.kind === "mailbox").map((it) => ({ name: it.title, address: idOf(it.at) }));
  options($("#refused"), [["", "Nobody’s"], ...mailboxes.map((it) => [it.address, it.name]), [EVERYBODY, "Everybody’s"]]);
  const chosen = refused.length === mailboxes.length ? EVERYBODY : refused[0];
  if (document.activeElement !== $("#refused")) $("#refused").value = chosen ?? "";
  tick();
}

function tick() {
  if (!state) return;
  const buttons = [...document.querySelectorAll("#faults .set button")];
  const on = buttons.filter((it) => it.show() && !/supergroup/.test(it.textContent)).length + (state.mail.refused.length ? 1 : 0);
  $("#faults-count").hidden = on === 0;
  $("#faults-count").textContent = on;
  $("#all-well").disabled = on === 0;
}

async function refuse() {
  const chosen = $("#refused").value;
  for (const { address } of mailboxes) {
    await post("/api/faults", { fault: "mail_refuse", address, on: chosen === EVERYBODY || chosen === address });
  }
}

build($("#telegram-faults"), TELEGRAM);
build($("#discord-faults"), DISCORD);
build($("#slack-faults"), SLACK);
build($("#mail-faults"), MAIL);
$("#refused").addEventListener("change", () => refuse().catch((error) => say(error.message, "bad")));
$("#all-well").addEventListener("click", () => turn({ fault: "all_well" }));
// On a phone the switches are a page of their own.
$("#faults").open = matchMedia("(max-width: 760px)").matches;
setInterval(tick, 1000);
