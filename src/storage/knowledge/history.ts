import type { Query } from "../query.ts";
import { chunks } from "../chunks.ts";
import type { Schema } from "../schema.ts";
import { subjectsOf, type Decision, type Step, type TeachDecision } from "./decision.ts";
import { takeStep, type WaitingTeaching } from "./fold.ts";
import { noKnowledge, type Knowledge, type Version, type WordingOrigin } from "./state.ts";

/** The steps around some subjects, and all that hangs together with them. */
export type History = {
  /** Of the acts that stand, in order. */
  readonly steps: readonly Step[];
  readonly waiting: WaitingTeaching;
  readonly keys: ReadonlySet<string>;
  readonly answers: ReadonlySet<string>;
  /** Ids of questions, and of other things that decisions name. */
  readonly others: ReadonlySet<string>;
  readonly items: readonly { readonly source: string; readonly item: string }[];
  /** Which act a mismatch, a question or a proposal belongs to. */
  readonly actOf: ReadonlyMap<string, string>;
};

/** What steps add up to. */
export function foldOf({ steps, waiting }: Pick<History, "steps" | "waiting">): Knowledge {
  const state = noKnowledge();
  for (const step of steps) takeStep(state, step, waiting);
  return state;
}

/** The answers that a waiting act would teach, for the review that approves it. */
export async function waitingTeaching(query: Query, actionId: string): Promise<WaitingTeaching> {
  const found = emptyFound();
  const rows = await query
    .selectFrom("answer")
    .select("id")
    .where("action_id", "=", actionId)
    .execute();
  await loadAnswersOf(
    query,
    found,
    rows.map(({ id }) => id),
  );
  const versions = await versionsOf(query, found);
  const wordingsOf = Map.groupBy(found.wordings.values(), (wording) => wording.base_answer_id!);
  const taught = [...found.answers.values()].flatMap(
    (answer) => teachingOf(answer, wordingsOf.get(answer.id) ?? [], versions) ?? [],
  );
  return new Map([[actionId, inOrder(taught)]]);
}

const inOrder = (taught: readonly TeachDecision[]): readonly TeachDecision[] =>
  taught.toSorted((first, second) => (first.answer < second.answer ? -1 : 1));

type AnswerRow = Schema["answer"];
type WordingRow = Pick<
  Schema["example"],
  "id" | "prompt_key" | "base_answer_id" | "source" | "action_id"
>;

/** What is loaded so far. */
type Found = {
  readonly answers: Map<string, AnswerRow>;
  readonly wordings: Map<string, WordingRow>;
  readonly decisions: Map<string, Schema["decision"]>;
  /** Everything that was looked around, and what waits for that. */
  readonly subjects: Set<string>;
  todo: Set<string>;
};

const emptyFound = (): Found => ({
  answers: new Map(),
  wordings: new Map(),
  decisions: new Map(),
  subjects: new Set(),
  todo: new Set(),
});

/** Loads the steps around `seeds`, in whichever order things were done. */
export async function loadHistory(
  query: Query,
  workspace: string,
  seeds: Iterable<string>,
): Promise<History> {
  const found = emptyFound();
  found.todo = new Set(seeds);
  while (found.todo.size > 0) {
    const batch = [...found.todo];
    found.todo = new Set();
    for (const subject of batch) found.subjects.add(subject);
    await loadAnswersOf(query, found, batch);
    await loadAtKeys(query, workspace, found, batch.filter(isKey));
    await loadItemsOf(query, found, batch.filter(isItem));
    await loadDecisionsOf(query, workspace, found, batch);
  }
  return historyOf(query, found);
}

const isKey = (subject: string): boolean => subject.startsWith("k:");
const isItem = (subject: string): boolean => subject.includes(" ");
/** Marks an act whose reviews were looked for. */
const actMark = (act: string): string => `act:${act}`;
const isActMark = (subject: string): boolean => subject.startsWith("act:");

const meet = (found: Found, subject: string | null): void => {
  if (subject !== null && !found.subjects.has(subject)) found.todo.add(subject);
};

