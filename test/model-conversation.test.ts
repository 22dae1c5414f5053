import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { ChatEvent } from "../src/core/chat.ts";
import { newId } from "../src/core/ids.ts";
import type { Person } from "../src/core/person.ts";
import { createWebChat } from "../src/platforms/web/chat.ts";
import { startOpenAiDouble, type Fault, type OpenAiDouble } from "./doubles/openai/server.ts";
import { runApp, wordsIn, type RunningApp } from "./running-app.ts";

describe("model conversation", () => {
  const usual = (): readonly string[] => ["Hel", "lo, ", "мир 👋"];
  let script = usual;
  let server: OpenAiDouble;
  let bot: RunningApp;
  before(async () => {
    server = await startOpenAiDouble(() => script());
    bot = await runApp({
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_URL: server.url,
      APPRENTICE_MODEL_NAME: "echo",
      APPRENTICE_MODEL_JUDGEMENTS_PER_HOUR: "0",
      APPRENTICE_MODEL_RETRIES: "1",
      APPRENTICE_MODEL_TIMEOUT_SECONDS: "1",
      APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000",
    });
    await bot.ask('!teach "When do you open?" "At nine, every day."');
    await bot.ask('!teach "Where can I park my bicycle?" "In the yard behind the mill."');
  });
  after(async () => {
    await bot.close();
    await server.close();
  });

  let rooms = 0;
  let room: string;
  beforeEach(() => {
    room = `web:room-${++rooms}`;
  });
  const say = (text: string): Promise<readonly ChatEvent[]> => bot.say(text, { room });
  const ask = async (text: string): Promise<string> => wordsIn(await say(text));
  const lastRequest = () => server.requests.at(-1)!;
  const promptOf = ({ messages }: (typeof server.requests)[number]): string =>
    messages
      .filter(({ role }) => role === "system")
      .map(({ content }) => content)
      .join("\n");
  const lastTurn = async () => {
    const [turn] = await bot.app.turns.list("web:local", room, { limit: 1, unanswered: true });
    return turn!;
  };

  describe("an answer of a language model", () => {
    test("comes piece by piece, is stored, and why tells that a model wrote it", async () => {
      const events = await say("Who wrote Onegin?");
      assert.deepEqual(
        events.map((event) => (event.kind === "delta" ? event.text : event.kind)),
        ["Hel", "lo, ", "мир 👋", "done"],
      );
      assert.equal(wordsIn(events), "Hello, мир 👋");
      const turn = await lastTurn();
      assert.equal(turn.answer, "Hello, мир 👋");
      assert.match(turn.modelVersion, /echo\+recall@\d+$/);
      assert.match(await ask("!why"), /language model .*echo/);
      assert.match(await ask("!why последний"), /языковая модель .*echo/);
    });

    test("a taught answer comes first, word for word, and asks no model", async () => {
      const before = server.hits;
      assert.equal(await ask("when do you open"), "At nine, every day.");
      assert.equal(server.hits, before);
    });

    test("taught examples are shown to the model, and why names those that it used", async () => {
      script = () => ["[[1]]", "Behind ", "the mill."];
      assert.equal(
        await ask("Does anybody know whether bicycles get wet there?"),
        "Behind the mill.",
      );
      script = usual;
      const turn = await lastTurn();
      if (turn.tier !== "none") return assert.fail("the question was meant to be only alike");
      assert.ok(promptOf(lastRequest()).includes("In the yard behind the mill."));
      assert.equal(lastRequest().messages.at(-1)!.content, turn.prompt);
      assert.match(await ask("!why"), /Where can I park my bicycle\?/);
    });

    test("the conversation goes along, and new ends it", async () => {
      await ask("My name is Ирина");
      await ask("What is my name?");
      const contents = () =>
        lastRequest().messages.map(({ role, content }) => `${role}: ${content}`);
      assert.deepEqual(contents().slice(1), [
        "user: My name is Ирина",
        "assistant: Hello, мир 👋",
        "user: What is my name?",
      ]);
      await ask("!new");
      await ask("And now?");
      assert.deepEqual(contents().slice(1), ["user: And now?"]);
    });

    test("the persona opens the prompt until it is reset", async () => {
      await ask("!persona You are the miller. Ты мельник.");
      await ask("Who runs you?");
      assert.ok(promptOf(lastRequest()).startsWith("You are the miller. Ты мельник."));
      await ask("!persona --reset");
      await ask("Who runs you now?");
      assert.doesNotMatch(promptOf(lastRequest()), /miller/);
    });

    test("a correction of what a model wrote is the next answer", async () => {
      await ask("What is the wifi called?");
      await ask("!correct MillNet");
      assert.equal(await ask("What is the wifi called?"), "MillNet");
      await ask("!undo");
      assert.equal(await ask("What is the wifi called?"), "Hello, мир 👋");
    });
  });

  describe("a language model that fails", () => {
    const cases: readonly [name: string, faults: readonly Fault[], code: string][] = [
      ["refuses", [{ kind: "status", status: 401 }], "model-refused"],
      [
        "is overrun",
        [
          { kind: "status", status: 429, headers: { "retry-after": "0" } },
          { kind: "status", status: 429 },
        ],
        "model-rate-limited",
      ],
      [
        "breaks",
        [
          { kind: "status", status: 500 },
          { kind: "status", status: 503 },
        ],
        "model-failed",
      ],
      ["sends half a stream", [{ kind: "half-stream", pieces: 1 }], "model-garbled"],
      ["hangs up in the middle", [{ kind: "cut", pieces: 2 }], "model-garbled"],
      ["sends garbage", [{ kind: "garbage", pieces: 1 }], "model-garbled"],
      ["sends a page", [{ kind: "wrong-type" }, { kind: "wrong-type" }], "model-garbled"],
      ["says nothing", [{ kind: "empty" }, { kind: "empty" }], "model-garbled"],
      ["is slow", [{ kind: "slow-start", wait: 3_000 }], "model-timeout"],
    ];
    for (const [name, faults, code] of cases) {
      test(`${name}: told with its code, and the next question is answered`, async () => {
        server.fail(...faults);
        const last = (await say("Why is the sky blue?")).at(-1);
        assert.equal(last?.kind === "error" ? last.code : last?.kind, code);
        const told = last?.kind === "error" ? last.text : "";
        assert.match(told, /^The language model .+ \(error \w+\)$/s);
        // Codes of libraries and of the system are for the log.
        assert.doesNotMatch(told, /AI_|UND_ERR|\bE[A-Z]{3,}/);
        assert.equal((await lastTurn()).answer, null);
        // Not the answer before it, which nobody means now.
        assert.match(await ask("!correct blue"), /has no answer/);
        assert.equal(await ask("And now?"), "Hello, мир 👋");
      });
    }

    test("a failure is told in Russian to who wrote in Russian", async () => {
      server.fail({ kind: "status", status: 401 });
      const text = await ask("Почему небо голубое?");
      assert.match(text, /^Языковая модель отклонила запрос \(HTTP 401\)\. “.+” .+\(ошибка \w+\)$/);
    });

    test("one that recovers within its tries is answered as if nothing had been", async () => {
      const before = server.hits;
      server.fail({ kind: "status", status: 500 });
      assert.equal(await ask("Why is grass green?"), "Hello, мир 👋");
      assert.equal(server.hits, before + 2);
    });

    test("what was taught is answered all the same", async () => {
      server.fail({ kind: "status", status: 401 });
      assert.equal(await ask("When do you open?"), "At nine, every day.");
      // The fault is still to come: no model was asked.
      await ask("Why is snow white?");
    });
  });

  test("an answer that a person stops keeps what was said, and the room goes on", async () => {
    server.fail({ kind: "slow-stream", wait: 100 });
    const stop = new AbortController();
    const left = server.left();
    const person: Person = { id: "web:Ann", name: "Ann", role: "admin" };
    const chat = createWebChat(bot.app.receive, "web:local", person);
    const input = { id: newId(), room, files: [], text: "Tell me everything." };
    for await (const { kind } of chat(input, stop.signal)) if (kind === "delta") stop.abort();
    await left;
    await bot.app.rooms.idle();
    const turn = await lastTurn();
    assert.equal(turn.answer, "Hel");
    assert.equal(await ask("And now?"), "Hello, мир 👋");
  });

  test("the model server was never sent anything it refuses", () => {
    assert.deepEqual(server.complaints, []);
  });

  test("members' lessons need no review when the operator says so", async () => {
    const open = await runApp({ APPRENTICE_TEACHING_REVIEW_MEMBERS: "false" });
    try {
      await open.ask("!teach a? => b", { role: "member" });
      assert.equal(await open.ask("a?", { role: "member" }), "b");
    } finally {
      await open.close();
    }
  });
});
