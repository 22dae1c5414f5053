import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { silentLog, type Log } from "../../../src/core/log.ts";
import type { StatusLine } from "../../../src/commands/context.ts";
import { startTelegramDouble } from "../../doubles/telegram/server.ts";
import { runTelegram, type RunningTelegram, type Setup } from "./running-telegram.ts";

/** Runs a bot for one test. */
const withBot = async (
  setup: Setup,
  work: (bot: RunningTelegram) => Promise<void>,
): Promise<void> => {
  const bot = await runTelegram(setup);
  try {
    await work(bot);
  } finally {
    await bot.close();
  }
};

/** A log that tells when it has said something. */
function listeningLog() {
  const lines: string[] = [];
  let wake = Promise.withResolvers<void>();
  const hear = (message: string): void => {
    lines.push(message);
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const log: Log = { ...silentLog, info: hear, warn: hear, error: hear };
  return {
    log,
    lines,
    async heard(pattern: RegExp): Promise<void> {
      while (!lines.some((line) => pattern.test(line))) await wake.promise;
    },
  };
}

const lineOf = async ({ app }: RunningTelegram): Promise<StatusLine> =>
  (await app.status("web:local")).lines.find(({ part }) => part === "telegram")!;

describe("Telegram when things go wrong", () => {
  test("a refused token is told, and stops nothing else", async () => {
    const { log, heard } = listeningLog();
    await withBot({ log, environment: { TELEGRAM_TOKEN: "1:wrong" } }, async (bot) => {
      await heard(/Telegram: not connected/);
      const line = await lineOf(bot);
      assert.deepEqual([line.state, line.key], ["problem", "error.telegram-token-refused"]);
      assert.match((await bot.app.ask("web:local", "x")).tier, /none/);
    });
  });

  test("a server that is not there is tried again until it is", async () => {
    const { log, heard } = listeningLog();
    const double = await startTelegramDouble();
    double.fail("getMe", { kind: "cut" }, { kind: "status", status: 502 });
    const cut = { kind: "cut" } as const;
    double.fail("deleteWebhook", cut, cut, cut, cut, cut);
    const environment = { TELEGRAM_API_URL: double.url };
    await withBot({ log, environment }, async (bot) => {
      await heard(/not connected/);
      await heard(/Connected to Telegram/);
      assert.equal((await lineOf(bot)).state, "on");
    });
    await double.close();
  });

  test("two programs on one token: both are told, and the bot goes on when the other is gone", async () => {
    const { log, heard } = listeningLog();
    await withBot({ log }, async (bot) => {
      const { double } = bot;
      await heard(/Connected/);
      const other = await fetch(`${double.url}/bot${double.token}/getUpdates?timeout=0`);
      assert.equal(other.status, 200);
      await heard(/not connected/);
      const line = await lineOf(bot);
      if (line.state === "problem") assert.equal(line.key, "error.telegram-conflict");
      const anna = double.person("Anna", { language: "en" });
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
      assert.equal((await lineOf(bot)).state, "on");
    });
  });

  test("an update that comes twice is dealt with once, also after a restart", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      const update = () => double.updatesGiven.at(-1)!;
      anna.writes(anna.privately, "/teach twice? => Once.");
      const [taught, question] = [update(), (anna.writes(anna.privately, "twice?"), update())];
      await double.reads(anna.privately, /^Once\.$/);
      for (const again of [taught, question, taught]) double.repeat(again);
      await bot.restart();
      for (const again of [taught, question]) double.repeat(again);
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi! I know 1 answer/);
      const sent = double.calls.filter(({ method }) => method === "sendMessage");
      assert.equal(sent.length, 3);
    });
  });

  test("a chat that is gone, a person who blocked the bot, a group that threw it out", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const [anna, boris] = [double.person("Anna"), double.person("Boris")];
      const group = double.group({ title: "Mill", members: [anna] });
      const held = double.hold("sendMessage");
      anna.writes(anna.privately, "hello?");
      await held.arrived;
      anna.blocks();
      held.release();
      const other = double.hold("sendMessage");
      anna.writes(group, "@apprentice_bot hello?");
      await other.arrived;
      double.vanish(group);
      other.release();
      double.removeBot(double.group({ title: "Port", members: [anna] }));
      boris.writes(boris.privately, "/hi");
      await double.reads(boris.privately, /Hi!/);
      assert.equal((await lineOf(bot)).state, "on");
    });
  });

  test("an album that was still arriving when the bot stopped is asked about after the start", async () => {
    await withBot({ pace: { album: 60_000 } }, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      const file = { name: "a.csv", bytes: new TextEncoder().encode("prompt,answer\na?,b\n") };
      anna.sendsAlbum(anna.privately, [file, { ...file, name: "b.csv" }]);
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
      bot.pace.album = 40;
      await bot.restart();
      await double.reads(anna.privately, /2 files \(a\.csv, b\.csv\)/);
    });
  });

  test("an answer whose sending failed on the way arrives", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      double.fail("sendMessage", { kind: "status", status: 500 }, { kind: "cut" });
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
      double.fail("getUpdates", { kind: "status", status: 502 }, { kind: "cut" });
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
    });
  });

  for (const [what, fault] of [
    ["cannot be reached", { kind: "cut" }],
    ["has a fault of its own", { kind: "status", status: 502 }],
  ] as const)
    test(`an answer arrives, once, although Telegram ${what} for longer than a few tries`, async () => {
      await withBot({}, async (bot) => {
        const { double } = bot;
        const anna = double.person("Anna", { language: "en" });
        anna.writes(anna.privately, "/teach Where is the key? => Under the mat.");
        await double.reads(anna.privately, /Learned/);
        double.fail("sendMessage", ...Array.from({ length: 18 }, () => fault));
        anna.writes(anna.privately, "Where is the key?");
        await double.reads(anna.privately, /^Under the mat\.$/);
        // A second one would come before the answer to what is asked next.
        anna.writes(anna.privately, "/hi");
        const next = await double.reads(anna.privately);
        assert.match(next.text ?? "", /Hi!/);
      });
    });

  test("an answer that Telegram did not take before the stop is sent after the start", async () => {
    const { log, heard } = listeningLog();
    await withBot({ log, pace: { retry: 600 } }, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      anna.writes(anna.privately, "/teach Where is the key? => Under the mat.");
      await double.reads(anna.privately, /Learned/);
      double.fail("sendMessage", ...Array.from({ length: 4 }, () => ({ kind: "cut" }) as const));
      anna.writes(anna.privately, "Where is the key?");
      await heard(/could not be answered while its platform is away/);
      await bot.restart();
      await double.reads(anna.privately, /^Under the mat\.$/);
    });
  });

  test("a handle in an answer can be copied as it was taught, and in a group it calls nobody", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      const group = double.group({ title: "Mill", members: [anna], admins: [anna] });
      for (const chat of [anna.privately, group]) {
        anna.writes(chat, "/teach who? => Ask @anna_k or write to info@example.org.");
        await double.reads(chat, /Learned/);
        anna.writes(chat, "/ask who?");
        const answer = await double.reads(chat, /^Ask/);
        assert.equal(answer.text, "Ask @anna_k or write to info@example.org.");
        const marked = (answer.entities ?? []).map(({ type, offset, length }) => [
          type,
          answer.text!.slice(offset, offset + length),
        ]);
        assert.deepEqual(marked, chat === group ? [["code", "@anna_k"]] : []);
      }
    });
  });

  test("an answer with a link that Telegram refuses arrives, with the address in words", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      anna.writes(
        anna.privately,
        "/teach where? => Open [the console](http://localhost:7777/) or [call](tel:+1555).",
      );
      await double.reads(anna.privately, /Learned/);
      anna.writes(anna.privately, "where?");
      const answer = await double.reads(anna.privately, /^Open/);
      assert.equal(answer.text, "Open the console (http://localhost:7777/) or call (tel:+1555).");
    });
  });

  test("whatever mark Telegram refuses, the words arrive without it", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      anna.writes(anna.privately, "/teach when? => On **Fridays**.");
      await double.reads(anna.privately, /Learned/);
      const refusal = {
        kind: "status",
        status: 400,
        description: "Bad Request: can't parse entities",
      } as const;
      double.fail("sendMessage", refusal);
      anna.writes(anna.privately, "when?");
      const answer = await double.reads(anna.privately, /^On/);
      assert.equal(answer.text, "On Fridays.");
      assert.deepEqual(answer.entities ?? [], []);
    });
  });

  test("a button that is forged, foreign or too old says so", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      const anna = double.person("Anna", { language: "en" });
      anna.writes(anna.privately, "unknown?");
      const answer = await double.reads(anna.privately, /do not know/);
      const place = double.world.places.get(anna.user.id)!;
      for (const data of ["n|nothing", "x", "t|no_such_command|a=b", "t|why|turn=../../x"]) {
        const forged = {
          ...answer,
          reply_markup: { inline_keyboard: [[{ text: "forged", callback_data: data }]] },
        };
        place.messages.set(answer.message_id, forged);
        anna.presses(forged, "forged");
        const notice = await double.sees("notice");
        assert.match(notice.text, /too old|do not know the command|cannot find that answer/, data);
      }
    });
  });

  test("a menu for each kind of chat in both languages, told only when it changed", async () => {
    await withBot({}, async (bot) => {
      const { double } = bot;
      await double.called("setMyCommands", 8);
      const menu = (type: string, language = "") =>
        double.world.menus.get(JSON.stringify([{ type }, language]))!;
      const names = (type: string) => menu(type).map(({ command }) => command);
      assert.ok(names("all_chat_administrators").includes("persona"));
      assert.ok(!names("all_group_chats").includes("listen"));
      assert.ok(names("all_private_chats").includes("privacy"));
      assert.match(menu("all_private_chats", "ru")[0]!.description, /[а-я]/);
      assert.match(menu("all_private_chats")[0]!.description, /^[A-Z]/);
      await bot.restart();
      const anna = double.person("Anna");
      anna.writes(anna.privately, "/start help_teach");
      await double.reads(anna.privately, /\/teach/);
      anna.writes(anna.privately, "/start mydata_forget");
      await double.reads(anna.privately, /Hi!/);
      assert.equal(double.calls.filter(({ method }) => method === "setMyCommands").length, 8);
    });
  });
});

