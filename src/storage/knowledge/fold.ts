import type { Decision, Step, TeachDecision, WordingRow } from "./decision.ts";
import {
  activeAnswer,
  answerAt,
  itemOf,
  keysOf,
  pairOf,
  textOf,
  type AnswerState,
  type Knowledge,
  type ProposalState,
  type Reach,
  type Version,
  type WordingOrigin,
} from "./state.ts";

/** What the wordings of waiting acts become when their act is approved. */
export type WaitingTeaching = ReadonlyMap<string, readonly TeachDecision[]>;

/**
 * Takes a step. A decision whose ground is gone (its answer was retired, its question settled) does
 * nothing, so that every history adds up to something.
 */
export function takeStep(
  state: Knowledge,
  { decision, at, person }: Pick<Step, "decision" | "at" | "person">,
  waiting: WaitingTeaching = new Map(),
): void {
  switch (decision.kind) {
    case "teach":
      return teach(state, decision);
    case "reword":
      return reword(state, decision);
    case "change":
      return change(state, decision);
    case "here":
      return answerHere(state, decision);
    case "join": {
      if (!activeAnswer(state, decision.answer)) return;
      put(state, decision.wording, decision.answer, "corrected");
      return deny(state, {
        ...decision,
        id: decision.mismatch,
        key: decision.wording.key,
        answer: decision.old,
        scope: "exact",
      });
    }
    case "settle":
      return settle(state, decision);
    case "mismatch":
      if (activeAnswer(state, decision.answer)) deny(state, decision);
      return;
    case "confirm":
      return edit(state, decision.answer, { confirmedAt: at, confirmedBy: person });
    case "valid-until":
      return edit(state, decision.answer, { validUntil: decision.until });
    case "retire":
      if (!activeAnswer(state, decision.answer)) return;
      edit(state, decision.answer, { status: "retired" });
      return closeQuestionsOf(state, decision.answer);
    case "retire-wording":
      if (decision.row === undefined || state.wordings.get(decision.key)?.row === decision.row)
        state.wordings.delete(decision.key);
      return;
    case "merge":
      return merge(state, decision.from, decision.into);
    case "split":
      return split(state, decision);
    case "item":
      return followFile(state, decision);
    case "propose":
      state.proposals.set(decision.id, decision);
      return;
    case "close-proposal":
      state.proposals.delete(decision.proposal);
      return;
    case "approve":
      for (const taught of waiting.get(decision.act) ?? []) teach(state, taught);
      return;
    case "reject":
      return;
  }
}

function teach(
  state: Knowledge,
  { answer, version, declared, how, wordings, from }: TeachDecision,
) {
  const standing = wordings.map((wording) => ({ wording, now: answerAt(state, wording.key) }));
  const free = standing.filter(({ now }) => now === undefined);
  if (free.length > 0) {
    create(state, answer, version, declared);
    for (const { wording } of free) put(state, wording, answer, how);
  }
  for (const { wording, now } of standing)
    if (now && now.id !== answer && textOf(now) !== version.text)
      propose(state, { id: wording.row, key: wording.key, why: "conflict", text: version.text });
  if (from) state.items.set(itemOf(from.source, from.item), { hash: from.hash, answer });
}

function reword(
  state: Knowledge,
  { wording, answer, how, take = false }: Extract<Decision, { kind: "reword" }>,
) {
  const meant = activeAnswer(state, answer);
  if (!meant) return;
  const { row: id, key } = wording;
  const now = answerAt(state, key);
  if (now && now.id !== answer && !take)
    return propose(state, { id, key, why: "conflict", text: textOf(meant) });
  put(state, wording, answer, how);
}

function change(
  state: Knowledge,
  { answer, version, wording }: Extract<Decision, { kind: "change" }>,
) {
  const known = state.answers.get(answer);
  // A correction outlives what it corrected: it then stands as an answer of its own.
  if (!known && wording) {
    create(state, answer, version, true);
    return put(state, wording, answer, "corrected");
  }
  if (!activeAnswer(state, answer)) return;
  addVersion(state, answer, version);
  if (wording) put(state, wording, answer, "corrected");
}

function answerHere(state: Knowledge, decision: Extract<Decision, { kind: "here" }>) {
  const { wording, answer, version, reach, old, mismatch, scope, question } = decision;
  const { key } = wording;
  const had = state.wordings.get(key)?.answer;
  create(state, answer, version, true);
  state.wordings.set(key, { row: wording.row, answer, how: "corrected", reach });
  state.mismatches.delete(pairOf(key, answer));
  if (old === null) return;
  if (had !== old || scope === "near") deny(state, { id: mismatch, key, answer: old, scope });
  if (question !== undefined && activeAnswer(state, old))
    state.questions.set(question, { id: question, key, oldAnswer: old, newAnswer: answer });
}

