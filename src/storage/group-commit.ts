import { setImmediate as soon } from "node:timers/promises";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";

/** One change that stands for itself: a single statement, or a few that belong together. */
type Change<Result> = (query: Query) => Promise<Result>;

/** Writes a change; what it changed is on disk when it resolves. */
export type GroupCommit = <Result>(change: Change<Result>) => Promise<Result>;

type Waiting = {
  readonly change: Change<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
};

/** So many changes go into one transaction. */
const largestGroup = 200;

/**
 * Changes that come at the same time are committed together: one wait for the disk instead of one for
 * each (group commit; Gawlick and Kinkade, 1985). A change that fails does not take the others with it:
 * then each is done by itself. `isHurried`: nobody waits for the disk, so the end of the machine may
 * take them back.
 */
export function createGroupCommit(
  { quickTransaction, sync }: Pick<Database, "quickTransaction" | "sync">,
  { isHurried = false } = {},
): GroupCommit {
  const waiting: Waiting[] = [];
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    await soon();
    while (waiting.length > 0) {
      const group = waiting.splice(0, largestGroup);
      const results = (await together(group)) ?? (await Promise.allSettled(group.map(alone)));
      const failure = isHurried ? undefined : await sync().then(() => undefined, failureOf);
      for (const [place, each] of group.entries()) {
        const result = results[place]!;
        const isDone = result.status === "fulfilled" && failure === undefined;
        if (isDone) each.resolve(result.value);
        else each.reject(result.status === "rejected" ? result.reason : failure?.cause);
      }
    }
    isWriting = false;
  };

  const alone = ({ change }: Waiting): Promise<unknown> => quickTransaction(change);

  /** `undefined`: not even one of them is done. */
  const together = async (
    group: readonly Waiting[],
  ): Promise<PromiseSettledResult<unknown>[] | undefined> => {
    try {
      return await quickTransaction(async (query) => {
        const results: PromiseSettledResult<unknown>[] = [];
        for (const { change } of group)
          results.push({ status: "fulfilled", value: await change(query) });
        return results;
      });
    } catch {
      return undefined;
    }
  };

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (!isWriting) void writeAll();
    });
}

const failureOf = (cause: unknown) => ({ cause });