describe("Telegram's webhook", () => {
  const freePort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  const webhook = async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/telegram`;
    const environment = {
      APPRENTICE_TELEGRAM_WEBHOOK_URL: url,
      APPRENTICE_TELEGRAM_WEBHOOK_PORT: String(port),
    };
    return { url, environment };
  };

  test("it takes what Telegram pushes, and nothing without the secret", async () => {
    const { url, environment } = await webhook();
    await withBot({ environment }, async ({ double }) => {
      await double.called("setWebhook");
      const anna = double.person("Anna", { language: "en" });
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
      assert.deepEqual(
        double.pushes.map(({ status }) => status),
        [200],
      );
      const update = { ...double.updatesGiven[0], update_id: 99 };
      const post = (headers: Record<string, string>, body = JSON.stringify(update)) =>
        fetch(url, { method: "POST", body, headers }).then(({ status }) => status);
      const secret = {
        "x-telegram-bot-api-secret-token": double.calls.find(
          ({ method }) => method === "setWebhook",
        )!.parameters["secret_token"] as string,
      };
      assert.equal(await post({}), 401);
      assert.equal(await post({ "x-telegram-bot-api-secret-token": "guess" }), 401);
      assert.equal(await post(secret, "{"), 400);
      // The server does not read it to the end, so its answer may be lost on the way.
      const large = await post(secret, `"${"x".repeat(2_000_000)}"`).catch(() => 400);
      assert.equal(large, 400);
      assert.equal((await fetch(url)).status, 404);
      assert.equal((await fetch(`${url}/else`, { method: "POST" })).status, 404);
      anna.writes(anna.privately, "/hi");
      await double.reads(anna.privately, /Hi!/);
      const greetings = double.calls.filter(({ method }) => method === "sendMessage");
      assert.equal(greetings.length, 2);
    });
  });

  test("a port that is taken is told, and stops nothing else", async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
    const { port } = blocker.address() as AddressInfo;
    const { log, heard } = listeningLog();
    const environment = {
      APPRENTICE_TELEGRAM_WEBHOOK_URL: "https://bot.example.org/telegram",
      APPRENTICE_TELEGRAM_WEBHOOK_PORT: String(port),
    };
    await withBot({ log, environment }, async (bot) => {
      await heard(/not connected/);
      assert.equal((await lineOf(bot)).key, "error.telegram-webhook");
    });
    await new Promise((resolve) => blocker.close(resolve));
  });
});
