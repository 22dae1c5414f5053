import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../src/core/ids.ts";
import { silentLog } from "../src/core/log.ts";
import { builtInEncoder } from "../src/encoders/built-in/built-in-encoder.ts";
import { createTeaching } from "../src/learning/create-teaching.ts";
import { createMemories } from "../src/learning/memories.ts";
import { createRecall, restoreRecall } from "../src/learning/recall/embedded-recall.ts";
import { seededRandom, shuffle as shuffleNumbers } from "../src/learning/recall/random.ts";
import type { Teacher } from "../src/learning/teaching.ts";
import { openDatabase, type Database } from "../src/storage/database.ts";
import { createExamples } from "../src/storage/examples.ts";
import { createLedger } from "../src/storage/ledger.ts";
import { createTurns } from "../src/storage/turns.ts";
import { createWorkspaces } from "../src/storage/workspaces.ts";

const made = new URL("../test/fixtures/understanding/", import.meta.url);
const correctionsEach = 20;

/** Per cent: at most, at least, at least. */
const goals = { taughtBroken: 0, othersStayRight: 85, rightAtOnce: 100 } as const;

/** Prompts by answer. */
type Community = ReadonlyMap<string, readonly string[]>;

/**
 * Teaches simulated communities, corrects what was answered wrong or not at all, and counts what each
 * correction costs: taught questions of other answers, and other questions that were right before.
 */
export async function run(options: { data?: string; rounds?: number } = {}): Promise<object> {
  const rounds = options.rounds ?? 3;
  const folder = await mkdtemp(join(tmpdir(), "apprentice-corrections-"));
  const database = await openDatabase({ folder, log: silentLog });
  const results: Record<string, object> = {};
  try {
    for (const [name, community] of communities(options.data))
      for (const answers of [30, 60])
        for (const wordings of [1, 2, 3]) {
          const fit = [...community].filter(([, prompts]) => prompts.length >= wordings + 3);
          if (fit.length < answers) continue;
          const tallies = [];
          for (let draw = 0; draw < rounds; draw += 1)
            tallies.push(
              await evening(database, folder, fit, {
                answers,
                wordings,
                random: seededRandom(draw + 1),
              }),
            );
          results[`${name} ${answers}x${wordings}`] = summary(tallies);
        }
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { bench: "corrections", rounds, goals, results };
}

type Tally = {
  corrections: number;
  rightAtOnce: number;
  taughtAsked: number;
  taughtBroken: number;
  rightBefore: number;
  stayedRight: number;
};

async function evening(
  database: Database,
  folder: string,
  community: readonly (readonly [string, readonly string[]])[],
  {
    answers,
    wordings,
    random,
  }: { readonly answers: number; readonly wordings: number; readonly random: () => number },
): Promise<Tally> {
  const workspace = `web:${newId()}`;
  const examples = createExamples(database);
  const memories = createMemories({
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createRecall({ encoder: builtInEncoder() }),
    restoreRecall: (bytes) => restoreRecall(bytes, { encoder: builtInEncoder() }),
    refitDelay: 3_600_000,
  });
  const workspaces = createWorkspaces(database);
  const teaching = createTeaching({ database, examples, workspaces, memories });
  const turns = createTurns(database);
  const teacher: Teacher = {
    workspace,
    person: { id: "web:trainer", name: "Trainer", role: "trainer" },
    origin: "console",
  };
  const known = shuffled([...community], random).slice(0, answers);
  const taught = new Map<string, string>();
  const asked: { readonly prompt: string; readonly answer: string }[] = [];
  for (const [answer, prompts] of known) {
    const mixed = shuffled([...new Set(prompts)], random);
    for (const prompt of mixed.slice(0, wordings)) taught.set(prompt, answer);
    for (const prompt of mixed.slice(wordings, wordings + 3)) asked.push({ prompt, answer });
  }
  await teaching.importLessons(
    teacher,
    [...taught].map(([prompt, answer]) => ({
      prompt,
      answer,
      label: "positive",
      item: { name: answer, declared: true },
    })),
  );
  const said = async (prompt: string) => (await memories.of(workspace)).recollect(prompt);
  const tally: Tally = {
    corrections: 0,
    rightAtOnce: 0,
    taughtAsked: 0,
    taughtBroken: 0,
    rightBefore: 0,
    stayedRight: 0,
  };
  for (const { prompt, answer } of shuffled(asked, random)) {
    if (tally.corrections === correctionsEach) break;
    const found = await said(prompt);
    if (found.answer === answer || taught.has(prompt)) continue;
    const others = asked.filter((each) => each.answer !== answer);
    const before = await Promise.all(others.map(async (each) => (await said(each.prompt)).answer));
    const begun = (await turns.begin({
      workspace,
      room: workspace,
      person: "web:asker",
      personName: "Asker",
      messageId: newId(),
      prompt,
      language: "en",
      modelVersion: "recall@0",
    }))!;
    await turns.finish(begun.id, {
      answer: found.answer ?? "I do not know that yet.",
      known: found.answer !== null,
      tier: found.tier,
      score: found.score,
      exampleIds: found.exampleIds,
      modelVersion: "recall@0",
      answerId: found.answerId,
    });
    await teaching.correct(teacher, (await turns.find(workspace, begun.id))!, answer);
    tally.corrections += 1;
    if ((await said(prompt)).answer === answer) tally.rightAtOnce += 1;
    for (const [each, right] of taught) {
      if (right === answer) continue;
      tally.taughtAsked += 1;
      if ((await said(each)).answer !== right) tally.taughtBroken += 1;
    }
    for (const [place, each] of others.entries()) {
      if (before[place] !== each.answer) continue;
      tally.rightBefore += 1;
      if ((await said(each.prompt)).answer === each.answer) tally.stayedRight += 1;
    }
  }
  await memories.close();
  return tally;
}

function summary(tallies: readonly Tally[]): object {
  const sum = (name: keyof Tally) => tallies.reduce((total, each) => total + each[name], 0);
  const percent = (part: number, whole: number) =>
    whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
  return {
    corrections: sum("corrections"),
    rightAtOnce: percent(sum("rightAtOnce"), sum("corrections")),
    taughtBroken: sum("taughtBroken"),
    taughtAsked: sum("taughtAsked"),
    othersStayRight: percent(sum("stayedRight"), sum("rightBefore")),
    rightBefore: sum("rightBefore"),
  };
}

/** The communities there are: one of our own, and those of the development sets. */
function communities(data: string | undefined): readonly (readonly [string, Community])[] {
  const library = lines<{ answer: string; taught: string[]; asked: string[] }>(
    new URL("library-ru.jsonl", made),
  ).map(({ answer, taught, asked }): [string, string[]] => [answer, [...taught, ...asked]]);
  const own = [["library-ru", new Map(library)] as const];
  if (data === undefined) return own;
  return [
    ...own,
    ...(["hwu64", "home-ru"] as const).map((name) => {
      const rows = lines<{ prompt: string; answer: string }>(join(data, name, "train.jsonl"));
      const byAnswer = Map.groupBy(rows, ({ answer }) => answer);
      const prompts = new Map(
        [...byAnswer].map(([answer, all]) => [answer, all.map(({ prompt }) => prompt)]),
      );
      return [name, prompts] as const;
    }),
  ];
}

const lines = <Row>(path: string | URL): readonly Row[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);

/** The same things in another order, which the seed decides. */
function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const order = Int32Array.from(items, (_, place) => place);
  shuffleNumbers(order, random);
  return Array.from(order, (place) => items[place]!);
}
