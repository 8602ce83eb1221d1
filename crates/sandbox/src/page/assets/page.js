// The page follows the sandbox: each change is announced with what is new on the shelf, and of the open places those are
// fetched in whose platform something happened.

import { $, say } from "/assets/dom.js";
import { refreshDeliveries } from "/assets/deliveries.js";
import { discordPane } from "/assets/discord.js";
import { showFaults } from "/assets/faults.js";
import { mailPane } from "/assets/mail.js";
import { refreshNotices } from "/assets/notices.js";
import { begin, follow, opens, refresh } from "/assets/open.js";
import { nowhere } from "/assets/pane.js";
import { forget, learn, shelf, watchShelf } from "/assets/shelf.js";
import { slackPane } from "/assets/slack.js";
import { telegramPane } from "/assets/telegram.js";

const PANES = { telegram: telegramPane, discord: discordPane, slack: slackPane, email: mailPane, none: nowhere };
const LOOK_AGAIN_MS = 1500;

/** What changed since the page was last at peace, by platform. */
let stale = new Set();
let running = false;
let begun = false;

function changed(change) {
  learn(change.shelf, change.gone);
  showFaults(change, shelf());
  showStory(change.story);
  // What opens now is fetched as it opens.
  const platforms = begun ? change.platforms : [];
  if (!begun) begin(PANES);
  begun = true;
  follow(change.story);
  for (const platform of platforms) stale.add(platform);
  catchUp();
}

async function catchUp() {
  if (running) return;
  running = true;
  try {
    do {
      const platforms = [...stale];
      stale = new Set();
      await Promise.all([refresh(platforms), refreshBridge()]);
    } while (stale.size);
    live(true);
  } catch {
    live(false);
  }
  running = false;
}

/** Deliveries and notices change without a word from the platforms. */
const refreshBridge = () => Promise.all([refreshDeliveries(), refreshNotices()]);

function live(is) {
  const sign = $("#live");
  sign.textContent = is ? "Live" : "The sandbox does not answer. Is it still running?";
  sign.className = is ? "live" : "live is-lost";
}

function showStory(story) {
  const shown = story.told < story.of;
  $("#story").hidden = !shown;
  if (shown) {
    $("#story-bar").max = story.of;
    $("#story-bar").value = story.told;
  }
}

function listen() {
  const events = new EventSource("/api/events");
  events.addEventListener("open", forget);
  events.addEventListener("change", (event) => changed(JSON.parse(event.data)));
  events.addEventListener("error", () => live(false));
  setInterval(() => { if (begun && !document.hidden) refreshBridge().catch(() => live(false)); }, LOOK_AGAIN_MS);
}

addEventListener("unhandledrejection", (event) => say(event.reason?.message ?? "Something went wrong", "bad"));
watchShelf(opens);
listen();
