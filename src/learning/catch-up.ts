import type { Example } from "../core/example.ts";
import type { Examples } from "../storage/examples.ts";
import type { Ledger } from "../storage/ledger.ts";
import type { Recall } from "./recall/recall.ts";
import { asTaught } from "./taught.ts";

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
  const added = new Set<string>();
  const removed = new Set<string>();
  let { position } = options;
  for (;;) {
    const events = await ledger.since(workspace, position, eventsPerPage);
    for (const { exampleId, status } of events) {
      added.delete(exampleId);
      if (status === "active") added.add(exampleId);
      removed.add(exampleId);
    }
    position = events.at(-1)?.position ?? position;
    if (events.length < eventsPerPage) break;
  }
  if (removed.size === 0) return position;
  const found: Example[] = [];
  for (const id of added) {
    const example = await examples.find(workspace, id);
    if (example) found.push(example);
  }
  await options.read?.(
    workspace,
    recall,
    found.map(({ prompt }) => prompt),
  );
  // One after the other without a pause, so that nobody is answered from half of it.
  recall.apply({ add: [], remove: [...removed] });
  recall.apply({ add: found.map(asTaught), remove: [] });
  return position;
}
