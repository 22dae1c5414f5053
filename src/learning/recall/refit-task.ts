import type { PackedExamples } from "./example-store.ts";
import type { PackedMeanings, PackedModel } from "./pack-model.ts";

export type RefitOptions = { readonly seed: number };

/** What the thread is told, and what it tells. */
export type RefitTask = RefitOptions & {
  readonly examples: PackedExamples;
  readonly meanings: PackedMeanings;
};
export type RefitNews = { readonly done: number } | { readonly model: PackedModel };

/** The buffers of all arrays in a value: they change threads without being copied. */
export function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === "object" && value !== null)
    for (const each of Object.values(value)) buffersIn(each, found);
  return [...found];
}
