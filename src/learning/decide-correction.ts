import type { Meaning } from "../core/correction.ts";
import { now } from "../core/clock.ts";
import { mayActAs } from "../core/person.ts";
import { newId } from "../core/ids.ts";
import { activeAnswersSaying, currentVersions, versionCount } from "../storage/answers.ts";
import type { ExampleRow } from "../storage/example-rows.ts";
import type { Decision } from "../storage/knowledge/decision.ts";
import type { View } from "../storage/knowledge/rows.ts";
import {
  activeAnswer,
  answerAt,
  keysOf,
  textOf,
  type AnswerState,
  type Knowledge,
} from "../storage/knowledge/state.ts";
import { wordsOf } from "../storage/words.ts";
import { asVersion, newAnswer, newVersionRow, type Act } from "./act.ts";
import { effectOf } from "./receipt.ts";
import type { Effect, Teacher } from "./teaching.ts";

/** Texts with fewer words say too little to tell answers apart: ten questions may have a "Yes." */
const tellingWords = 4;

/** A correction that is to be decided. */
export type Correcting = {
  /** The row of the corrected question, with the right answer; its own act has stored it or will. */
  readonly row: ExampleRow & { readonly prompt_key: string };
  /** Whether the row is in the database already. */
  readonly isStored?: boolean;
  /** The answer that was given, in which version; `null`: none, or words of a language model. */
  readonly given: string | null;
  readonly seen?: {
    readonly versionId: string | null;
    readonly text: string | null;
    readonly at: number;
  };
  readonly meaning?: Meaning | undefined;
  /** How likely the answer changed for what the question was taken for, too. */
  readonly guess?: number;
  /** What was said not to be the answer. */
  readonly negatives?: readonly ExampleRow[];
  /** The waiting act that it is decided for. */
  readonly about?: string;
};

/**
 * Decides what a correction changes, and changes it. Without a meaning it never reaches beyond the
 * question, unless that is a wording which somebody put together with others. `waits`: nothing was
 * changed, as a trainer has to agree.
 */
export async function decideCorrection(
  step: Act,
  teacher: Teacher,
  correcting: Correcting,
): Promise<Effect> {
  const { row, meaning, negatives = [] } = correcting;
  const { prompt, prompt_key: key, answer: text } = row;
  const view = await viewAround(step, correcting);
  const { state } = view;
  const own = answerAt(state, key);
  const given = own ?? activeAnswer(state, followed(state, correcting.given));
  const base = { prompt, answer: text };
  const bring = (decision: Decision, brought: object = {}) =>
    step.take(view, [decision], {
      wordings: [...(correcting.isStored ? [] : [row]), ...negatives],
      ...(correcting.about && { about: correcting.about }),
      ...brought,
    });

  if (given && (await wasChangedMeanwhile(step, teacher, given, correcting)))
    return proposeMeanwhile(step, teacher, { view, row, given, about: correcting.about });

  if (given && textOf(given) === text) {
    if (own === given) return effectOf("same", prompt, { answerId: given.id, answer: text });
    const decision = { kind: "reword", answer: given.id, how: "corrected" } as const;
    await bring({ ...decision, wording: { row: row.id, key } });
    return joined(step, given.id, base);
  }
  const twinId = await twinOf(step, teacher.workspace, text, given?.id);
  const wording = { row: row.id, key };
  const mismatch = newId();
  if (!given) {
    if (twinId !== undefined) {
      await bring({ kind: "reword", wording, answer: twinId, how: "corrected", take: true });
      return joined(step, twinId, base);
    }
    const made = newAnswer(teacher, text, {
      actionId: step.actionId,
      status: "active",
      declared: true,
    });
    const here = { kind: "here", wording, answer: made.answer.id, version: made.version } as const;
    await bring(
      {
        ...here,
        reach: meaning === "only-this" ? "exact" : "general",
        old: null,
        mismatch,
        scope: "exact",
      },
      { answers: [made.answer], versions: [made.versionRow] },
    );
    return effectOf("new", prompt, {
      ...base,
      answerId: made.answer.id,
      version: 1,
      changed: [prompt],
    });
  }

  const old = textOf(given);
  const keys = keysOf(state, given.id);
  if (meaning !== "everywhere" && twinId !== undefined) {
    await bring({ kind: "join", wording, answer: twinId, old: given.id, mismatch });
    return { ...(await joined(step, twinId, base)), old, meaning: "different" };
  }
  const isOwnHeading =
    own === given && (keys.length === 1 || (given.declared && isDeclaredAt(state, key)));
  if (meaning === "everywhere" || (meaning === undefined && isOwnHeading)) {
    const isFarReaching = keys.some((each) => each !== key);
    if (isFarReaching && !(await mayChangeEverywhere(step, teacher, given.id)))
      return effectOf("waits", prompt, { ...base, meaning: "everywhere" });
    const number = (await versionCount(step.query, given.id)) + 1;
    const version = newVersionRow(teacher, text, {
      actionId: step.actionId,
      answerId: given.id,
      number,
    });
    const after = await bring(
      { kind: "change", answer: given.id, version: asVersion(version), wording },
      { versions: [version] },
    );
    return effectOf("changed", prompt, {
      ...base,
      meaning: "everywhere",
      answerId: given.id,
      version: number,
      exampleId: after.wordings.get(key)!.row,
      old,
      wording: firstWording(view, given.id),
      changed: promptsOf(view, after, given.id, row),
    });
  }

  const made = newAnswer(teacher, text, {
    actionId: step.actionId,
    status: "active",
    declared: true,
  });
  const isOpen = meaning === undefined || meaning === "open";
  const question = isOpen ? newId() : undefined;
  const guess = correcting.guess ?? 0;
  const wordingBefore = firstWording(view, given.id);
  const after = await bring(
    {
      kind: "here",
      wording,
      answer: made.answer.id,
      version: made.version,
      reach: meaning === "only-this" ? "exact" : "general",
      old: given.id,
      mismatch,
      scope: meaning === "different" ? "near" : "exact",
      ...(question !== undefined && { question }),
    },
    {
      answers: [made.answer],
      versions: [made.versionRow],
      ...(question !== undefined && { guesses: new Map([[question, guess]]) }),
    },
  );
  return effectOf("here", prompt, {
    ...base,
    meaning: meaning ?? "open",
    answerId: made.answer.id,
    version: 1,
    old,
    wording: wordingBefore,
    changed: [prompt],
    kept: promptsOf(view, after, given.id),
    question: question === undefined ? null : { id: question, guess },
  });
}

