import type { Example } from "../core/example.ts";
import type { Examples } from "../storage/examples.ts";
import type { Ledger } from "../storage/ledger.ts";
import type { Recall } from "./recall/recall.ts";
import { asTaught, mismatchAsTaught } from "./taught.ts";

const eventsPerPage = 1_000;

/**
 * Applies to a memory what the ledger holds after `position`, and gives the position it then
 * reflects.
 */
export async function catchUp(options: {
  readonly recall: Recall;
  readonly workspace: string;
  readonly position: number;
  readonly ledger: Ledger;
  readonly examples: Examples;
  /** Makes wordings ready to be learned. */
  readonly read?: (workspace: string, recall: Recall, prompts: readonly string[]) => Promise<void>;
}): Promise<number> {
  const { recall, workspace, ledger, examples } = options;
  const changed = {
    wording: new Set<string>(),
    answer: new Set<string>(),
    mismatch: new Set<string>(),
  };
  let { position } = options;
  for (;;) {
    const events = await ledger.since(workspace, position, eventsPerPage);
    for (const { subject, subjectId } of events) changed[subject].add(subjectId);
    position = events.at(-1)?.position ?? position;
    if (events.length < eventsPerPage) break;
  }
  const removed = [...changed.wording, ...changed.mismatch];
  if (removed.length + changed.answer.size === 0) return position;
  const found: Example[] = [];
  for (const id of changed.wording) {
    const example = await examples.find(workspace, id);
    if (example?.status === "active") found.push(example);
  }
  const mismatches = await examples.mismatchesById([...changed.mismatch]);
  const texts = await examples.texts([...changed.answer]);
  const add = [...found.map(asTaught), ...mismatches.map(mismatchAsTaught)];
  await options.read?.(
    workspace,
    recall,
    add.map(({ prompt }) => prompt),
  );
  // One after the other without a pause, so that nobody is answered from half of it.
  recall.apply({ add: [], remove: removed });
  recall.apply({
    add: add.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    remove: [],
    texts,
  });
  return position;
}
