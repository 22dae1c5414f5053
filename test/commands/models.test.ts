import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import type { ModelVersion } from "../../src/core/model-version.ts";
import { readManifest, readVersionRows, rowsFile } from "../../src/learning/datasets/versions.ts";
import { asTaught } from "../../src/learning/taught.ts";
import { runApp, type RunningApp, type Speaking } from "../running-app.ts";
import { keepTrained } from "../trained-model.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
});
after(() => bot.close());

let communities = 0;
const community = () => ({ workspace: `web:models-${(communities += 1)}` });
type Reply = Extract<ChatEvent, { kind: "reply" }>;
const replyTo = async (text: string, how: { workspace: string }): Promise<Reply> => {
  const last = (await bot.say(text, how)).at(-1);
  assert.equal(last?.kind, "reply", JSON.stringify(last));
  return last;
};
const codeOf = async (text: string, how: Speaking): Promise<string> => {
  const last = (await bot.say(text, how)).at(-1);
  assert.equal(last?.kind, "error", JSON.stringify(last));
  return (last as { code: string }).code;
};
const override = 'override="Checked by hand."';

/** Trains on what was taught in a community, as a training job does. */
async function trained(workspace: string): Promise<ModelVersion> {
  await bot.ask("!dataset taught --build", { workspace });
  const data = bot.app.config.data;
  const manifest = await bot.app.datasets.describe(workspace, "taught");
  const place = { workspace, name: "taught", version: manifest.version };
  const rows = await Array.fromAsync(readVersionRows(data, place, "train"));
  const { files } = await readManifest(data, place);
  return keepTrained(
    bot,
    workspace,
    rows.map((row) =>
      asTaught({
        ...row,
        source: row.source === "file" ? "imported" : row.source,
        answerId: row.answerId ?? null,
        reach: "general",
        isCorrected: row.source === "corrected",
      }),
    ),
    { dataset: { name: "taught", version: manifest.version, sha256: files[rowsFile]!.sha256 } },
  );
}

const subjects = "bread rye cake flour yeast oven mill river yard shelf bell cellar".split(" ");

/** A community that taught enough for every split to have rows, and one correction. */
async function taughtCommunity(): Promise<{ workspace: string }> {
  const here = community();
  // Rows fall into the same parts every time.
  await bot.app.database.query
    .insertInto("workspace_dataset")
    .values({ ...here, current: null, salt: "the same every time" })
    .execute();
  const lessons = subjects.flatMap((subject) =>
    [`what about the ${subject}`, `${subject}, how so`, `who minds our ${subject} now`].map(
      (prompt) => ({ prompt, answer: `The ${subject} is fine.`, label: "positive" as const }),
    ),
  );
  const imported = await bot.app.teaching.importLessons(
    { ...here, person: { id: "web:Ann", name: "Ann", role: "admin" }, origin: "file" },
    lessons,
  );
  assert.equal(imported.added, lessons.length);
  await bot.ask("what about the bread", here);
  await bot.ask("!correct The bread is sold out.", here);
  return here;
}

test("!models, !promote and !rollback move what answers, and keep every decision", async () => {
  const here = await taughtCommunity();
  const { workspace } = here;
  assert.match(await bot.ask("!models", here), /No model has been trained here yet/);
  const first = await trained(workspace);
  const second = await trained(workspace);

  const compared = await replyTo("!compare v1 v2", here);
  const sides = compared.data as unknown as Record<"first" | "second", { modelVersion: string }>;
  assert.deepEqual([sides.first.modelVersion, sides.second.modelVersion], ["v1", "v2"]);
  assert.equal((compared.data as { verdict: string }).verdict, "even");

  const blocked = await replyTo("!promote v1", here);
  assert.match(blocked.text, /v1 was not promoted/);
  assert.match(blocked.text, /✅ The one correction stays fixed/);
  assert.match(blocked.text, /❌ No significant gain/);
  assert.equal(await bot.app.registry.under(workspace, "live"), undefined);

  const promoted = await replyTo(`!promote v1 ${override}`, here);
  assert.match(promoted.text, /v1 answers from now on; before it was recall/);
  assert.match(promoted.text, /⚠️ .*Checked by hand\./);
  assert.equal(await codeOf("!promote v1", here), "model-already-live");
  await replyTo(`!promote ${override}`, here);
  const listed = await replyTo("!models", here);
  assert.match(listed.text, /\*\*v2: embedded, from taught v1.*\(live\)/);
  assert.match(listed.text, /v1: .*\(previous\)/);
  const facts = listed.data as unknown as { version: string; aliases: string[]; id: string }[];
  assert.deepEqual(
    facts.map(({ id, aliases }) => ({ id, aliases })),
    [
      { id: second.id, aliases: ["live"] },
      { id: first.id, aliases: ["previous"] },
    ],
  );
  assert.equal((await bot.app.ask(workspace, "hello")).modelVersion, "v2+recall@39");

  const shown = await replyTo("!models live", here);
  assert.match(shown.text, /Promoted on .* by web:Ann/);
  assert.match(shown.text, /Tested on taught@1/);
  assert.equal((shown.data as { decisions: unknown[] }).decisions.length, 1);

  assert.match(await bot.ask("!rollback", here), /v2 answers no longer; v1 answers again/);
  assert.equal((await bot.app.ask(workspace, "hello")).modelVersion, "v1+recall@39");
  assert.match(await bot.ask("!rollback", here), /v1 answers no longer; recall answers alone/);
  assert.equal((await bot.app.ask(workspace, "hello")).modelVersion, "recall@39");
  assert.equal(await codeOf("!rollback", here), "rollback-impossible");
  const history = await bot.app.promotions.history(workspace);
  assert.deepEqual(
    history.map(({ kind, done }) => `${kind} ${done}`),
    ["promote false", "promote true", "promote true", "rollback true", "rollback true"],
  );
});