/** The view around the question, the answer that it has, the one that was given, and one that says the same. */
async function viewAround(step: Act, { row, given }: Correcting): Promise<View> {
  const { prompt_key: key, answer } = row;
  const answers = new Set<string>();
  const glance = await step.view({ keys: [key], answers: given === null ? [] : [given] });
  const own = answerAt(glance.state, key);
  const followedGiven = followed(glance.state, given);
  if (own) answers.add(own.id);
  if (followedGiven !== null) answers.add(followedGiven);
  const twin = await twinOf(step, row.workspace, answer, own?.id ?? followedGiven ?? undefined);
  if (twin !== undefined) answers.add(twin);
  return step.view({ keys: [key], answers });
}

/** The answer that took over a merged one. */
function followed(state: Knowledge, id: string | null): string | null {
  const answer = id === null ? undefined : state.answers.get(id);
  return answer?.status === "merged" ? answer.mergedInto : id;
}

async function twinOf(
  { query }: Act,
  workspace: string,
  text: string | null,
  except: string | undefined,
): Promise<string | undefined> {
  if (text === null || wordsOf(text).length < tellingWords) return undefined;
  const saying = await activeAnswersSaying(query, workspace, text);
  return saying.find((id) => id !== except);
}

/** A wording that an accepted suggestion or a correction brought was put there by no heading. */
function isDeclaredAt(state: Knowledge, key: string): boolean {
  const how = state.wordings.get(key)?.how;
  return how !== "accepted" && how !== "corrected";
}

/** Whether somebody else changed the answer after it was seen. */
async function wasChangedMeanwhile(
  step: Act,
  { person }: Teacher,
  given: AnswerState,
  { row, seen, about }: Correcting,
): Promise<boolean> {
  if (!seen || about !== undefined || textOf(given) === row.answer) return false;
  const current = (await currentVersions(step.query, [given.id])).get(given.id);
  if (!current || current.author === person.id || current.text === seen.text) return false;
  return seen.versionId === null ? current.at > seen.at : current.versionId !== seen.versionId;
}

async function proposeMeanwhile(
  step: Act,
  { workspace, person }: Teacher,
  {
    view,
    row,
    given,
    about,
  }: { view: View; row: Correcting["row"]; given: AnswerState; about: string | undefined },
): Promise<Effect> {
  const id = newId();
  const { prompt, prompt_key: key, answer: text } = row;
  await step.take(view, [{ kind: "propose", id, key, why: "changed-meanwhile" }], {
    ...(about !== undefined && { about }),
    proposals: [
      {
        id,
        action_id: step.actionId,
        workspace,
        prompt_key: key,
        prompt,
        answer_id: given.id,
        text,
        person: person.id,
        why: "changed-meanwhile",
        status: "open",
        at: now(),
      },
    ],
  });
  const current = (await currentVersions(step.query, [given.id])).get(given.id);
  return effectOf("meanwhile", prompt, {
    answerId: given.id,
    answer: text,
    old: textOf(given),
    proposal: id,
    by: current ? { author: current.author, at: current.at } : null,
  });
}

async function joined(
  step: Act,
  answerId: string,
  base: { readonly prompt: string; readonly answer: string | null },
): Promise<Effect> {
  const first = await step.query
    .selectFrom("example")
    .select("prompt")
    .where("answer_id", "=", answerId)
    .where("status", "=", "active")
    .where("prompt", "!=", base.prompt)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const current = (await currentVersions(step.query, [answerId])).get(answerId);
  return effectOf("joined", base.prompt, {
    ...base,
    answerId,
    version: current?.number ?? null,
    wording: first?.prompt ?? base.prompt,
    changed: [base.prompt],
  });
}

/** Whether somebody may change an answer for all of its wordings: trainers, and whose words it all is. */
export async function mayChangeEverywhere(
  step: Act,
  { person }: Teacher,
  answerId: string,
): Promise<boolean> {
  if (mayActAs(person.role, "trainer")) return true;
  const others = await step.query
    .selectFrom("answer_version")
    .select("id")
    .where("answer_id", "=", answerId)
    .where("author", "!=", person.id)
    .limit(1)
    .executeTakeFirst();
  return others === undefined;
}

/** The first wording of an answer. */
export function firstWording(view: View, answerId: string): string | null {
  return promptsOf(view, view.state, answerId)[0] ?? null;
}

/** The wordings of an answer, in the order in which they were taught. */
export function promptsOf(
  view: View,
  state: Knowledge,
  answerId: string,
  fresh?: { readonly id: string; readonly prompt: string },
): readonly string[] {
  const rows = keysOf(state, answerId).map((key) => state.wordings.get(key)!.row);
  return rows
    .toSorted()
    .map((id) => (id === fresh?.id ? fresh.prompt : (view.rows.get(id)?.prompt ?? "")));
}
