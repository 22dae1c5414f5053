import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { startOpenAiDouble, type OpenAiDouble } from "../../../doubles/openai/server.ts";
import { guild, inVoiceWorld, room, textRoom, type VoiceWorld } from "./voice-world.ts";

const ann = "200000000000000002";
/** A pause long enough that an answer is begun in it, also on a busy machine, and a longer one that ends. */
const patient = 1_200;

describe("in a voice room a language model is asked before the pause is over", () => {
  let server: OpenAiDouble;
  /** How many lines were written when each request came. */
  let writtenAtRequest: number[] = [];
  let world: VoiceWorld | undefined;
  before(async () => {
    server = await startOpenAiDouble(({ messages }) => {
      writtenAtRequest.push(world?.log().filter((line) => line.startsWith("🎙️")).length ?? -1);
      return ["Ты ", "сказал: ", messages.at(-1)!.content];
    });
  });
  after(() => server.close());
  beforeEach(() => {
    writtenAtRequest = [];
  });

  const inWorld = (run: (open: VoiceWorld) => Promise<void>): Promise<void> =>
    inVoiceWorld(
      async (open) => {
        world = open;
        await run(open);
      },
      {
        shortestPause: patient,
        environment: {
          APPRENTICE_MODEL_PROVIDER: "openai-compatible",
          APPRENTICE_MODEL_TAUGHT_ONLY: "never",
          APPRENTICE_MODEL_URL: server.url,
          APPRENTICE_MODEL_NAME: "echo",
        },
      },
    );
  const kept = async (open: VoiceWorld): Promise<(string | null)[][]> => {
    const turns = await open.bot.app.turns.list(`discord:${guild}`, textRoom, { limit: 5 });
    return turns.map(({ prompt, answer }) => [prompt, answer]);
  };

  test("and its answer is the one that is spoken and kept", async () => {
    await inWorld(async (open) => {
      const talker = await open.enter(ann, "Ann", room);
      await open.write(ann, "!join");
      await talker.say("Какая погода?");
      await talker.hears((text) => text === "Ты сказал: Какая погода?");
      assert.deepEqual(writtenAtRequest, [0]);
      await open.reads(/^Ты сказал/);
      assert.deepEqual(await kept(open), [["Какая погода?", "Ты сказал: Какая погода?"]]);
    });
  });

  test("and who goes on is answered anew, with no trace of the first answer", async () => {
    await inWorld(async (open) => {
      const talker = await open.enter(ann, "Ann", room);
      await open.write(ann, "!join");
      await talker.say("Какая погода ");
      while (writtenAtRequest.length === 0) await new Promise(setImmediate);
      await talker.say("завтра?");
      await talker.hears((text) => text === "Ты сказал: Какая погода завтра?");
      assert.deepEqual(writtenAtRequest, [0, 0]);
      await open.reads(/^Ты сказал/);
      assert.deepEqual(await kept(open), [
        ["Какая погода завтра?", "Ты сказал: Какая погода завтра?"],
      ]);
      assert.ok(!open.log().some((line) => line.endsWith("погода")));
    });
  });
});
