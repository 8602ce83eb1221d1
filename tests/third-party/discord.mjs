// discord-digital-twin on loopback, for tests/tests/third_party. One line of JSON in is one deed of a person there, one line out
// is what became of it. It ends with its standard input.
import { createServer, Server } from "node:http";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const modules = createRequire(pathToFileURL(`${process.argv[2]}/`));
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

// The package listens on all interfaces and lets nobody choose.
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const host = typeof rest[0] === "string" ? [] : ["127.0.0.1"];
  return listen.call(this, port, ...host, ...rest);
};

const { DigitalDiscord } = await import(pathToFileURL(modules.resolve("discord-digital-twin")).href);
const twin = new DigitalDiscord({
  guild: { name: "Third party" },
  channels: [{ name: "general", type: 0 }],
  users: [{ username: "ana" }],
  botUser: { username: "causeway" },
});
await twin.start();
const ana = await twin.getFirstNonBotUserId();
const [general] = await twin.prisma.channel.findMany({ where: { name: "general" } });

const deeds = {
  send: ({ channel, content, answers }) =>
    person(channel).sendMessage({ content, messageReference: answers && { message_id: answers } }),
  edit: ({ channel, id, content }) => person(channel).editMessage({ messageId: id, content }),
  delete: ({ channel, id }) => person(channel).deleteMessage({ messageId: id }),
  // Only those who were told all about their servers: whatever happens before that reaches them out of turn.
  listeners: () => twin.server.gateway.clients.filter((it) => it.sequence >= 2).length,
  reactions: ({ id }) => twin.prisma.reaction.findMany({ where: { messageId: id } }),
};

function person(channel) {
  return twin.channel(channel).user(ana);
}

say({
  api_url: `${twin.restUrl}/v10`.replace("/api/v10/v10", "/api/v10"),
  gateway_url: twin.gatewayUrl,
  token: twin.botToken,
  channel: general.id,
  person: ana,
});
for await (const line of createInterface({ input: process.stdin })) {
  const deed = JSON.parse(line);
  try {
    say({ done: (await deeds[deed.do](deed)) ?? null });
  } catch (error) {
    say({ failed: String(error.stack) });
  }
}
process.exit(0);
