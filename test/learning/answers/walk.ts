import assert from "node:assert/strict";
import { newId } from "../../../src/core/ids.ts";
import type { Turn } from "../../../src/core/turn.ts";
import type { Lesson } from "../../../src/learning/teaching.ts";
import { foldOf, loadHistory } from "../../../src/storage/knowledge/history.ts";
import { keyOf } from "../../../src/storage/knowledge/keys.ts";
import { activeAnswer, textOf } from "../../../src/storage/knowledge/state.ts";
import { assertMemoryEqualsRebuild } from "../../contracts/teaching.ts";
import { teacherIn, type TeachingParts } from "../teaching-parts.ts";
import {
  answerAt,
  decideCorrection,
  decideImport,
  fold,
  isActive,
  keysOf,
  lookup,
  textOf as textIn,
  type Act,
  type FileItem,
  type State,
  type Text,
} from "./oracle.ts";

/** Questions, of which no two are the same. */
const keys = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"] as const;
const texts = [
  "Yes",
  "No",
  "the long text one",
  "the long text two",
  "the long text three",
  "the long text four",
] as const;

export const kinds = [
  "teach",
  "teach",
  "reword",
  "correct",
  "correct",
  "correct everywhere",
  "correct different",
  "correct only this",
  "settle",
  "settle",
  "not asked",
  "rate",
  "confirm",
  "retire",
  "retire wording",
  "merge",
  "split",
  "until",
  "import",
  "import",
  "import changed",
  "wait",
  "wait to teach",
  "approve",
  "reject",
  "undo",
  "undo any",
  "redo",
] as const;
export type Kind = (typeof kinds)[number];

/** Numbers from a seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What waits for a review. */
type Waiting = {
  readonly act: string;
  readonly store: string;
  readonly key: string;
  /** The answer that was corrected; `undefined`: it was taught. */
  readonly given: string | null | undefined;
  readonly text: string;
};

/**
 * Does `steps` random acts with the store and with the oracle, and compares the two after each. `reopened`
 * gives the same store anew.
 */
