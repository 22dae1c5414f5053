import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { createInflate, constants } from "node:zlib";
import { Client, GatewayIntentBits, Partials, type Message } from "discord.js";
import { WebSocket } from "ws";
import { canaries } from "./canaries.ts";
import { intents } from "./intents.ts";
import { judgeMissing } from "./judge.ts";
import { startDiscordDouble, type DiscordDouble } from "./server.ts";

type Packet = { op: number; t: string | null; s: number | null; d: Record<string, unknown> };

/** A gateway client of a few lines, to see what really goes over the wire. */
async function connect(discord: DiscordDouble, query = "v=10&encoding=json") {
  const socket = new WebSocket(`${discord.world.origin.replace("http", "ws")}/?${query}`);
  const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
  const packets: Packet[] = [];
  let wake = (): void => {};
  const take = (text: string): void => {
    packets.push(JSON.parse(text) as Packet);
    wake();
  };
  inflate.on("data", (piece: Buffer) => take(piece.toString()));
  socket.on("message", (data: Buffer) =>
    query.includes("compress") ? inflate.write(data) : take(data.toString()),
  );
  await once(socket, "open");
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
  return {
    socket,
    packets,
    send,
    identify: (wanted: number, given: object = {}) =>
      send(2, { token: discord.token, intents: wanted, properties: {}, ...given }),
    async until(fits: (packet: Packet) => boolean): Promise<Packet> {
      while (true) {
        const found = packets.find(fits);
        if (found) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
const named = (name: string) => (packet: Packet) => packet.t === name;
const everything =
  intents.guilds | intents.guildMessages | intents.messageContent | intents.directMessages;

describe("the loopback Discord", () => {
  let discord: DiscordDouble;
  before(async () => {
    discord = await startDiscordDouble();
  });
  after(() => discord.close());
  const place = () => {
    const ann = discord.person("Ann");
    const guild = discord.guild("Library", [ann]);
    return { ann, guild, channel: discord.channel(guild, "general") };
  };
  const call = async (method: string, path: string, body: unknown, token = discord.token) => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text && (JSON.parse(text) as { id: string; code: number; retry_after: number }),
      headers: response.headers,
    };
  };

  test("refuses what Discord refuses", async (context) => {
    if (judgeMissing) context.diagnostic(judgeMissing);
    const { ann, guild, channel } = place();
    await call("PUT", `/applications/${discord.bot.id}/guilds/${guild.id}/commands`, [
      { name: "probe", description: "d" },
    ]);
    const { interaction } = ann.slash(channel, "probe");
    const accepted: string[] = [];
    for (const canary of canaries) {
      if (canary.needsDescription && judgeMissing) continue;
      const path = canary.path
        .replace("CHANNEL", channel.id)
        .replace("BOT", discord.bot.id)
        .replace("GUILD", guild.id)
        .replace("INTERACTION", `${interaction.id}/${interaction.token}`);
      const { status } = await call(canary.method, path, canary.body);
      if (status < 400 || status >= 500) accepted.push(`${canary.what}: ${status}`);
    }
    assert.deepEqual(accepted, []);
    assert.ok(discord.complaints.length > 20);
    discord.rest.complaints.length = 0;
  });

  test("notes a misspelt field, which Discord would ignore", async (context) => {
    if (judgeMissing) return context.skip(judgeMissing);
    const { channel } = place();
    await call("POST", `/channels/${channel.id}/messages`, { content: "x", allowed_mention: {} });
    assert.match(discord.complaints.join(), /allowed_mention/);
    discord.rest.complaints.length = 0;
  });

  test("a wrong token is refused over HTTP and closes the gateway with 4004", async () => {
    assert.equal((await call("GET", "/users/@me", undefined, "wrong")).status, 401);
    const client = await connect(discord);
    await client.until(({ op }) => op === 10);
    client.send(2, { token: "wrong", intents: 0, properties: {} });
    const [code] = (await once(client.socket, "close")) as [number];
    assert.equal(code, 4_004);
  });

  test("zlib-stream carries the same packets", async () => {
    const client = await connect(discord, "v=10&encoding=json&compress=zlib-stream");
    client.identify(everything);
    await client.until(named("READY"));
    const { ann, channel } = place();
    await client.until(
      ({ t, d }) => t === "GUILD_CREATE" && d["name"] === "Library" && d["unavailable"] === false,
    );
    ann.says(channel, "packed");
    const { d } = await client.until(named("MESSAGE_CREATE"));
    assert.equal(d["content"], "packed");
    client.socket.close();
  });

  test("a resumed session gets what it missed, a forgotten one must identify", async () => {
    const { ann, channel } = place();
    const first = await connect(discord);
    first.identify(everything);
    const ready = await first.until(named("READY"));
    const session = String(ready.d["session_id"]);
    const seen = () => Math.max(...first.packets.map(({ s }) => s ?? 0));
    first.socket.terminate();
    await once(first.socket, "close");
    ann.says(channel, "while away");
    const second = await connect(discord);
    second.send(6, { token: discord.token, session_id: session, seq: seen() });
    assert.equal((await second.until(named("MESSAGE_CREATE"))).d["content"], "while away");
    await second.until(named("RESUMED"));
    second.socket.close();
    discord.gateway.forgetSessions();
    const third = await connect(discord);
    third.send(6, { token: discord.token, session_id: session, seq: 1 });
    assert.equal((await third.until(({ op }) => op === 9)).op, 9);
    third.socket.close();
  });

  test("heartbeats are acknowledged; nonsense and floods close the connection", async () => {
    const client = await connect(discord);
    client.send(1, null);
    await client.until(({ op }) => op === 11);
    client.socket.send("not JSON");
    assert.equal((await once(client.socket, "close"))[0], 4_002);
    const flood = await connect(discord);
    await flood.until(({ op }) => op === 10);
    for (let at = 0; at < 121; at++) flood.send(1, null);
    assert.equal((await once(flood.socket, "close"))[0], 4_008);
  });

  test("without the intent a message has no content, unless it mentions the bot or is private", async () => {
    const { ann, channel } = place();
    const client = await connect(discord);
    client.identify(intents.guilds | intents.guildMessages | intents.directMessages);
    await client.until(named("READY"));
    const texts = ["secret", `<@${discord.bot.id}> open`];
    for (const text of texts) ann.says(channel, text);
    ann.says(discord.privateChat(ann), "private");
    await client.until(({ t, d }) => t === "MESSAGE_CREATE" && d["content"] === "private");
    const contents = client.packets.filter(named("MESSAGE_CREATE")).map(({ d }) => d["content"]);
    assert.deepEqual(contents, ["", texts[1], "private"]);
    client.socket.close();
    discord.world.allowed.messageContent = false;
    const refused = await connect(discord);
    await refused.until(({ op }) => op === 10);
    refused.identify(everything);
    assert.equal((await once(refused.socket, "close"))[0], 4_014);
    discord.world.allowed.messageContent = true;
  });

  test("shards get their own guilds only", async () => {
    const { guild } = place();
    const count = 4;
    const shard = Number((BigInt(guild.id) >> 22n) % BigInt(count));
    const mine = await connect(discord);
    mine.identify(everything, { shard: [shard, count] });
    await mine.until(({ t, d }) => t === "GUILD_CREATE" && d["id"] === guild.id);
    const other = await connect(discord);
    other.identify(everything, { shard: [(shard + 1) % count, count] });
    const { d } = await other.until(named("READY"));
    assert.equal(
      (d["guilds"] as { id: string }[]).some(({ id }) => id === guild.id),
      false,
    );
    const wrong = await connect(discord);
    await wrong.until(({ op }) => op === 10);
    wrong.identify(everything, { shard: [4, 4] });
    assert.equal((await once(wrong.socket, "close"))[0], 4_010);
    mine.socket.close();
    other.socket.close();
  });

  test("an interaction is acknowledged once, in time, and answered for a quarter of an hour", async () => {
    const { ann, guild, channel } = place();
    await call("PUT", `/applications/${discord.bot.id}/guilds/${guild.id}/commands`, [
      { name: "probe", description: "d" },
    ]);
    const path = ({ id, token }: { id: string; token: string }) =>
      `/interactions/${id}/${token}/callback`;
    const late = ann.slash(channel, "probe").interaction;
    discord.clock.pass(3_001);
    assert.equal(
      ((await call("POST", path(late), { type: 5 })).body as { code: number }).code,
      10062,
    );
    const answers = ann.slash(channel, "probe");
    assert.equal((await call("POST", path(answers.interaction), { type: 5 })).status, 204);
    assert.equal(await answers.acknowledged(), 5);
    assert.equal(
      ((await call("POST", path(answers.interaction), { type: 5 })).body as { code: number }).code,
      40060,
    );
    const original = `/webhooks/${discord.bot.id}/${answers.interaction.token}/messages/@original`;
    await call("PATCH", original, { content: "done" });
    assert.equal((await answers.reply()).content, "done");
    discord.clock.pass(15 * 60_000);
    assert.equal(
      ((await call("PATCH", original, { content: "later" })).body as { code: number }).code,
      50027,
    );
  });

  test("too many requests are refused, and a refusal does not prolong the wait", async () => {
    const { channel } = place();
    const path = `/channels/${channel.id}/messages`;
    discord.rest.limit({ method: "POST", path: new RegExp(path), limit: 2, within: 60_000 });
    const answers = [];
    for (let at = 0; at < 4; at++) answers.push(await call("POST", path, { content: `${at}` }));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429, 429],
    );
    assert.equal(answers[1]!.headers.get("x-ratelimit-remaining"), "0");
    const waits = answers.slice(2).map(({ body }) => (body as { retry_after: number }).retry_after);
    assert.ok(waits[1]! <= waits[0]! && waits[0]! <= 60);
    discord.clock.pass(60_001);
    assert.equal((await call("POST", path, { content: "again" })).status, 200);
  });

  test("the same enforced nonce is the same message", async () => {
    const { channel } = place();
    const send = () =>
      call("POST", `/channels/${channel.id}/messages`, {
        content: "x",
        nonce: "n1",
        enforce_nonce: true,
      });
    const [first, second] = [await send(), await send()];
    assert.equal((first.body as { id: string }).id, (second.body as { id: string }).id);
    assert.equal(discord.messages(channel).length, 1);
  });

  test("permissions are kept, per channel", async () => {
    const { channel } = place();
    const send = async () =>
      (
        (await call("POST", `/channels/${channel.id}/messages`, { content: "x" })).body as {
          code: number;
        }
      ).code;
    discord.deny(channel, ["SendMessages"]);
    assert.equal(await send(), 50013);
    discord.deny(channel, ["ViewChannel"]);
    assert.equal(await send(), 50001);
    discord.deny(channel, []);
    assert.equal(await send(), undefined);
  });

  test("a discord.js client talks to it unchanged", async () => {
    const { ann, channel } = place();
    const client = new Client({
      intents: [
        GatewayIntentBits.Guilds,
        GatewayIntentBits.GuildMessages,
        GatewayIntentBits.MessageContent,
        GatewayIntentBits.DirectMessages,
      ],
      partials: [Partials.Channel],
      rest: { api: discord.apiUrl },
    });
    client.on("messageCreate", (message: Message) => {
      if (!message.author.bot) void message.reply(`echo ${message.content}`);
    });
    await client.login(discord.token);
    const echo = await ann.asks(channel, "hello");
    assert.equal(echo.content, "echo hello");
    assert.deepEqual(echo.pings, [ann.user.id]);
    const direct = await ann.asks(discord.privateChat(ann), "hello you");
    assert.equal(direct.content, "echo hello you");
    await client.destroy();
  });

  test("all that was sent and answered was right", () => {
    assert.deepEqual(discord.complaints, []);
  });
});