async function loadAnswersOf(query: Query, found: Found, subjects: readonly string[]) {
  const ids = subjects.filter((subject) => !isKey(subject) && !isItem(subject));
  for (const chunk of chunks(ids)) {
    const answers = await query.selectFrom("answer").selectAll().where("id", "in", chunk).execute();
    for (const answer of answers) {
      found.answers.set(answer.id, answer);
      if (answer.source_id !== null && answer.source_item !== null)
        meet(found, `${answer.source_id} ${answer.source_item}`);
    }
    const wordings = await query
      .selectFrom("example")
      .select(["id", "prompt_key", "base_answer_id", "source", "action_id"])
      .where("base_answer_id", "in", chunk)
      .where("label", "=", "positive")
      .execute();
    for (const wording of wordings) {
      found.wordings.set(wording.id, wording);
      meet(found, wording.prompt_key);
    }
  }
}

async function loadAtKeys(
  query: Query,
  workspace: string,
  found: Found,
  keys: readonly string[],
): Promise<void> {
  for (const chunk of chunks(keys)) {
    const rows = await query
      .selectFrom("example")
      .select("base_answer_id")
      .distinct()
      .where("workspace", "=", workspace)
      .where("prompt_key", "in", chunk)
      .where("base_answer_id", "is not", null)
      .execute();
    for (const { base_answer_id: answer } of rows) meet(found, answer);
  }
}

async function loadItemsOf(query: Query, found: Found, items: readonly string[]): Promise<void> {
  for (const chunk of chunks(items.map(itemNamed))) {
    const rows = await query
      .selectFrom("answer")
      .select("id")
      .where(
        "source_id",
        "in",
        chunk.map(({ source }) => source),
      )
      .where(
        "source_item",
        "in",
        chunk.map(({ item }) => item),
      )
      .execute();
    for (const { id } of rows) meet(found, id);
  }
}

async function loadDecisionsOf(
  query: Query,
  workspace: string,
  found: Found,
  subjects: readonly string[],
): Promise<void> {
  for (const chunk of chunks(subjects)) {
    const touching = await query
      .selectFrom("decision")
      .innerJoin("touch", "touch.decision_id", "decision.id")
      .selectAll("decision")
      .where("touch.subject", "in", chunk)
      .where("decision.workspace", "=", workspace)
      .execute();
    for (const row of touching) meetDecision(found, row);
  }
  const acts = new Set([...found.answers.values()].map((answer) => answer.action_id));
  const verdicts = [...acts].filter((act) => !found.subjects.has(actMark(act)));
  for (const act of verdicts) found.subjects.add(actMark(act));
  for (const chunk of chunks(verdicts)) {
    const rows = await query
      .selectFrom("decision")
      .selectAll()
      .where("about_action", "in", chunk)
      .execute();
    for (const row of rows) meetDecision(found, row);
  }
}

function meetDecision(found: Found, row: Schema["decision"]): void {
  if (found.decisions.has(row.id)) return;
  found.decisions.set(row.id, row);
  for (const subject of subjectsOf(JSON.parse(row.detail) as Decision)) meet(found, subject);
}

const itemNamed = (subject: string) => {
  const space = subject.indexOf(" ");
  return { source: subject.slice(0, space), item: subject.slice(space + 1) };
};

type Acts = ReadonlyMap<string, Pick<Schema["action"], "at" | "person" | "undone_at" | "detail">>;