export async function walk(
  seed: number,
  steps: number,
  opened: TeachingParts,
  reopened?: () => Promise<TeachingParts>,
): Promise<{ readonly checks: number; readonly counts: Readonly<Record<string, number>> }> {
  const number = numbersFrom(seed);
  const pick = <Value>(values: readonly Value[]): Value | undefined =>
    values[Math.floor(number() * values.length)];
  const trainer = teacherIn(`web:${newId()}`, "trainer");
  const member = teacherIn(trainer.workspace, "member");
  const { workspace } = trainer;
  const acts: Act[] = [];
  const ids = new Map<string, string>();
  const counts: Record<string, number> = {};
  let waiting: readonly Waiting[] = [];
  let parts = opened;
  let file: readonly FileItem[] = [
    { name: keyOf("alpha"), keys: ["alpha", "beta"], text: "file text number one" },
    { name: keyOf("gamma"), keys: ["gamma"], text: "file text number two" },
    { name: keyOf("delta"), keys: ["delta"], text: "file text number three" },
  ];
  let checks = 0;

  for (let step = 0; step < steps; step += 1) {
    const kind = pick(kinds)!;
    const before = fold(acts);
    const done = await tryOne(kind, `act ${step}`, before);
    if (!done) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    const where = `seed ${seed} step ${step} ${kind}`;
    await compare(where);
    checks += 1;
    if (reopened && number() < 0.2) parts = await reopened();
  }
  await assertMemoryEqualsRebuild(parts, workspace);
  return { checks, counts };

  /** Does one act; `false`: there is nothing to do it with. */
  async function tryOne(kind: Kind, id: string, state: State): Promise<boolean> {
    const { teaching } = parts;
    const key = pick(keys)!;
    const text = pick(texts)!;
    const standing = keys.flatMap((each) => answerAt(state, each) ?? []);
    const any = pick(standing);
    const given = number() < 0.5 ? null : (any ?? null);
    const add = (deeds: Act["deeds"], store: string, about?: string) => {
      acts.push({ id, deeds, isUndone: false, ...(about !== undefined && { about }) });
      if (store !== "") ids.set(id, store);
      return true;
    };
    switch (kind) {
      case "teach": {
        const own = answerAt(state, key);
        const receipt = await teaching.teach(trainer, lesson(key, text));
        const same = own !== undefined && textIn(state, own) === text;
        return add(
          same
            ? [{ kind: "confirm", answer: own }]
            : own === undefined
              ? [{ kind: "teach", answer: id, text, keys: [key], how: "taught", declared: true }]
              : [{ kind: "propose", key, text }],
          receipt.actionId,
        );
      }
      case "reword": {
        if (any === undefined) return false;
        const receipt = await teaching.reword(trainer, key, await stored(state, any));
        return add([{ kind: "reword", answer: any, key, how: "accepted" }], receipt.actionId);
      }
      case "correct":
      case "correct everywhere":
      case "correct different":
      case "correct only this": {
        const meaning = meaningOf(kind);
        const turn = await answered(state, key, given);
        const receipt = await teaching.correct(trainer, turn, text, meaning ? { meaning } : {});
        return add(decideCorrection(state, id, { key, given, text, meaning }), receipt.actionId);
      }
      case "settle": {
        const question = pick([...state.questions.keys()]);
        if (question === undefined) return false;
        const as = pick(["everywhere", "different", "only-this"] as const)!;
        const receipt = await teaching.settle(trainer, await storedQuestion(question), as);
        return add([{ kind: "settle", question, as }], receipt.actionId);
      }
      case "not asked": {
        if (any === undefined) return false;
        const turn = await answered(state, key, any);
        const receipt = await teaching.notAsked(trainer, turn);
        // A taught question gets its own answer: that it was another question changes nothing then.
        const isTaught = answerAt(state, key) !== undefined;
        return add(isTaught ? [] : [{ kind: "mismatch", key, answer: any }], receipt.actionId);
      }
      case "rate": {
        const turn = await answered(state, key, given);
        const receipt = await teaching.rate(trainer, turn, { rating: number() < 0.5 ? 1 : -1 });
        return add([], receipt.actionId);
      }
      case "confirm":
      case "retire": {
        if (any === undefined) return false;
        const { actionId } = await teaching.edit(trainer, await stored(state, any), { kind });
        return add([{ kind, answer: any }], actionId);
      }
      case "retire wording": {
        if (any === undefined) return false;
        const prompt = pick(keysOf(state, any))!;
        const edit = { kind: "retire-wording", prompt } as const;
        const { actionId } = await teaching.edit(trainer, await stored(state, any), edit);
        return add([{ kind: "silence", key: prompt }], actionId);
      }
      case "until": {
        if (any === undefined) return false;
        const until = number() < 0.3 ? null : Math.floor(number() * 1e12);
        const edit = { kind: "valid-until", until } as const;
        const { actionId } = await teaching.edit(trainer, await stored(state, any), edit);
        return add([{ kind: "until", answer: any, until }], actionId);
      }
      case "merge": {
        const into = pick(standing);
        if (any === undefined || into === undefined || any === into) return false;
        const edit = { kind: "merge", into: await stored(state, into) } as const;
        const { actionId } = await teaching.edit(trainer, await stored(state, any), edit);
        return add([{ kind: "merge", from: any, into }], actionId);
      }
      case "split": {
        if (any === undefined) return false;
        const prompts = keysOf(state, any).filter(() => number() < 0.5);
        const edit = { kind: "split", prompts } as const;
        const { actionId } = await teaching.edit(trainer, await stored(state, any), edit);
        return add([{ kind: "split", from: any, answer: id, keys: prompts }], actionId);
      }
      case "import":
      case "import changed": {
        if (kind === "import changed")
          file = file.map((item) =>
            number() < 0.5 ? { ...item, text: `file text of ${id} here` } : item,
          );
        const receipt = await teaching.importLessons(trainer, lessonsOf(file), {
          source: "faq.md",
        });
        const deeds = decideImport(state, acts, id, file);
        assert.equal(receipt.actionId === "", deeds.length === 0, `${kind} ${seed} ${id}`);
        return deeds.length > 0 && add(deeds, receipt.actionId);
      }
      case "wait": {
        const turn = await answered(state, key, given);
        const { actionId: store } = await teaching.correct(member, turn, text);
        waiting = [...waiting, { act: id, store, key, given: answerAt(state, key) ?? given, text }];
        return add([], store);
      }
      case "wait to teach": {
        const { actionId: store } = await teaching.teach(member, lesson(key, text));
        waiting = [...waiting, { act: id, store, key, given: undefined, text }];
        return add([], store);
      }
      case "approve":
      case "reject": {
        const item = pick(waiting.filter(({ act }) => isStanding(act)));
        if (!item) return false;
        waiting = waiting.filter((each) => each !== item);
        const receipt = await teaching.review(trainer, item.store, { kind });
        const { key: asked, given: was, text: said } = item;
        if (kind === "reject") return add([], receipt.actionId, item.act);
        const own = answerAt(state, asked);
        const meant = { key: asked, text: said, meaning: undefined };
        const isNew = was === undefined && own === undefined;
        const deeds = isNew
          ? [
              {
                kind: "teach",
                answer: id,
                text: said,
                keys: [asked],
                how: "taught",
                declared: true,
              } as const,
            ]
          : decideCorrection(state, id, { ...meant, given: was ?? own ?? null });
        return add(deeds, receipt.actionId, item.act);
      }
      case "undo":
      case "undo any": {
        const candidates = acts.filter((act) => ids.has(act.id) && !act.isUndone);
        const act = kind === "undo" ? candidates.at(-1) : pick(candidates);
        if (!act) return false;
        await teaching.undo(trainer, ids.get(act.id));
        act.isUndone = true;
        return true;
      }
      case "redo": {
        const act = pick(acts.filter(({ isUndone }) => isUndone));
        if (!act) return false;
        await teaching.redo(trainer, ids.get(act.id)!);
        act.isUndone = false;
        return true;
      }
    }
  }

  function isStanding(act: string): boolean {
    return acts.some(({ id, isUndone }) => id === act && !isUndone);
  }

  async function answered(state: State, key: string, given: string | null): Promise<Turn> {
    const own = answerAt(state, key);
    const answer = own ?? (isActive(state, given) ? given : undefined);
    const { turns } = parts;
    const begun = (await turns.begin({
      workspace,
      room: "web:room",
      person: "web:member",
      personName: "Member",
      messageId: newId(),
      prompt: key,
      language: "en",
      modelVersion: "recall@0",
    }))!;
    await turns.finish(begun.id, {
      answer: answer === undefined ? "I do not know that yet" : textIn(state, answer),
      known: answer !== undefined,
      tier: "hint",
      score: 0.5,
      exampleIds: [],
      modelVersion: "recall@0",
      answerId: answer === undefined ? null : await stored(state, answer),
    });
    return (await turns.find(workspace, begun.id))!;
  }

  /** The id that the store has for an answer of the oracle: that of the answer to one of its questions. */
  async function stored(state: State, answer: string): Promise<string> {
    const [key] = keysOf(state, answer);
    const { answer_id: id } = await parts.database.query
      .selectFrom("example")
      .select("answer_id")
      .where("workspace", "=", workspace)
      .where("prompt_key", "=", keyOf(key!))
      .where("status", "=", "active")
      .where("label", "=", "positive")
      .executeTakeFirstOrThrow();
    return id!;
  }

  async function storedQuestion(question: string): Promise<string> {
    const act = ids.get(question.slice(0, question.indexOf("/")))!;
    const { id } = await parts.database.query
      .selectFrom("open_question")
      .select("id")
      .where("action_id", "=", act)
      .executeTakeFirstOrThrow();
    return id;
  }

  async function compare(where: string): Promise<void> {
    const state = fold(acts);
    const { query } = parts.database;
    const view = foldOf(await loadHistory(query, workspace, keys.map(keyOf)));
    const rows = await query
      .selectFrom("example")
      .innerJoin("answer", "answer.id", "example.answer_id")
      .innerJoin("answer_version", "answer_version.id", "answer.current_version")
      .select(["prompt_key", "example.answer_id", "answer_version.text", "example.answer"])
      .select(["reach", "how"])
      .select(["declared", "valid_until", "confirmed_at"])
      .where("example.workspace", "=", workspace)
      .where("example.status", "=", "active")
      .where("example.label", "=", "positive")
      .execute();
    const byKey = new Map(rows.map((row) => [row.prompt_key, row]));
    assert.equal(byKey.size, rows.length, `one active wording per question: ${where}`);
    const recall = await parts.memories.of(workspace);
    for (const key of keys) {
      const expected = lookup(state, key);
      const row = byKey.get(keyOf(key));
      assert.equal(row?.text, expected, `the answer to ${key}: ${where}`);
      assert.equal(row?.answer, expected, `the words of the wording ${key}: ${where}`);
      const folded = view.wordings.get(keyOf(key));
      const answer = folded && activeAnswer(view, folded.answer);
      assert.equal(answer && textOf(answer), expected, `the fold at ${key}: ${where}`);
      if (row) {
        const wording = state.wordings.get(key)!;
        const own = state.answers.get(wording.answer)!;
        assert.deepEqual(
          [row.reach, row.how, row.declared, row.valid_until, row.confirmed_at !== null],
          [wording.reach, wording.how, own.declared ? 1 : 0, own.until, own.confirmed],
          `the wording ${key}: ${where}`,
        );
        assert.equal(folded?.answer, row.answer_id, `the answer at ${key} after a fold: ${where}`);
        const others = keys.filter((each) => byKey.get(keyOf(each))?.answer_id === row.answer_id);
        assert.deepEqual(others.toSorted(), keysOf(state, wording.answer), `wordings: ${where}`);
      }
      const found = recall.recollect(key);
      assert.equal(found.answer ?? undefined, expected, `what is said to ${key}: ${where}`);
    }
    const mismatches = await query
      .selectFrom("mismatch")
      .select(["prompt", "answer_id", "scope"])
      .where("workspace", "=", workspace)
      .where("status", "=", "active")
      .execute();
    assert.deepEqual(
      mismatches.map(({ prompt, scope }) => `${prompt} ${scope}`).toSorted(),
      [...state.mismatches].map(([pair, scope]) => `${pair.split(" ")[0]} ${scope}`).toSorted(),
      `mismatches: ${where}`,
    );
    for (const { prompt, answer_id: answer } of mismatches)
      assert.notEqual(
        byKey.get(keyOf(prompt))?.answer_id,
        answer,
        `a wording that mismatches: ${where}`,
      );
    const open = await query
      .selectFrom("open_question")
      .select("id")
      .where("workspace", "=", workspace)
      .where("status", "=", "open")
      .execute();
    assert.equal(open.length, state.questions.size, `open questions: ${where}`);
    assert.equal(
      view.questions.size,
      state.questions.size,
      `open questions after a fold: ${where}`,
    );
    for (const { old, fresh } of state.questions.values())
      assert.ok(isActive(state, old) && isActive(state, fresh), `an open question: ${where}`);
    const proposals = await query
      .selectFrom("proposal")
      .select(["proposal.prompt_key", "proposal.text"])
      .where("proposal.workspace", "=", workspace)
      .where("proposal.status", "=", "open")
      .execute();
    assert.deepEqual(
      new Set(proposals.map(({ prompt_key: key, text }) => `${key} ${text}`)),
      new Set([...state.proposals.values()].map(({ key, text }) => `${keyOf(key)} ${text}`)),
      `proposals: ${where}`,
    );
  }
}

const lesson = (prompt: string, answer: Text, more: Partial<Lesson> = {}): Lesson => ({
  prompt,
  answer,
  label: "positive",
  ...more,
});

const lessonsOf = (items: readonly FileItem[]): readonly Lesson[] =>
  items.flatMap(({ name, keys: prompts, text }) =>
    prompts.map((prompt) => lesson(prompt, text, { item: { name, declared: true } })),
  );

const meaningOf = (kind: Kind) =>
  kind === "correct everywhere"
    ? ("everywhere" as const)
    : kind === "correct different"
      ? ("different" as const)
      : kind === "correct only this"
        ? ("only-this" as const)
        : undefined;
