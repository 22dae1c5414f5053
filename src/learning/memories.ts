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
import { coalesced } from "./coalesced.ts";
import { learnAll, type ReadLessons } from "./learn-all.ts";
import { newMemory, type LoadedMemory } from "./loaded-memory.ts";
import { watchIdle } from "./idle.ts";
import type { Recall, RecallChange } from "./recall/recall.ts";
import type { LessonReader } from "./read-lessons.ts";
import { readSnapshot, writeSnapshot } from "./snapshot-file.ts";

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
  /** What is read by another encoder than it should be is read anew, in the background. */
  encoderChanged(): void;
  /** Reads everything anew with the wanted encoder now; the old memory answers until that is done. */
  renew(
    workspace: string,
    options?: { readonly signal?: AbortSignal; readonly progress?: RenewProgress },
  ): Promise<void>;
  /** How far the reading anew is, by workspace; empty while none is read. */
  renewals(): ReadonlyMap<string, { readonly done: number; readonly of: number }>;
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

/** Told how many examples were read, of how many. */
export type RenewProgress = (done: number, of: number) => void;

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
  /** Lets a costly encoder read what is taught before it is learned. */
  readonly lessonReader?: LessonReader;
  /** The id of the encoder that memories should have; `undefined`: whichever they have. */
  wantedEncoder?(): string | null;
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

/** Milliseconds after which an encoder that was away is asked again for what it has not read. */
const readAgainDelay = 60_000;

