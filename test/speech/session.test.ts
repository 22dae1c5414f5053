import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { SpeechToText } from "../../src/speech/stt/speech-to-text.ts";
import { modemSpeechToText, modemTextToSpeech } from "../../src/speech/modem/modem-engines.ts";
import { longStory, openRoom, type SimulatedRoom } from "./simulated-room.ts";

const sentences = [
  "Привет, как дела?",
  "Запомни: столица Австралии Канберра",
  "Hello, can you hear me?",
  "Стоп",
  "Добавь это как хороший пример",
  "Good morning",
];

describe("a conversation by voice", () => {
  test("what is said is understood, answered, and heard, word for word", async (context) => {
    const room = await openRoom(context);
    for (const sentence of sentences) {
      await room.say("ann", sentence);
      await room.untilQuiet();
      assert.equal(room.heard(), `Ты сказал: ${sentence}`);
    }
    assert.deepEqual(
      room.all("transcript").map(({ text }) => text),
      sentences,
    );
    assert.deepEqual(
      room.all("heard-prefix").map(({ text, whole }) => [text, whole]),
      sentences.map((text) => [`Ты сказал: ${text}`, true]),
    );
    assert.deepEqual(room.all("failed"), []);
  });

  test("an answer is begun before the pause is over, and only once", async (context) => {
    const room = await openRoom(context);
    await room.say("ann", "Привет, как дела?");
    await room.untilQuiet();
    const [started] = room.all("started");
    // Endpoint and model one after the other would be 340 ms and more.
    assert.ok(started!.afterSpeech! < 330, `${started!.afterSpeech}`);
    assert.equal(room.all("transcript").length, 1);
    assert.equal(
      room
        .all("answer")
        .map(({ text }) => text)
        .join(""),
      "Ты сказал: Привет, как дела?",
    );
  });

  test("a pause in the middle of a sentence is no end of it", async (context) => {
    const room = await openRoom(context);
    await room.say("ann", "Скажи мне ");
    await room.clock.pass(200);
    await room.say("ann", "который час");
    await room.untilQuiet();
    assert.deepEqual(
      room.all("transcript").map(({ text }) => text),
      ["Скажи мне который час"],
    );
  });
});

/** Lets the bot begin a long story. */
async function beginStory(
  room: SimulatedRoom,
  person = "ann",
  words = "расскажи длинную историю",
): Promise<void> {
  await room.say(person, words);
  await room.clock.pass(700);
  assert.equal(room.session && room.all("started").length, 1);
}

describe("an interruption", () => {
  test("stops the bot at once, and what was heard is known to the word", async (context) => {
    for (const wait of [0, 290, 555]) {
      const room = await openRoom(context);
      await beginStory(room);
      await room.clock.pass(wait);
      const begun = room.clock.now();
      await room.say("ann", "стоп хватит");
      const stoppedAfter = Math.max(...room.played.filter((at) => at <= room.clock.now())) - begun;
      assert.ok(stoppedAfter <= 160, `the last frame came after ${stoppedAfter} ms`);
      const [prefix] = room.all("heard-prefix");
      assert.equal(prefix?.text.trim(), room.heard().trim());
      assert.ok(prefix && longStory.startsWith(prefix.text) && !prefix.whole);
      assert.equal(room.all("interrupted").length, 1);
      await room.untilQuiet();
      assert.equal(room.heard(), "Ты сказал: стоп хватит");
    }
  });

  test("at any moment, without a pause before it, leaves exactly what was heard", async (context) => {
    for (const page of [false, true]) {
      for (let wait = 0; wait < 240; wait += 10) {
        const room = await openRoom(context, { page });
        await beginStory(room);
        await room.clock.pass(wait);
        room.session.hush();
        await room.clock.pass(200);
        assert.equal(room.all("heard-prefix")[0]?.text.trim(), room.heard().trim(), `${wait}`);
      }
    }
  });

  test("of a page, which plays later, leaves what was heard there", async (context) => {
    for (let wait = 0; wait < 240; wait += 30) {
      const room = await openRoom(context, { page: true });
      await beginStory(room);
      await room.clock.pass(wait);
      await room.say("ann", "стоп хватит");
      assert.equal(room.all("heard-prefix")[0]?.text.trim(), room.heard().trim(), `${wait}`);
    }
  });

  test("that was a cough is none: the bot goes on, and nothing is lost", async (context) => {
    for (const [wait, page] of [
      [0, false],
      [240, false],
      [0, true],
      [110, true],
      [240, true],
    ] as const) {
      const room = await openRoom(context, { page });
      await beginStory(room);
      await room.clock.pass(wait);
      await room.cough("ann");
      await room.untilQuiet();
      assert.equal(room.all("paused").length, 1);
      assert.equal(room.all("resumed").length, 1);
      assert.equal(room.heard(), longStory);
      assert.equal(room.all("heard-prefix")[0]?.text, longStory);
    }
  });

  test("that only says 'I am listening' is none either", async (context) => {
    const room = await openRoom(context);
    await beginStory(room);
    await room.say("ann", "угу");
    await room.untilQuiet();
    assert.equal(room.heard(), longStory);
    assert.equal(room.all("interrupted").length, 0);
    assert.deepEqual(
      room.all("transcript").map(({ addressed }) => addressed),
      [true, false],
    );
  });

  test("without words to go by, a voice that stays is one", async (context) => {
    const { listen: _words, ...inOneGo } = modemSpeechToText;
    const room = await openRoom(context, { engines: { stt: inOneGo } });
    await beginStory(room);
    await room.say("ann", "нет я хотел спросить о другом");
    assert.equal(room.all("interrupted").length, 1);
    await room.untilQuiet();
    assert.ok(room.heard().endsWith("Ты сказал: нет я хотел спросить о другом"));
  });

  test("before the first word is going on: what was said is joined and answered once", async (context) => {
    const room = await openRoom(context, {
      answer: (clock) =>
        async function* slow({ text }, signal) {
          await clock.sleep(900);
          if (!signal.aborted) yield `Итак: ${text}`;
        },
    });
    await room.say("ann", "включи свет");
    await room.clock.pass(500);
    await room.say("ann", "и музыку");
    await room.untilQuiet(2_000);
    assert.equal(room.heard(), "Итак: включи свет и музыку");
  });
});