test("a rollback goes back along what was live, not forward again", async () => {
  const here = await taughtCommunity();
  for (const name of ["v1", "v2", "v3"]) {
    await trained(here.workspace);
    await replyTo(`!promote ${name} ${override}`, here);
  }
  await bot.ask("!rollback", here);
  await replyTo(`!promote v1 ${override}`, here);
  const answering: string[] = [];
  for (let step = 0; step < 4; step += 1)
    answering.push(await bot.ask("!rollback", { ...here, language: "en" }));
  assert.deepEqual(
    answering.map((text) => /; (\w+) answers/.exec(text)?.[1]),
    ["v2", "v1", "recall", undefined],
  );
});

test("who may not: members see no models, trainers promote, only admins override", async () => {
  const here = await taughtCommunity();
  await trained(here.workspace);
  for (const command of ["!models", "!promote", "!rollback", "!lineage v1"])
    assert.equal(await codeOf(command, { ...here, role: "member" }), "permission-denied");
  assert.equal(
    await codeOf(`!promote ${override}`, { ...here, role: "trainer" }),
    "permission-denied",
  );
  const asTrainer = (await bot.say("!promote", { ...here, role: "trainer" })).at(-1);
  assert.equal(asTrainer?.kind, "reply");
  assert.equal(await codeOf('!promote override=" "', here), "promotion-reason-missing");
  assert.equal(await codeOf("!promote v9", here), "model-version-missing");
  assert.equal(await codeOf("!models v1", community()), "model-version-missing");
});

test("!lineage goes from a model to its corrections and from an example to its models", async () => {
  const here = await taughtCommunity();
  const { workspace } = here;
  // A correction stays where its question was, so one whose question is in the training part is needed.
  await bot.ask("!dataset taught --build", here);
  const place = { workspace, name: "taught", version: 1 };
  const rows = await Array.fromAsync(readVersionRows(bot.app.config.data, place, "train"));
  const { prompt } = rows.find((row) => row.source === "imported")!;
  await bot.ask(prompt, here);
  const receipt = await replyTo("!correct Ask Anna.", here);
  const [correctionId] = (receipt.data as { exampleIds: string[] }).exampleIds;
  await trained(workspace);

  const lineage = await replyTo("!lineage v1", here);
  assert.match(lineage.text, /v1 was trained by embedded .* from the dataset taught v2/);
  assert.match(lineage.text, new RegExp(`${correctionId!.slice(-8)}: .*Ask Anna\\.`));
  const { corrections } = lineage.data as unknown as {
    corrections: { exampleId: string; prompt: string; answer: string; messageId: string }[];
  };
  const found = corrections.find(({ exampleId }) => exampleId === correctionId);
  assert.deepEqual([found?.prompt, found?.answer], [prompt, "Ask Anna."]);
  const turn = await bot.app.turns.find(workspace, found!.messageId);
  assert.equal(turn?.prompt, prompt);

  const back = await replyTo(`!lineage --example ${correctionId}`, here);
  assert.match(back.text, /In 2 dataset versions: taught v1 \(train\), taught v2 \(train\)/);
  assert.match(back.text, /One trained model has seen it: v1/);
  const retracted = await replyTo(`!retract ${correctionId}`, here);
  assert.match(retracted.text, /One trained model has seen it: v1/);
  assert.deepEqual(
    (retracted.data as unknown as { models: { version: string }[] }).models.map(
      ({ version }) => version,
    ),
    ["v1"],
  );
  // What is trained now no longer sees it, though the dataset version still holds the row.
  await keepTrained(bot, workspace, [], {
    dataset: (await bot.app.registry.find(workspace, "v1")).dataset,
  });
  const after = await replyTo(`!lineage --example ${correctionId}`, here);
  assert.deepEqual(
    (after.data as unknown as { models: { version: string }[] }).models.map(
      ({ version }) => version,
    ),
    ["v1"],
  );
  assert.equal(await codeOf("!lineage --example 00000000", here), "example-missing");
  assert.equal(await codeOf("!lineage", here), "command-argument-missing");
  assert.match(
    await bot.ask("!lineage v1", { ...here, language: "ru" }),
    /За ней стоит 1 исправление/,
  );
});
