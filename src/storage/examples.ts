import type { Example, ExampleStatus } from "../core/example.ts";

export type ExampleQuery = {
  readonly workspace: string;
  /** Words in any order and any grammatical form, Russian or English. */
  readonly search?: string;
  readonly status?: ExampleStatus;
  /** At most 200. */
  readonly limit: number;
  /** An example id to page back from (newest first). */
  readonly before?: string;
};

/** The current view of what was taught. It changes only through the ledger. */
export type Examples = {
  find(workspace: string, id: string): Promise<Example | undefined>;
  list(query: ExampleQuery): Promise<readonly Example[]>;
  count(workspace: string): Promise<Readonly<Record<ExampleStatus, number>>>;
  /** Every active example, in the order it was taught, in pages so that a million fit. */
  active(workspace: string): AsyncIterable<readonly Example[]>;
};