describe("with two people in the room", () => {
  test("each is heard apart, and answered in turn", async (context) => {
    const room = await openRoom(context, { settings: { wakeNames: [] } });
    room.session.setPresent(["ann", "bob"]);
    await room.sayTogether({
      ann: "я говорю первый раз",
      bob: "а я перебиваю тебя одновременно сейчас",
    });
    await room.untilQuiet();
    assert.deepEqual(
      new Set(room.all("transcript").map(({ personId, text }) => `${personId}: ${text}`)),
      new Set(["ann: я говорю первый раз", "bob: а я перебиваю тебя одновременно сейчас"]),
    );
    assert.equal(
      room.heard(),
      "Ты сказал: я говорю первый разТы сказал: а я перебиваю тебя одновременно сейчас",
    );
  });

  test("the bot answers to its name, and then for a while to who was answered", async (context) => {
    const room = await openRoom(context);
    room.session.setPresent(["ann", "bob"]);
    await room.say("ann", "Боб, ты где был?");
    await room.untilQuiet();
    assert.equal(room.heard(), "");
    await room.say("ann", "Подмастерья, который час?");
    await room.untilQuiet();
    assert.equal(room.heard(), "Ты сказал: который час?");
    await room.say("ann", "а завтра?");
    await room.say("bob", "что ты говоришь?");
    await room.untilQuiet();
    assert.equal(room.heard(), "Ты сказал: а завтра?");
    await room.clock.pass(9_000);
    await room.say("ann", "Боб, пойдём домой");
    await room.untilQuiet();
    assert.equal(room.heard(), "");
  });

  test("others talking do not stop an answer, unless they call the bot", async (context) => {
    const room = await openRoom(context);
    room.session.setPresent(["ann", "bob"]);
    await beginStory(room, "ann", "Apprentice, расскажи историю");
    await room.say("bob", "а что у нас на обед");
    await room.clock.pass(600);
    assert.equal(room.all("paused").length, 0);
    await room.say("bob", "Apprentice, хватит");
    await room.untilQuiet();
    assert.deepEqual(
      room.all("interrupted").map(({ personId }) => personId),
      ["bob"],
    );
    assert.ok(room.heard().endsWith("Ты сказал: хватит"));
  });
});

describe("who does not want to be heard", () => {
  test("is not heard, not even the words just begun", async (context) => {
    const room = await openRoom(context);
    const saying = room.say("ann", "это никто не должен слышать");
    await room.clock.pass(0);
    room.session.setOptedOut("ann", true);
    await saying;
    await room.untilQuiet();
    await room.say("ann", "и это тоже");
    await room.untilQuiet();
    assert.deepEqual(
      room.events.filter(({ kind }) => kind !== "partial"),
      [],
    );
    room.session.setOptedOut("ann", false);
    await room.say("ann", "а это можно");
    await room.untilQuiet();
    assert.equal(room.heard(), "Ты сказал: а это можно");
  });

  test("who leaves in the middle of a sentence is let go", async (context) => {
    const room = await openRoom(context);
    room.session.setPresent(["ann", "bob"]);
    const saying = room.say("ann", "Apprentice, я сейчас");
    await room.clock.pass(400);
    room.session.setPresent(["bob"]);
    await saying;
    room.session.setPresent(["bob"]);
    await room.untilQuiet();
    assert.equal(room.all("answer").length, 0);
  });
});

