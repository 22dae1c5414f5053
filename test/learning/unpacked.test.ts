import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { ZipFile } from "yazl";
import { unpacked } from "../../src/learning/datasets/library-files.ts";
import { readLessons } from "../../src/learning/importers/read.ts";

async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const csv = "Question,Answer\nWhere?,Here\n";

test("a zip from macOS gives the files people put there, and those of archives inside it", async () => {
  const bytes = await zipOf({
    "club/faq.csv": csv,
    "__MACOSX/club/._faq.csv": "\0\u0005\u0016\u0007",
    "club/._faq.csv": "\0",
    "club/more.zip": await zipOf({ "more.csv": csv }),
  });
  const files = await unpacked([{ name: "club.zip", bytes }]);
  assert.deepEqual(files.map(({ name }) => name).toSorted(), ["club/faq.csv", "more.csv"]);
});

test("archives that lie inside each other without end are refused", async () => {
  let bytes = await zipOf({ "faq.csv": csv });
  for (let depth = 0; depth < 5; depth += 1) bytes = await zipOf({ "in.zip": bytes });
  await assert.rejects(unpacked([{ name: "deep.zip", bytes }]), { code: "archive-too-large" });
});

test("the files of a Rasa project and of Dialogflow agents are read together", async () => {
  const json = (value: unknown): string => JSON.stringify(value);
  const rasa = {
    "bot/data/nlu.yml": `nlu:\n- intent: faq/kiln\n  examples: |\n    - Where is the kiln?\n`,
    "bot/domain.yml": `responses:\n  utter_faq/kiln:\n  - text: Room 4.\n`,
  };
  const es = {
    "agent.json": json({ language: "en" }),
    "intents/Kiln.json": json({
      name: "Kiln",
      responses: [
        {
          messages: [
            { type: "0", lang: "en", speech: ["Room 4."] },
            { type: "0", lang: "ru", speech: "В комнате 4." },
          ],
        },
      ],
    }),
    "intents/Kiln_usersays_en.json": json([{ data: [{ text: "Where is the kiln?" }] }]),
    "entities/thing.json": json({ name: "thing" }),
  };
  const cx = {
    "agent.json": json({ displayName: "Club" }),
    "intents/Kiln/Kiln.json": json({ displayName: "Kiln" }),
    "intents/Kiln/trainingPhrases/en.json": json({
      trainingPhrases: [{ parts: [{ text: "Where is " }, { text: "the kiln?" }] }],
    }),
    "flows/Default/Default.json": json({
      transitionRoutes: [
        {
          intent: "Kiln",
          triggerFulfillment: { messages: [{ text: { text: ["Room 4."] }, languageCode: "en" }] },
        },
      ],
    }),
  };
  for (const parts of [rasa, es, cx]) {
    const files = await unpacked([{ name: "bot.zip", bytes: await zipOf(parts) }]);
    assert.equal(files.length, 1);
    const { items } = await readLessons(files[0]!);
    assert.deepEqual(
      items.map(({ wordings, answer }) => [...wordings, answer]),
      [["Where is the kiln?", "Room 4."]],
    );
  }
});
