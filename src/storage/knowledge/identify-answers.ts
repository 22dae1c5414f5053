import { now } from "../../core/clock.ts";
import { newId } from "../../core/ids.ts";
import { chunks } from "../chunks.ts";
import { ledgerPosition } from "../ledger.ts";
import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";
import { subjectsOf } from "./decision.ts";
import { takeStep } from "./fold.ts";
import { keyOf, textKeyOf } from "./keys.ts";
import {
  denialsOf,
  displacements,
  groupsOf,
  settle,
  teachingOf,
  type Group,
  type Planned,
  type Row,
} from "./plan-identities.ts";
import { noKnowledge, type Knowledge } from "./state.ts";

/** Who did what no person did. */
const system = "system:upgrade";

/**
 * Gives the answers of a database from before they had an identity one, and changes nothing that is
 * answered: lessons become answers with wordings; what took something's place goes on doing so as a decision
 * of its act; of two answers to one question the one that rules stays, and the other becomes a proposal.
 */
export async function identifyAnswers(query: Query): Promise<void> {
  await keyExamples(query);
  const workspaces = await query.selectFrom("example").select("workspace").distinct().execute();
  for (const { workspace } of workspaces) await identifyIn(query, workspace);
  await query.updateTable("correction").set({ meaning: "open" }).execute();
}

const rowsAtOnce = 1_000;

async function keyExamples(query: Query): Promise<void> {
  let last = "";
  for (;;) {
    const rows = await query
      .selectFrom("example")
      .select(["id", "prompt"])
      .where("id", ">", last)
      .orderBy("id")
      .limit(rowsAtOnce)
      .execute();
    for (const { id, prompt } of rows)
      await query
        .updateTable("example")
        .set({ prompt_key: keyOf(prompt), reach: "general" })
        .where("id", "=", id)
        .execute();
    if (rows.length < rowsAtOnce) return;
    last = rows.at(-1)!.id;
  }
}

async function identifyIn(query: Query, workspace: string): Promise<void> {
  const rows = (await query
    .selectFrom("example")
    .innerJoin("action", "action.id", "example.action_id")
    .selectAll("example")
    .select(["action.undone_at", "action.kind as act"])
    .where("example.workspace", "=", workspace)
    .orderBy("example.id")
    .execute()) as readonly Row[];
  const standing = rows.filter((row) => row.undone_at === null);
  const history = standing.filter(
    ({ label, base_status: base, status }) =>
      label === "positive" && base === "active" && (status === "active" || status === "superseded"),
  );
  const groups = groupsOf(history);
  const waiting = standing.filter(({ status }) => status === "pending");
  const waitingGroups = groupsOf(
    waiting.filter(({ label, act }) => label === "positive" && isPlain(act)),
  );
  const steps = [
    ...groups.map((group) => teachingOf(group)),
    ...(await displacements(query, workspace, rows)),
  ].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const state = noKnowledge();
  const take = ({ decision }: Planned) => takeStep(state, { decision, at: 0, person: system });
  steps.forEach(take);

  const act = await addSystemAct(query, workspace);
  const settling = settle(state, act, standing, groups);
  settling.forEach(take);
  const denials = denialsOf(state, standing);
  denials.forEach(take);

  await storeAnswers(query, workspace, state, [...groups, ...waitingGroups], steps);
  await storeWordings(query, workspace, state, { rows: standing, groups, waitingGroups, act });
  await storeProposals(query, workspace, state, rows);
  await storeMismatches(query, workspace, state, standing, denials);
  await storeSteps(query, workspace, [...steps, ...settling, ...denials]);
  await markWaiting(query, waiting);
}

const isPlain = (act: Row["act"]): boolean => act === "taught" || act === "imported";

async function addSystemAct(query: Query, workspace: string): Promise<string> {
  const id = newId();
  const last = await query
    .selectFrom("action")
    .select((select) => select.fn.max<number | null>("number").as("number"))
    .where("workspace", "=", workspace)
    .executeTakeFirst();
  await query
    .insertInto("action")
    .values({
      id,
      workspace,
      kind: "reviewed",
      person: system,
      at: now(),
      undone_at: null,
      undone_by: null,
      message_id: null,
      number: Number(last?.number ?? 0) + 1,
      detail: null,
    })
    .execute();
  return id;
}

async function storeAnswers(
  query: Query,
  workspace: string,
  state: Knowledge,
  groups: readonly Group[],
  steps: readonly Planned[],
): Promise<void> {
  const numbers = new Map<string, number>();
  for (const [place, { decision }] of steps.entries())
    if (decision.kind === "teach") numbers.set(decision.answer, place + 1);
  const answers = groups.map(({ answer, version, rows, declared }): Schema["answer"] => {
    const became = state.answers.get(answer);
    const isWaiting = rows[0]!.status === "pending";
    return {
      id: answer,
      action_id: rows[0]!.action_id,
      workspace,
      step: numbers.get(answer) ?? 0,
      declared: (became?.declared ?? declared) ? 1 : 0,
      base_declared: declared ? 1 : 0,
      owner: version.author,
      source_id: null,
      source_item: null,
      source_hash: null,
      status: became?.status ?? (isWaiting ? "pending" : "rejected"),
      merged_into: null,
      current_version: version.id,
      text_key: textKeyOf(version.text),
      valid_until: null,
      confirmed_at: null,
      confirmed_by: null,
      follow_ups: "[]",
    };
  });
  for (const chunk of chunks(answers)) await query.insertInto("answer").values(chunk).execute();
  const versions = groups.map(({ answer, version, rows: [first] }): Schema["answer_version"] => ({
    id: version.id,
    answer_id: answer,
    workspace,
    number: 1,
    action_id: first!.action_id,
    author: version.author,
    origin: first!.origin,
    consent: first!.consent,
    language: version.language,
    text: version.text,
    at: first!.created_at,
  }));
  for (const chunk of chunks(versions))
    await query.insertInto("answer_version").values(chunk).execute();
}

