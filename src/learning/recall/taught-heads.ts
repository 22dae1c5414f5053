import { noAnswer } from "./example-store.ts";
import type { HeadsTask } from "./train-heads.ts";

/** 1 for each head that has a positive example among these. */
export function taughtHeads({ demands, heads }: HeadsTask, examples: Iterable<number>): Uint8Array {
  const taught = new Uint8Array(heads);
  for (const example of examples) {
    const { answer, negative } = demands[example]!;
    if (!negative && answer !== noAnswer) taught[answer] = 1;
  }
  return taught;
}
