// The Slack of `emulate` on loopback, for tests/tests/third_party: says where it is, and ends with its standard input. People there act
// through the Web API with a token of their own.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, eventsUrl] = process.argv;
const dist = join(folder, "node_modules", "emulate", "dist");

// The package has no setting for the address that events go to: its Slack is told when it opens.
const isSlack = (file) => /^dist-.*\.js$/.test(file) && /^ {2}slackPlugin,?$/m.test(readFileSync(join(dist, file), "utf8"));
const { slackPlugin } = await import(pathToFileURL(join(dist, readdirSync(dist).find(isSlack))).href);
const register = slackPlugin.register;
slackPlugin.register = function (app, store, webhooks, ...rest) {
  webhooks.register({ url: eventsUrl, events: ["*"], active: true, owner: "slack" });
  return register.call(this, app, store, webhooks, ...rest);
};

const scopes = [
  "chat:write", "chat:write.customize", "channels:read", "channels:history", "channels:join", "groups:read", "groups:history",
  "im:read", "im:history", "im:write", "reactions:read", "reactions:write", "users:read", "files:read", "files:write", "team:read",
];
const { createEmulator } = await import(pathToFileURL(join(dist, "api.js")).href);
const app = { client_id: "1.2", client_secret: "sandbox-only", app_id: "A000000001", name: "Causeway", bot_name: "causeway" };
const emulator = await createEmulator({
  service: "slack",
  port: 0,
  hostname: "127.0.0.1",
  seed: {
    slack: {
      team: { name: "Third party", domain: "third-party" },
      users: [{ name: "ana", real_name: "Ana Sol" }],
      channels: [{ name: "general" }],
      bots: [{ name: "causeway" }],
      oauth_apps: [{ ...app, redirect_uris: ["http://127.0.0.1/"], scopes }],
      tokens: [
        { token: "xoxb-third-party", type: "bot", user: "causeway", scopes, app_id: app.app_id },
        { token: "xoxp-ana", type: "user", user: "ana", scopes },
      ],
      signing_secret: "third-party-signing-secret",
      strict_scopes: true,
    },
  },
});
process.stdout.write(`${JSON.stringify({ api_url: `${emulator.url}/api`, app_id: app.app_id })}\n`);
process.stdin.resume().on("end", () => process.exit(0));