describe("an engine that fails", () => {
  test("to understand is told to the person, and nothing is answered", async (context) => {
    const deaf: SpeechToText = {
      name: "deaf",
      transcribe: async () => {
        throw new ApprenticeError("cancelled");
      },
    };
    const room = await openRoom(context, { engines: { stt: deaf } });
    await room.say("ann", "Привет, как дела?");
    await room.untilQuiet();
    assert.deepEqual(
      room.events.map(({ kind }) => kind),
      ["failed"],
    );
    assert.equal(room.all("failed")[0]?.personId, "ann");
  });

  test("in the middle of a sentence leaves what was heard, and a reason", async (context) => {
    const room = await openRoom(context, {
      engines: {
        tts: {
          name: "dying",
          async *speak(text, options) {
            yield* modemTextToSpeech.speak(text, options);
            throw new ApprenticeError("internal");
          },
        },
      },
    });
    await room.say("ann", "расскажи");
    await room.untilQuiet();
    assert.equal(room.all("failed")[0]?.error.code, "internal");
    assert.deepEqual(
      room.all("heard-prefix").map(({ text, whole }) => [text, whole]),
      [["Хорошо, слушай. ", false]],
    );
    await room.say("ann", "ты здесь?");
    await room.untilQuiet();
    assert.equal(room.all("transcript").length, 2);
  });

  test("to speak at all leaves the text of the answer", async (context) => {
    const room = await openRoom(context, { engines: { tts: undefined } });
    await room.say("ann", "Привет");
    await room.untilQuiet();
    assert.equal(
      room
        .all("answer")
        .map(({ text }) => text)
        .join(""),
      "Ты сказал: Привет",
    );
    assert.equal(room.heard(), "");
  });
});

describe("what the bot says by itself", () => {
  test("waits for its turn, and ends when it is hushed", async (context) => {
    const room = await openRoom(context);
    await room.say("ann", "Привет");
    const said = room.session.say(words("Новое сообщение в чате."), {
      language: "ru",
      messageId: "text-1",
    });
    await room.untilQuiet();
    await said;
    assert.equal(room.heard(), "Ты сказал: ПриветНовое сообщение в чате.");
    const long = room.session.say(words(longStory), { language: "ru", messageId: "text-2" });
    await room.clock.pass(1_500);
    room.session.hush();
    await room.untilQuiet();
    await long;
    const prefix = room.all("heard-prefix").at(-1);
    assert.equal(prefix?.messageId, "text-2");
    assert.equal(prefix?.text.trim(), room.heard().trim());
    assert.ok(prefix.text.length > 10 && prefix.text.length < longStory.length);
  });

  test("is given up when nobody wants it any more", async (context) => {
    const room = await openRoom(context);
    const stop = new AbortController();
    const said = room.session.say(words(longStory), { language: "ru", signal: stop.signal });
    await room.clock.pass(800);
    stop.abort();
    await said;
    assert.equal(room.all("heard-prefix")[0]?.whole, false);
  });
});

test("silence is nobody, and steady noise says nothing", async (context) => {
  const room = await openRoom(context);
  await room.sound("ann", new Float32Array(48_000 * 2));
  let state = 1;
  const noise = Float32Array.from({ length: 48_000 * 4 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.2;
  });
  await room.sound("ann", noise);
  await room.untilQuiet();
  for (const kind of ["transcript", "answer", "started", "failed"] as const)
    assert.deepEqual(room.all(kind), [], kind);
  await room.say("ann", "Привет");
  await room.untilQuiet();
  assert.equal(room.heard(), "Ты сказал: Привет");
});

describe("the end of a session", () => {
  test("does not wait for an answer of which nothing comes any more", async (context) => {
    const room = await openRoom(context);
    const silent = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }),
    };
    const said = room.session.say(silent, { language: "ru" });
    await room.clock.pass(100);
    // No time passes here: only what ends at once ends.
    await room.session.close();
    await said;
    assert.equal(room.all("heard-prefix")[0]?.whole, false);
  });
});

async function* words(text: string): AsyncGenerator<string> {
  yield text;
}