async function storeWordings(
  query: Query,
  workspace: string,
  state: Knowledge,
  {
    rows,
    groups,
    waitingGroups,
    act,
  }: {
    readonly rows: readonly Row[];
    readonly groups: readonly Group[];
    readonly waitingGroups: readonly Group[];
    readonly act: string;
  },
): Promise<void> {
  for (const { answer, rows: ofGroup } of [...groups, ...waitingGroups])
    for (const chunk of chunks(ofGroup))
      await query
        .updateTable("example")
        .set({ answer_id: answer, base_answer_id: answer })
        .where(
          "id",
          "in",
          chunk.map(({ id }) => id),
        )
        .execute();
  const losers: Row[] = [];
  for (const row of rows) {
    if (row.label !== "positive" || row.status !== "active") continue;
    const wording = state.wordings.get(row.prompt_key);
    if (wording?.row === row.id)
      await query
        .updateTable("example")
        .set({ how: wording.how })
        .where("id", "=", row.id)
        .execute();
    else losers.push(row);
  }
  let position = await ledgerPosition(query, workspace);
  for (const { id, prompt_key: key } of losers) {
    const by = state.wordings.get(key)?.row ?? null;
    await query
      .updateTable("example")
      .set({ status: "superseded", superseded_by: by })
      .where("id", "=", id)
      .execute();
    position += 1;
    await query
      .insertInto("example_event")
      .values({
        workspace,
        position,
        action_id: act,
        subject: "wording",
        subject_id: id,
        status: "superseded",
        superseded_by: by,
        version_id: null,
        at: now(),
      })
      .execute();
  }
  // What was not to be said once, and may be again, does not come back by itself.
  const quiet = rows.filter(
    ({ label, status }) => label === "negative" && status !== "active" && status !== "pending",
  );
  for (const chunk of chunks(quiet))
    await query
      .updateTable("example")
      .set({ base_status: "rejected" })
      .where(
        "id",
        "in",
        chunk.map(({ id }) => id),
      )
      .execute();
}

async function storeProposals(
  query: Query,
  workspace: string,
  state: Knowledge,
  rows: readonly Row[],
): Promise<void> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { id, key, why } of state.proposals.values()) {
    const row = byId.get(id);
    if (!row) continue;
    await query
      .insertInto("proposal")
      .values({
        id,
        action_id: row.action_id,
        workspace,
        prompt_key: key,
        prompt: row.prompt,
        answer_id: state.wordings.get(key)?.answer ?? null,
        text: row.answer,
        person: row.author,
        why,
        status: "open",
        at: row.created_at,
      })
      .execute();
  }
}

async function storeMismatches(
  query: Query,
  workspace: string,
  state: Knowledge,
  rows: readonly Row[],
  denials: readonly Planned[],
): Promise<void> {
  const promptAt = new Map(rows.map((row) => [row.prompt_key, row.prompt]));
  const actOf = new Map(
    denials.flatMap(({ act, decision }) =>
      decision.kind === "mismatch" ? [[decision.id, act] as const] : [],
    ),
  );
  for (const { id, key, answer, scope } of state.mismatches.values())
    await query
      .insertInto("mismatch")
      .values({
        id,
        action_id: actOf.get(id)!,
        workspace,
        prompt_key: key,
        prompt: promptAt.get(key) ?? "",
        answer_id: answer,
        scope,
        status: "active",
      })
      .execute();
}

async function storeSteps(
  query: Query,
  workspace: string,
  steps: readonly Planned[],
): Promise<void> {
  for (const [place, { act, decision }] of steps.entries()) {
    if (decision.kind === "teach") continue;
    const id = newId();
    await query
      .insertInto("decision")
      .values({
        id,
        action_id: act,
        workspace,
        step: place + 1,
        kind: decision.kind,
        about_action: null,
        detail: JSON.stringify(decision),
      })
      .execute();
    for (const subject of new Set(subjectsOf(decision)))
      await query.insertInto("touch").values({ subject, decision_id: id }).execute();
  }
}

async function markWaiting(query: Query, waiting: readonly Row[]): Promise<void> {
  const acts = [...new Set(waiting.map(({ action_id: act }) => act))];
  for (const chunk of chunks(acts))
    await query
      .updateTable("action")
      .set({ detail: JSON.stringify({ waits: true }) })
      .where("id", "in", chunk)
      .execute();
}
