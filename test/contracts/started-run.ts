import assert from "node:assert/strict";
import { once } from "node:events";
import { EventEmitter } from "node:events";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { JobNews } from "../../src/core/job.ts";
import type { Json } from "../../src/core/reply.ts";
import type { Trained, Trainer, TrainingOrder } from "../../src/learning/trainers/trainer.ts";

/** A training under way, as the runner of jobs would see it. */
export type StartedRun = {
  readonly trained: Promise<Trained>;
  /** Why it ended, when not well. */
  failure(): Promise<unknown>;
  readonly news: readonly JobNews[];
  readonly progress: readonly { readonly step: number; readonly total: number | null }[];
  /** What finds the outside work again. */
  readonly handle: Json | null;
  /** Resolves at the next progress. */
  moved(): Promise<unknown>;
  /** As when a person cancels. */
  cancel(): void;
  /** As when Apprentice stops. */
  stop(): void;
  pause(): void;
  resume(): void;
  /** All values of one kind that were measured, in order. */
  measured(name: string): number[];
};

export const stopping = new Error("Apprentice stops");

export function startRun(
  trainer: Trainer,
  order: TrainingOrder,
  earlier: Json | null = null,
): StartedRun {
  const controller = new AbortController();
  const signals = new EventEmitter();
  const news: JobNews[] = [];
  const progress: { step: number; total: number | null }[] = [];
  let handle = earlier;
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const trained = trainer.run(order, {
    signal: controller.signal,
    resumed: () => gate.promise,
    handle: earlier,
    async remember(next) {
      // As a database would: what was not kept as JSON is lost.
      handle = JSON.parse(JSON.stringify(next)) as Json;
    },
    rememberWithin: () => assert.fail("a training has no transaction of its own"),
    tell: (piece) => void news.push(piece),
    progress(step) {
      progress.push(step);
      signals.emit("moved");
    },
  });
  trained.catch(() => {});
  return {
    trained,
    failure: () =>
      trained.then(
        () => undefined,
        (error: unknown) => error,
      ),
    news,
    progress,
    get handle() {
      return handle;
    },
    moved: () => Promise.race([once(signals, "moved"), trained]),
    cancel: () => controller.abort(new ApprenticeError("cancelled")),
    stop: () => controller.abort(stopping),
    pause() {
      gate = Promise.withResolvers<void>();
    },
    resume: () => gate.resolve(),
    measured: (name) =>
      news.flatMap((piece) =>
        piece.kind === "metric" && name in piece.values ? [piece.values[name]!] : [],
      ),
  };
}
