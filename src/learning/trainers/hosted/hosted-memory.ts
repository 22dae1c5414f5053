import { z } from "zod";
import type { Json } from "../../../core/reply.ts";
import type { TrainingRun } from "../trainer.ts";

const remembered = z.object({
  /** Files that were begun to be sent, by name; `null` until their id is known. */
  files: z.record(z.string(), z.string().nullable()),
  /** Whether the provider was asked to begin the training, with whatever outcome. */
  asked: z.boolean(),
  job: z.string().nullable(),
  /** The id of the file that is trained on. */
  train: z.string().nullable(),
  /** Where the news continue. */
  cursor: z.custom<Json>(() => true),
  /** The last measured values. */
  metrics: z.record(z.string(), z.number()),
});
type Remembered = z.infer<typeof remembered>;

/** What finds the outside work again after a restart: on disk before anything rests on it. */
export type HostedMemory = {
  readonly value: Remembered;
  update(change: Partial<Remembered>): Promise<void>;
};

export function openMemory(run: Pick<TrainingRun, "handle" | "remember">): HostedMemory {
  const nothing = { files: {}, asked: false, job: null, train: null, cursor: null, metrics: {} };
  let value: Remembered = remembered.catch(nothing).parse(run.handle);
  return {
    get value() {
      return value;
    },
    async update(change) {
      value = { ...value, ...change };
      await run.remember(value);
    },
  };
}