async function historyOf(query: Query, found: Found): Promise<History> {
  const acts = await actsOf(query, found);
  const versions = await versionsOf(query, found);
  const isStanding = (act: string | null): boolean =>
    act === null || acts.get(act)?.undone_at === null;
  const steps: Step[] = [];
  const waiting = new Map<string, readonly TeachDecision[]>();
  const actOf = new Map<string, string>();
  const wordingsOf = Map.groupBy(found.wordings.values(), (wording) => wording.base_answer_id!);
  const step = (number: number, act: string, decision: Decision): void => {
    const { at, person } = acts.get(act)!;
    steps.push({ number, act, at, person, decision });
  };
  for (const answer of found.answers.values()) {
    const taught = teachingOf(answer, wordingsOf.get(answer.id) ?? [], versions);
    for (const { row } of taught?.wordings ?? []) actOf.set(row, answer.action_id);
    if (!taught || !isStanding(answer.action_id)) continue;
    if (waits(acts.get(answer.action_id)!.detail))
      waiting.set(answer.action_id, [...(waiting.get(answer.action_id) ?? []), taught]);
    else step(answer.step!, answer.action_id, taught);
  }
  for (const row of found.decisions.values()) {
    const decision = withWords(JSON.parse(row.detail) as Decision, versions);
    for (const id of idsIn(decision)) actOf.set(id, row.action_id);
    if (isStanding(row.action_id) && isStanding(row.about_action))
      step(row.step, row.action_id, decision);
  }
  for (const [act, taught] of waiting) waiting.set(act, inOrder(taught));
  return {
    steps: steps.toSorted((first, second) => first.number - second.number),
    waiting,
    keys: new Set([...found.subjects].filter(isKey)),
    answers: new Set(found.answers.keys()),
    others: new Set(
      [...found.subjects].filter(
        (subject) =>
          !isKey(subject) && !isItem(subject) && !isActMark(subject) && !found.answers.has(subject),
      ),
    ),
    items: [...found.subjects].filter(isItem).map(itemNamed),
    actOf,
  };
}

/** Whether an act waits for a review before it counts. */
export const waits = (detail: string | null): boolean =>
  detail !== null && (JSON.parse(detail) as { readonly waits?: boolean }).waits === true;

function teachingOf(
  answer: AnswerRow,
  wordings: readonly WordingRow[],
  versions: ReadonlyMap<string, Version>,
): TeachDecision | undefined {
  if (answer.step === null) return undefined;
  const first = versions.get(`first:${answer.id}`);
  if (!first) return undefined;
  const { source_id: source, source_item: item, source_hash: hash } = answer;
  const from = source !== null && item !== null && hash !== null && { source, item, hash };
  return {
    kind: "teach",
    answer: answer.id,
    version: first,
    declared: answer.base_declared === 1,
    how: originOf(wordings[0]?.source),
    wordings: wordings
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, prompt_key: key }) => ({ row: id, key: key! })),
    ...(from && { from }),
  };
}

const originOf = (source: Schema["example"]["source"] | undefined): WordingOrigin =>
  source === "imported" || source === "corrected" ? source : "taught";

/** The ids that a decision gives to what it makes. */
function idsIn(decision: Decision): readonly string[] {
  switch (decision.kind) {
    case "here":
      return [decision.mismatch, ...(decision.question === undefined ? [] : [decision.question])];
    case "join":
      return [decision.mismatch];
    case "settle":
    case "mismatch":
      return [decision.id];
    default:
      return [];
  }
}

/** A decision with the words of its versions. */
function withWords(decision: Decision, versions: ReadonlyMap<string, Version>): Decision {
  if (!("version" in decision) || typeof decision.version !== "object") return decision;
  const version = versions.get(decision.version.id) ?? { ...unknownWords, ...decision.version };
  return { ...decision, version } as Decision;
}

const unknownWords = { text: null, language: null, author: "" } as const;

async function actsOf(query: Query, found: Found): Promise<Acts> {
  const ids = new Set([
    ...[...found.answers.values()].map(({ action_id: act }) => act),
    ...[...found.decisions.values()].flatMap(({ action_id: act, about_action: about }) =>
      about === null ? [act] : [act, about],
    ),
  ]);
  const acts = new Map<string, Schema["action"]>();
  for (const chunk of chunks([...ids])) {
    const rows = await query.selectFrom("action").selectAll().where("id", "in", chunk).execute();
    for (const row of rows) acts.set(row.id, row);
  }
  return acts;
}

/** The versions of answers by their ids, and the first of each by `first:<answer id>`. */
async function versionsOf(query: Query, found: Found): Promise<ReadonlyMap<string, Version>> {
  const versions = new Map<string, Version>();
  for (const chunk of chunks([...found.answers.keys()])) {
    const rows = await query
      .selectFrom("answer_version")
      .select(["id", "answer_id", "number", "text", "language", "author"])
      .where("answer_id", "in", chunk)
      .execute();
    for (const { id, answer_id: answer, number, text, language, author } of rows) {
      versions.set(id, { id, text, language, author });
      if (number === 1) versions.set(`first:${answer}`, { id, text, language, author });
    }
  }
  return versions;
}
