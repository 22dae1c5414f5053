import { newId } from "../../core/ids.ts";
import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";
import { wordsOf } from "../words.ts";
import type { Decision } from "./decision.ts";
import { answerAt, textOf, type Knowledge, type Version } from "./state.ts";

/** Answers with fewer words are not put together by their words: ten questions may have a "Yes." */
const tellingWords = 4;

type ExampleRow = Schema["example"];
export type Row = ExampleRow & {
  readonly prompt_key: string;
  readonly undone_at: number | null;
  readonly act: Schema["action"]["kind"];
};

/** A step that is planned: it stands in the history where its id says. */
export type Planned = {
  readonly id: string;
  readonly act: string;
  readonly decision: Decision;
};

/** Wordings that were taught together with one answer. */
export type Group = {
  readonly answer: string;
  readonly version: Version;
  readonly rows: readonly Row[];
  readonly declared: boolean;
};

/** Neighbours of one act that say the same in some words are wordings of one answer. */
export function groupsOf(rows: readonly Row[]): readonly Group[] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1)?.at(-1);
    const isNext =
      last?.action_id === row.action_id &&
      last.answer === row.answer &&
      row.answer !== null &&
      wordsOf(row.answer).length >= tellingWords &&
      !groups.at(-1)!.some(({ prompt_key: key }) => key === row.prompt_key);
    if (isNext) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => {
    const [first] = group as [Row, ...Row[]];
    const { answer: text, author, language } = first;
    return {
      answer: newId(),
      version: { id: newId(), text, language, author },
      rows: group,
      declared: group.length === 1 || first.act === "imported",
    };
  });
}

const originOf = ({ source }: Row) =>
  source === "imported" || source === "corrected" ? source : "taught";

export const teachingOf = ({ answer, version, rows, declared }: Group): Planned => ({
  id: rows[0]!.id,
  act: rows[0]!.action_id,
  decision: {
    kind: "teach",
    answer,
    version,
    declared,
    how: originOf(rows[0]!),
    wordings: rows.map(({ id, prompt_key: key }) => ({ row: id, key })),
  },
});

/** What acts put out of use, as decisions of those acts. */
export async function displacements(
  query: Query,
  workspace: string,
  rows: readonly Row[],
): Promise<readonly Planned[]> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const edges = await query
    .selectFrom("supersession")
    .innerJoin("action", "action.id", "supersession.action_id")
    .select(["action_id", "example_id", "by_example", "action.kind as kind"])
    .where("action.workspace", "=", workspace)
    .where("action.undone_at", "is", null)
    .orderBy("supersession.id")
    .execute();
  return edges.flatMap(({ action_id: act, example_id: id, by_example: by, kind }): Planned[] => {
    const loser = byId.get(id);
    if (loser?.label !== "positive") return [];
    const winner = by === null ? undefined : byId.get(by);
    const isOfOther = winner !== undefined && winner.prompt_key !== loser.prompt_key;
    const silenced: "correction" | "rating" | undefined = isOfOther
      ? "correction"
      : kind === "rated"
        ? "rating"
        : undefined;
    const decision = {
      kind: "retire-wording",
      key: loser.prompt_key,
      row: id,
      ...(silenced && { silenced }),
    } as const;
    return [{ id: act, act, decision }];
  });
}

/** Makes each question answered by what rules it so far: a correction first, then what is newest. */
export function settle(
  state: Knowledge,
  act: string,
  standing: readonly Row[],
  groups: readonly Group[],
): readonly Planned[] {
  const answerOf = new Map(
    groups.flatMap(({ answer, rows }) => rows.map((row): [string, string] => [row.id, answer])),
  );
  const active = standing.filter(({ status }) => status === "active");
  const byKey = Map.groupBy(active, ({ prompt_key: key }) => key);
  const planned: Planned[] = [];
  const plan = (by: string, decision: Decision) => planned.push({ id: newId(), act: by, decision });
  for (const [key, here] of byKey) {
    const { ruling, rejection } = rulingOf(here);
    const now = state.wordings.get(key);
    if (!ruling && now)
      plan(rejection?.action_id ?? act, {
        kind: "retire-wording",
        key,
        ...(rejection?.source === "rated" && { silenced: "rating" as const }),
      });
    if (!ruling || now?.row === ruling.id) continue;
    const wording = { row: ruling.id, key };
    const how = originOf(ruling);
    plan(act, { kind: "reword", wording, answer: answerOf.get(ruling.id)!, how, take: true });
    if (now && now.answer !== answerOf.get(ruling.id))
      plan(act, { kind: "propose", id: now.row, key, why: "conflict" });
    if (state.proposals.has(ruling.id))
      plan(act, { kind: "close-proposal", proposal: ruling.id, key });
  }
  for (const key of state.wordings.keys())
    if (!byKey.has(key)) plan(act, { kind: "retire-wording", key });
  return planned;
}

/** Which row answers a question so far; and what took every answer from it. */
function rulingOf(rows: readonly Row[]): {
  readonly ruling: Row | undefined;
  readonly rejection: Row | undefined;
} {
  const newest = rows.toReversed();
  const rejections = newest.filter(({ label }) => label === "negative");
  const positives = newest.filter(({ label }) => label === "positive");
  const given = positives.filter(
    (row) => !rejections.some(({ id, answer }) => id > row.id && answer === row.answer),
  );
  const ruling = given.find(({ source }) => source === "corrected") ?? given[0];
  return { ruling, rejection: rejections[0] };
}

/** What was said not to be the answer, for each answer that says it. */
export function denialsOf(state: Knowledge, standing: readonly Row[]): readonly Planned[] {
  const byText = Map.groupBy(
    [...state.answers.values()].filter(({ status }) => status === "active"),
    (answer) => textOf(answer),
  );
  const denied = standing.filter(
    ({ label, status }) => label === "negative" && status === "active",
  );
  return denied.flatMap(({ action_id: act, prompt_key: key, answer: text, source }) =>
    (byText.get(text) ?? [])
      .filter(({ id }) => answerAt(state, key)?.id !== id)
      .map(({ id: answer }): Planned => {
        const scope = source === "corrected" || source === "rated" ? "exact" : "near";
        return {
          id: newId(),
          act,
          decision: { kind: "mismatch", id: newId(), key, answer, scope },
        };
      }),
  );
}