/** Memories that load from snapshots, or from the examples where there is none that fits. */
export function createMemories(options: MemoriesOptions): Memories {
  const { examples, ledger, log } = options;
  const memories = new Map<string, Promise<LoadedMemory>>();
  const inOrder = createLanes();
  const closing = new AbortController();
  const background = new Set<Promise<void>>();
  const idle =
    options.idleAfter === undefined ? undefined : watchIdle(options.idleAfter, unloadIdle);

  const snapshotPath = (workspace: string) =>
    join(options.folder, workspaceFolder(workspace), "recall.bin");

  const memoryOf = (workspace: string): Promise<LoadedMemory> => {
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
  const currentOf = async (workspace: string): Promise<LoadedMemory> =>
    broughtUpToDate(await memoryOf(workspace));

  async function broughtUpToDate(memory: LoadedMemory): Promise<LoadedMemory> {
    const { workspace } = memory;
    if (!options.isShared || (await ledger.position(workspace)) <= memory.position) return memory;
    await upToDate(workspace, async () => {
      const { recall, position } = memory;
      const reached = await catchUp({ recall, workspace, position, ledger, examples, read });
      if (reached <= memory.position) return;
      memory.position = reached;
      options.follower?.forget(workspace);
      planRefit(memory);
    });
    return memory;
  }

  const forget = (workspace: string, memory: Promise<LoadedMemory>): void => {
    if (memories.get(workspace) === memory) memories.delete(workspace);
  };

  async function load(workspace: string): Promise<LoadedMemory> {
    const restored = await restore(workspace).catch((error: unknown) => {
      log.warn("A snapshot could not be used and is rebuilt", { workspace, ...codeOf(error) });
      return undefined;
    });
    const memory = restored ?? (await rebuild(workspace));
    if (memory.position !== memory.savedPosition) planRefit(memory);
    if (isOutdated(memory)) planRenewal(memory.workspace);
    return memory;
  }

  const read: ReadLessons = (workspace, recall, prompts, signal) =>
    prompts.length === 0
      ? Promise.resolve()
      : (options.lessonReader?.read(workspace, recall, prompts, signal) ??
        recall.prepare(prompts, "learn", signal));

  const isOutdated = ({ recall }: LoadedMemory): boolean => {
    const wanted = options.wantedEncoder?.();
    return wanted !== undefined && wanted !== recall.encoder;
  };

  async function restore(workspace: string): Promise<LoadedMemory | undefined> {
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
      read,
    });
    return newMemory(workspace, recall, position, snapshot.position);
  }

  async function rebuild(workspace: string): Promise<LoadedMemory> {
    const recall = options.createRecall();
    await learnAll({ examples, read }, workspace, recall);
    const position = await ledger.position(workspace);
    return newMemory(workspace, recall, position);
  }

  const renewing = new Map<string, Promise<void>>();
  const renewals = new Map<string, { done: number; of: number }>();

  const planRenewal = (workspace: string): void => {
    if (renewing.has(workspace) || closing.signal.aborted) return;
    const task = renew(workspace)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        log.warn("Reading anew failed", { workspace, ...codeOf(error) });
      })
      .finally(() => background.delete(task));
    background.add(task);
  };

  /** One at a time for each workspace; whoever asks meanwhile waits for the same one. */
  function renew(
    workspace: string,
    how: { readonly signal?: AbortSignal; readonly progress?: RenewProgress } = {},
  ): Promise<void> {
    const known = renewing.get(workspace);
    if (known) return known;
    const work = renewNow(workspace, how).finally(() => {
      renewing.delete(workspace);
      renewals.delete(workspace);
    });
    renewing.set(workspace, work);
    return work;
  }

  async function renewNow(
    workspace: string,
    { signal, progress }: { readonly signal?: AbortSignal; readonly progress?: RenewProgress },
  ): Promise<void> {
    const either = signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
    const { active: of } = await examples.count(workspace);
    renewals.set(workspace, { done: 0, of });
    const recall = options.createRecall();
    let position = await ledger.position(workspace);
    await learnAll({ examples, read }, workspace, recall, {
      signal: either,
      progress(done) {
        renewals.set(workspace, { done, of });
        progress?.(done, of);
      },
    });
    await recall.refit(either);
    await inOrder(workspace, async () => {
      position = await catchUp({ recall, workspace, position, ledger, examples, read });
      const memory = newMemory(workspace, recall, position);
      memories.set(workspace, Promise.resolve(memory));
      // Somebody may have taught between the last look at the ledger and now.
      memory.position = await catchUp({ recall, workspace, position, ledger, examples, read });
      options.follower?.forget(workspace);
      await save(memory);
    });
  }

  const planRefit = (memory: LoadedMemory, delay: number = options.refitDelay): void => {
    if (memory.refitPlanned || closing.signal.aborted) return;
    memory.refitPlanned = true;
    const task = sleep(delay, closing.signal)
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
    memory: LoadedMemory,
    signal?: AbortSignal,
    progress?: (done: number) => void,
  ): Promise<void> =>
    inOrder(memory.workspace, async () => {
      memory.refitPlanned = false;
      const either = signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
      either.throwIfAborted();
      await memory.recall.refit(either, progress);
      await save(memory);
      if (memory.recall.isUnread) planRefit(memory, readAgainDelay);
    });

  async function save(memory: LoadedMemory): Promise<void> {
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
    if (!memory.mayForget) return;
    memory.mayForget = false;
    await options.lessonReader?.keepOnly(workspace, recall, promptsOf(workspace));
  }

  async function* promptsOf(workspace: string): AsyncGenerator<string> {
    for await (const page of examples.active(workspace))
      for (const { prompt } of page) yield prompt;
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
    memory.mayForget ||= change.remove.length > 0;
    const prompts = change.add.map(({ prompt }) => prompt);
    await read(workspace, memory.recall, prompts, closing.signal);
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
    encoderChanged() {
      for (const [workspace, loading] of memories)
        loading.then((memory) => isOutdated(memory) && planRenewal(workspace)).catch(() => {});
    },
    renew,
    renewals: () => renewals,
    rowsChanged: (workspace) => options.follower?.forget(workspace),
    async settle(workspace, { signal, progress } = {}) {
      await refit(await memoryOf(workspace), signal, progress);
    },
    drop(workspace) {
      memories.delete(workspace);
      options.lessonReader?.drop(workspace);
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

const codeOf = (error: unknown) => {
  const { code, id } = asApprenticeError(error);
  return { code, id };
};
