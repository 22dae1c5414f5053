import { writeSync } from "node:fs";
import { join } from "node:path";
import { silentLog } from "../../src/core/log.ts";
import { createTeaching } from "../../src/learning/create-teaching.ts";
import { createMemories } from "../../src/learning/memories.ts";
import { createRecall, restoreRecall } from "../../src/learning/recall/embedded-recall.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { createTurns } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { teacherIn } from "./teaching-parts.ts";

/**
 * Run as its own process: asks, teaches, corrects, imports and undoes until it is killed. Each thing
 * is written to standard output, as a line of JSON, only after it was acknowledged.
 */
const folder = process.argv[2]!;
const round = process.argv[3]!;
const workspace = "web:local";
const trainer = teacherIn(workspace, "trainer");
const database = await openDatabase({ folder, log: silentLog });
const examples = createExamples(database);
const memories = createMemories({
  examples,
  ledger: createLedger(database),
  folder: join(folder, "models"),
  log: silentLog,
  createRecall: () => createRecall(),
  restoreRecall: (bytes) => restoreRecall(bytes),
  refitDelay: 30,
});
const workspaces = createWorkspaces(database);
const teaching = createTeaching({ database, examples, workspaces, memories });
const turns = createTurns(database);

const acknowledge = (what: object): void => {
  writeSync(1, `${JSON.stringify(what)}\n`);
};
const taught: string[] = [];
const oneOf = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(Math.random() * items.length)]!;

for (let step = 0; ; step += 1) {
  const prompt = `вопрос номер ${Math.floor(Math.random() * 30)}`;
  const answer = `ответ ${round} ${step}`;
  const kind = oneOf(["turn", "turn", "correct", "correct", "teach", "import", "rate", "undo"]);
  if (kind === "undo") {
    if (taught.length === 0) continue;
    const [actionId] = taught.splice(Math.floor(Math.random() * taught.length), 1);
    await teaching.undo(trainer, actionId);
    acknowledge({ undone: actionId });
    continue;
  }
  if (kind === "teach" || kind === "import") {
    const lesson = { prompt, answer, label: "positive", replace: true } as const;
    const { actionId, exampleIds } =
      kind === "teach"
        ? await teaching.teach(trainer, lesson)
        : await teaching.importLessons(trainer, [lesson, { ...lesson, prompt: `${prompt} и ещё` }]);
    acknowledge({ taught: actionId, exampleIds });
    taught.push(actionId);
    continue;
  }
  const begun = (await turns.begin({
    workspace,
    room: "web:room",
    person: "web:member",
    personName: "Member",
    messageId: `${round} ${step}`,
    prompt,
    language: "ru",
    modelVersion: `recall@${await memories.position(workspace)}`,
  }))!;
  acknowledge({ begun: begun.id });
  const recollection = (await memories.of(workspace)).recollect(prompt);
  await turns.finish(begun.id, {
    answer: recollection.answer ?? "не знаю",
    known: recollection.answer !== null,
    tier: recollection.tier,
    score: recollection.score,
    exampleIds: recollection.exampleIds,
    modelVersion: "recall@1",
  });
  acknowledge({ finished: begun.id, answer: recollection.answer ?? "не знаю" });
  if (kind === "turn") continue;
  const turn = (await turns.find(workspace, begun.id))!;
  const { actionId, exampleIds } =
    kind === "correct"
      ? await teaching.correct(trainer, turn, answer)
      : await teaching.rate(trainer, turn, { rating: -1 });
  acknowledge({ taught: actionId, exampleIds });
  taught.push(actionId);
}
