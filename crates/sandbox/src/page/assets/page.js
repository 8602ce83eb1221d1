// The page follows the sandbox: each change is announced, then the whole state is fetched and shown.

import { $, say } from "/assets/dom.js";
import { refreshDeliveries } from "/assets/deliveries.js";
import { showDiscord } from "/assets/discord.js";
import { showFaults } from "/assets/faults.js";
import { showMail } from "/assets/mail.js";
import { refreshNotices } from "/assets/notices.js";
import { showSlack } from "/assets/slack.js";
import { showTelegram } from "/assets/telegram.js";

const PAUSE_MS = 250;
const LOOK_AGAIN_MS = 1500;

let state = null;
let running = false;
let again = false;

async function refresh() {
  if (running) { again = true; return; }
  running = true;
  try {
    const response = await fetch("/api/state");
    if (!response.ok) throw new Error(await response.text());
    state = await response.json();
    showTelegram(state);
    showDiscord(state);
    showSlack(state);
    showMail(state);
    showFaults(state);
    showStory(state.story);
    await refreshBridge();
    live(true);
  } catch (error) {
    live(false);
  }
  setTimeout(() => { running = false; if (again) { again = false; refresh(); } }, PAUSE_MS);
}

/** Deliveries and notices change without a word from the platforms. */
async function refreshBridge() {
  await Promise.all([refreshDeliveries(state), refreshNotices(state)]);
}

function live(is) {
  const sign = $("#live");
  sign.textContent = is ? "Live" : "The sandbox does not answer. Is it still running?";
  sign.className = is ? "live" : "live is-lost";
}

function showStory(story) {
  const shown = story && story.told < story.of;
  $("#story").hidden = !shown;
  if (shown) {
    $("#story-bar").max = story.of;
    $("#story-bar").value = story.told;
  }
}

function follow() {
  const events = new EventSource("/api/events");
  events.addEventListener("change", refresh);
  events.addEventListener("open", refresh);
  events.addEventListener("error", () => live(false));
  setInterval(() => { if (state && !document.hidden) refreshBridge().catch(() => live(false)); }, LOOK_AGAIN_MS);
}

/** On a phone one pane is seen at a time. */
function tabs() {
  for (const tab of document.querySelectorAll("[data-pane]")) {
    tab.addEventListener("click", () => {
      document.body.dataset.shown = tab.dataset.pane;
      for (const other of document.querySelectorAll("[data-pane]")) {
        other.setAttribute("aria-pressed", other === tab);
      }
    });
  }
}

addEventListener("unhandledrejection", (event) => say(event.reason?.message ?? "Something went wrong", "bad"));
tabs();
follow();
