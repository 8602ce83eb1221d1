// Switches for what can go wrong. A fault that ends by itself counts down.

import { $, el, options, post, say } from "/assets/dom.js";

const SECONDS = { rate: 15, error: 10, cut: 10, closed: 15, greylist: 15 };
const SLOW_MS = 1500;

let state = null;

/** name, what it says, whether it is on (seconds left or a boolean), what to post to turn it. */
const TELEGRAM = [
  ["“Too many requests”, 15 s", (s) => left(s.switches.telegram_rate_limit), (on) => ({ fault: "telegram_rate_limit", seconds: on ? SECONDS.rate : 0 })],
  ["Server errors, 10 s", (s) => left(s.switches.telegram_server_error), (on) => ({ fault: "telegram_server_error", seconds: on ? SECONDS.error : 0 })],
  ["Connections cut, 10 s", (s) => left(s.switches.telegram_cut), (on) => ({ fault: "telegram_cut", seconds: on ? SECONDS.cut : 0 })],
  ["Slow answers", (s) => s.switches.telegram_latency > 0, (on) => ({ fault: "telegram_latency", ms: on ? SLOW_MS : 0 })],
  ["Another program uses our bot", (s) => s.switches.telegram_conflict, (on) => ({ fault: "telegram_conflict", on })],
  ["Bot removed from the group", (s) => s.switches.telegram_kick, (on) => ({ fault: "telegram_kick", on })],
  ["Group becomes a supergroup", (s) => s.telegram.chats.some((it) => it.migrated_to), (on) => (on ? { fault: "telegram_migrate" } : null)],
];

const MAIL = [
  ["Mail server down, 15 s", (s) => left(s.mail.faults.closed_until_ms), (on) => ({ fault: "mail_closed", seconds: on ? SECONDS.closed : 0 })],
  ["“Come back later”, 15 s", (s) => left(s.mail.faults.greylist_until_ms), (on) => ({ fault: "mail_greylist", seconds: on ? SECONDS.greylist : 0 })],
  ["Slow answers", (s) => s.mail.faults.latency_ms > 0, (on) => ({ fault: "mail_latency", ms: on ? SLOW_MS : 0 })],
  ["Next mail: the line breaks before it is taken", (s) => s.mail.faults.cut_before_keeping > 0, (on) => (on ? { fault: "mail_cut", kept: false } : null)],
  ["Next mail: taken, but nobody tells us", (s) => s.mail.faults.cut_after_keeping > 0, (on) => (on ? { fault: "mail_cut", kept: true } : null)],
];

/** Instead of one address. */
const EVERYBODY = "*";

const left = (until) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

function turn(body) {
  if (!body) return;
  post("/api/faults", body).then((switches) => { state.switches = switches; tick(); }).catch((error) => say(error.message, "bad"));
}

function build(parent, table) {
  parent.replaceChildren(...table.map(([words, isOn, change]) => {
    const button = el("button", { type: "button", "aria-pressed": "false" }, words);
    button.addEventListener("click", () => turn(change(button.getAttribute("aria-pressed") !== "true")));
    button.show = () => {
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

export function showFaults(fresh) {
  state = fresh;
  const refused = state.mail.faults.refused;
  const boxes = state.mail.mailboxes;
  options($("#refused"), [["", "Nobody’s"], ...boxes.map((it) => [it.address, it.name]), [EVERYBODY, "Everybody’s"]]);
  const chosen = refused.length === boxes.length ? EVERYBODY : refused[0];
  if (document.activeElement !== $("#refused")) $("#refused").value = chosen ?? "";
  tick();
}

function tick() {
  if (!state) return;
  const buttons = [...document.querySelectorAll("#telegram-faults button, #mail-faults button")];
  const on = buttons.filter((it) => it.show() && !/supergroup/.test(it.textContent)).length + (state.mail.faults.refused.length ? 1 : 0);
  $("#faults-count").hidden = on === 0;
  $("#faults-count").textContent = on;
  $("#all-well").disabled = on === 0;
}

async function refuse() {
  const chosen = $("#refused").value;
  for (const { address } of state.mail.mailboxes) {
    await post("/api/faults", { fault: "mail_refuse", address, on: chosen === EVERYBODY || chosen === address });
  }
}

build($("#telegram-faults"), TELEGRAM);
build($("#mail-faults"), MAIL);
$("#refused").addEventListener("change", () => refuse().catch((error) => say(error.message, "bad")));
$("#all-well").addEventListener("click", () => turn({ fault: "all_well" }));
// On a phone the switches are a page of their own.
$("#faults").open = matchMedia("(max-width: 900px)").matches;
setInterval(tick, 1000);
