import { join } from "node:path";
import { sleep } from "../core/clock.ts";
import { beginOperation } from "../core/current-operation.ts";
import { asApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { Examples } from "../storage/examples.ts";
import { createLanes } from "../storage/lanes.ts";
import type { Ledger } from "../storage/ledger.ts";
import { workspaceFolder } from "../storage/workspace-folder.ts";
import { catchUp } from "./catch-up.ts";
import { watchIdle } from "./idle.ts";
import type { Recall, RecallChange } from "./recall/recall.ts";
import { readSnapshot, writeSnapshot } from "./snapshot-file.ts";
import { asTaught, mismatchAsTaught } from "./taught.ts";

/** The instant memory of each workspace, following the ledger. */
export type Memories = {
  /** The memory of one workspace; loaded when first asked for. */
  of(workspace: string): Promise<Recall>;
  /** The ledger position it reflects: the number in the model version `recall@<position>`. */
  position(workspace: string): Promise<number>;
  /** Takes over what was just written to the ledger between two positions. */
  learn(workspace: string, change: RecallChange, span: LedgerSpan): Promise<void>;
  /** Retrains now instead of soon, and saves. */
  settle(
    workspace: string,
    options?: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
  ): Promise<void>;
  /** Tells what follows the ledger that dataset rows beside it were taken back, or came back. */
  rowsChanged(workspace: string): void;
  /** Lets go of a memory: it is loaded anew when it is next asked for. */
  drop(workspace: string): void;
  /** Stops retraining and saves what changed. */
  close(): Promise<void>;
};

/** What else takes over each change of the ledger. */
export type LedgerFollower = {
  learn(workspace: string, change: RecallChange): Promise<void>;
  /** What it has of a workspace must be opened anew. */
  forget(workspace: string): void;
};

export type LedgerSpan = { readonly from: number; readonly to: number };

export type MemoriesOptions = {
  readonly examples: Examples;
  readonly ledger: Ledger;
  /** Where snapshots lie: `<folder>/<workspace folder>/recall.bin`. */
  readonly folder: string;
  readonly log: Log;
  createRecall(): Recall;
  /** Throws when the bytes are not a snapshot it can use. */
  restoreRecall(snapshot: Uint8Array): Recall;
  readonly follower?: LedgerFollower;
  /**
   * Whether other processes write to the same ledger. Then its position is compared before each answer,
   * which is one indexed read, and nobody is answered from a memory that is behind.
   */
  readonly isShared?: boolean;
  /** Is given what to call when another process wrote. */
  readonly othersWrote?: (wake: () => void) => void;
  /** Milliseconds from a change to the background retraining that takes it in. */
  readonly refitDelay: number;
  /** Milliseconds after which a memory that nobody uses is saved and given back; never unless given. */
  readonly idleAfter?: number;
};

type Memory = {
  readonly workspace: string;
  readonly recall: Recall;
  position: number;
  savedPosition: number;
  refitPlanned: boolean;
};

/** Memories that load from snapshots, or from the examples where there is none that fits. */
export function createMemories(options: MemoriesOptions): Memories {
  const { examples, ledger, log } = options;
  const memories = new Map<string, Promise<Memory>>();
  const inOrder = createLanes();
  const closing = new AbortController();
  const background = new Set<Promise<void>>();
  const idle =
    options.idleAfter === undefined ? undefined : watchIdle(options.idleAfter, unloadIdle);

  const snapshotPath = (workspace: string) =>
    join(options.folder, workspaceFolder(workspace), "recall.bin");

  const memoryOf = (workspace: string): Promise<Memory> => {
    idle?.used(workspace);
    const known = memories.get(workspace);
    if (known) return known;
    const loading = load(workspace);
    memories.set(workspace, loading);
    loading.catch(() => forget(workspace, loading));
    return loading;
  };

  const upToDate = createLanes();

  /** The memory of a workspace with all that the ledger holds by now, whoever wrote it. */
  const currentOf = async (workspace: string): Promise<Memory> =>
    broughtUpToDate(await memoryOf(workspace));

  async function broughtUpToDate(memory: Memory): Promise<Memory> {
    const { workspace } = memory;
    if (!options.isShared || (await ledger.position(workspace)) <= memory.position) return memory;
    await upToDate(workspace, async () => {
      const { recall, position } = memory;
      const reached = await catchUp({ recall, workspace, position, ledger, examples });
      if (reached <= memory.position) return;
      memory.position = reached;
      options.follower?.forget(workspace);
      planRefit(memory);
    });
    return memory;
  }

  const forget = (workspace: string, memory: Promise<Memory>): void => {
    if (memories.get(workspace) === memory) memories.delete(workspace);
  };

  async function load(workspace: string): Promise<Memory> {
    const restored = await restore(workspace).catch((error: unknown) => {
      log.warn("A snapshot could not be used and is rebuilt", { workspace, ...codeOf(error) });
      return undefined;
    });
    const memory = restored ?? (await rebuild(workspace));
    if (memory.position !== memory.savedPosition) planRefit(memory);
    return memory;
  }

  async function restore(workspace: string): Promise<Memory | undefined> {
    const snapshot = await readSnapshot(snapshotPath(workspace), workspace);
    beginOperation("loading what a community was taught");
    if (!snapshot) return undefined;
    const event = await ledger.at(workspace, snapshot.position);
    if (event?.actionId !== snapshot.actionId) return undefined;
    const recall = options.restoreRecall(snapshot.bytes);
    const position = await catchUp({
      recall,
      workspace,
      position: snapshot.position,
      ledger,
      examples,
    });
    return { workspace, recall, position, savedPosition: snapshot.position, refitPlanned: false };
  }

  async function rebuild(workspace: string): Promise<Memory> {
    const recall = options.createRecall();
    for await (const page of examples.active(workspace)) {
      recall.apply({ add: page.map(asTaught), remove: [] });
    }
    const mismatches = await examples.mismatches(workspace);
    recall.apply({ add: mismatches.map(mismatchAsTaught), remove: [] });
    const position = await ledger.position(workspace);
    return { workspace, recall, position, savedPosition: 0, refitPlanned: false };
  }

  const planRefit = (memory: Memory): void => {
    if (memory.refitPlanned || closing.signal.aborted) return;
    memory.refitPlanned = true;
    const task = sleep(options.refitDelay, closing.signal)
      // Whoever settled it meanwhile has taken in what this was planned for.
      .then(() => (memory.refitPlanned ? refit(memory) : undefined))
      .catch((error: unknown) => {
        memory.refitPlanned = false;
        if (closing.signal.aborted) return;
        log.warn("Retraining failed", { workspace: memory.workspace, ...codeOf(error) });
      })
      .finally(() => background.delete(task));
    background.add(task);
  };

  const refit = (
    memory: Memory,
    signal?: AbortSignal,
    progress?: (done: number) => void,
  ): Promise<void> =>
    inOrder(memory.workspace, async () => {
      memory.refitPlanned = false;
      const either = signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
      either.throwIfAborted();
      await memory.recall.refit(either, progress);
      await save(memory);
    });

  async function save(memory: Memory): Promise<void> {
    const { workspace, position, recall } = memory;
    if (position === 0) return;
    const bytes = recall.snapshot();
    const event = await ledger.at(workspace, position);
    if (!event) return;
    await writeSnapshot(snapshotPath(workspace), {
      workspace,
      position,
      actionId: event.actionId,
      bytes,
    });
    memory.savedPosition = position;
  }

  async function follow(workspace: string, change: RecallChange, span: LedgerSpan): Promise<void> {
    const loading = memoryOf(workspace);
    const memory = await loading;
    await options.follower?.learn(workspace, change);
    if (memory.position >= span.to) return;
    // Another process wrote in between: the next answer brings the memory up to date.
    if (memory.position !== span.from) {
      if (!options.isShared) forget(workspace, loading);
      return;
    }
    try {
      memory.recall.apply(change);
      memory.position = span.to;
    } catch (error) {
      // What was taught is on disk; a memory that could not take it in is loaded anew.
      log.error("Instant learning failed and is rebuilt", { workspace, ...codeOf(error) });
      return forget(workspace, loading);
    }
    planRefit(memory);
  }

  /** Saves a memory that nobody uses and lets go of it; false when it could not be saved just now. */
  async function unloadIdle(workspace: string): Promise<boolean> {
    const loading = memories.get(workspace);
    if (!loading) return true;
    try {
      const memory = await loading;
      return await inOrder(workspace, async () => {
        // It is retrained soon, which saves it.
        if (memory.refitPlanned) return false;
        if (memory.position !== memory.savedPosition) await save(memory);
        if (idle?.isIdle(workspace) !== true || memory.position !== memory.savedPosition)
          return false;
        forget(workspace, loading);
        options.follower?.forget(workspace);
        return true;
      });
    } catch (error) {
      log.warn("An idle memory could not be saved and stays", { workspace, ...codeOf(error) });
      return false;
    }
  }

  /** What is loaded takes over what others wrote before anybody asks for it. */
  async function wakeAll(): Promise<void> {
    for (const loading of memories.values()) {
      await loading.then(broughtUpToDate).catch((error: unknown) => {
        log.warn("A memory could not follow another process yet", codeOf(error));
      });
    }
  }
  options.othersWrote?.(coalesced(wakeAll));

  return {
    of: async (workspace) => (await currentOf(workspace)).recall,
    position: async (workspace) => (await memoryOf(workspace)).position,
    learn: follow,
    rowsChanged: (workspace) => options.follower?.forget(workspace),
    async settle(workspace, { signal, progress } = {}) {
      await refit(await memoryOf(workspace), signal, progress);
    },
    drop(workspace) {
      memories.delete(workspace);
      options.follower?.forget(workspace);
    },
    async close() {
      closing.abort();
      idle?.stop();
      await Promise.all(background);
      const loaded = await Promise.allSettled(memories.values());
      for (const result of loaded) {
        if (result.status === "rejected") continue;
        const memory = result.value;
        if (memory.position === memory.savedPosition) continue;
        await inOrder(memory.workspace, () => save(memory)).catch((error: unknown) =>
          log.warn("A snapshot could not be saved", {
            workspace: memory.workspace,
            ...codeOf(error),
          }),
        );
      }
      memories.clear();
    },
  };
}

/** Runs work at once, and once more when it was asked for meanwhile. */
function coalesced(work: () => Promise<void>): () => void {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const run = (): void => {
    if (running) {
      isAskedAgain = true;
      return;
    }
    running = work().finally(() => {
      running = undefined;
      if (!isAskedAgain) return;
      isAskedAgain = false;
      run();
    });
  };
  return run;
}

const codeOf = (error: unknown) => {
  const { code, id } = asApprenticeError(error);
  return { code, id };
};