function settle(state: Knowledge, { question, as, id }: Extract<Decision, { kind: "settle" }>) {
  const open = state.questions.get(question);
  const fresh = open && activeAnswer(state, open.newAnswer);
  if (!open || !fresh) return;
  const { key, oldAnswer } = open;
  if (as === "everywhere" && !activeAnswer(state, oldAnswer)) return;
  state.questions.delete(question);
  if (as === "only-this") {
    const wording = state.wordings.get(key);
    if (wording?.answer === fresh.id) state.wordings.set(key, { ...wording, reach: "exact" });
    return;
  }
  if (as === "different") return deny(state, { id, key, answer: oldAnswer, scope: "near" });
  const current = fresh.versions.at(-1)!;
  addVersion(state, oldAnswer, { ...current, id });
  for (const each of keysOf(state, fresh.id)) move(state, each, oldAnswer, "corrected");
  edit(state, fresh.id, { status: "merged", mergedInto: oldAnswer });
  closeQuestionsOf(state, fresh.id);
}

function merge(state: Knowledge, from: string, into: string) {
  if (from === into || !activeAnswer(state, from) || !activeAnswer(state, into)) return;
  for (const key of keysOf(state, from)) move(state, key, into);
  edit(state, from, { status: "merged", mergedInto: into });
  edit(state, into, { declared: true });
  closeQuestionsOf(state, from);
}

function split(
  state: Knowledge,
  { from, answer, version, keys }: Extract<Decision, { kind: "split" }>,
) {
  const source = activeAnswer(state, from);
  const moved = keys.filter((key) => state.wordings.get(key)?.answer === from);
  if (!source || moved.length === 0) return;
  create(state, answer, { ...source.versions.at(-1)!, id: version }, true);
  for (const key of moved) move(state, key, answer);
}

function followFile(state: Knowledge, decision: Extract<Decision, { kind: "item" }>) {
  const { source, item, hash, answer, version, wordings = [], proposal } = decision;
  if (version && activeAnswer(state, answer)) {
    addVersion(state, answer, version);
    for (const wording of wordings)
      if (!answerAt(state, wording.key)) put(state, wording, answer, "imported");
  }
  if (proposal) propose(state, proposal);
  state.items.set(itemOf(source, item), { hash, answer });
}

function create(state: Knowledge, id: string, version: Version, declared: boolean) {
  state.answers.set(id, {
    id,
    versions: [version],
    declared,
    status: "active",
    mergedInto: null,
    validUntil: null,
    confirmedAt: null,
    confirmedBy: null,
  });
}

function addVersion(state: Knowledge, id: string, version: Version) {
  const answer = state.answers.get(id)!;
  state.answers.set(id, { ...answer, versions: [...answer.versions, version] });
}

function edit(state: Knowledge, id: string, changes: Partial<AnswerState>) {
  const answer = activeAnswer(state, id);
  if (answer) state.answers.set(id, { ...answer, ...changes });
}

/** Gives a question to an answer. One that is its wording already keeps its row. */
function put(
  state: Knowledge,
  { row, key }: WordingRow,
  answer: string,
  how: WordingOrigin,
  reach: Reach = "general",
) {
  const now = state.wordings.get(key);
  state.wordings.set(key, now?.answer === answer ? { ...now, reach } : { row, answer, how, reach });
  state.mismatches.delete(pairOf(key, answer));
}

/** Gives a wording, as it is, to another answer. */
function move(state: Knowledge, key: string, answer: string, how?: WordingOrigin) {
  const wording = state.wordings.get(key)!;
  state.wordings.set(key, { ...wording, answer, ...(how && { how, reach: "general" }) });
  state.mismatches.delete(pairOf(key, answer));
}

function deny(
  state: Knowledge,
  { id, key, answer, scope }: { id: string; key: string; answer: string; scope: "exact" | "near" },
) {
  if (state.wordings.get(key)?.answer === answer) return;
  const pair = pairOf(key, answer);
  const known = state.mismatches.get(pair);
  if (known?.scope === "near" || known?.scope === scope) return;
  state.mismatches.set(pair, { id: known?.id ?? id, key, answer, scope });
}

function propose(state: Knowledge, proposal: ProposalState) {
  state.proposals.set(proposal.id, proposal);
}

function closeQuestionsOf(state: Knowledge, answer: string) {
  for (const open of state.questions.values())
    if (open.oldAnswer === answer || open.newAnswer === answer) state.questions.delete(open.id);
}
