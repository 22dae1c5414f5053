import { noAnswer } from "./example-store.ts";
import { compressNet } from "./net.ts";
import type { Net } from "./net.ts";
import type { HeadsTask } from "./train-heads.ts";
import { trainNet } from "./train-net.ts";
import type { NetTask, TrainedNet } from "./train-net.ts";

/** With fewer examples per answer nets do harm more often than good. */
const examplesPerAnswer = 20;
const epochs = 10;

/** What each net reads, as first and last feature group: everything, and characters alone. */
const readers = [
  [0, 2],
  [2, 2],
] as const;

/** How many epochs the nets of these examples need; 0 where nets are not worth a try. */
export function netEpochsFor(task: HeadsTask): number {
  const taught = positives(task);
  const answers = new Set(Array.from(taught, (example) => task.demands[example]!.answer)).size;
  return answers > 1 && taught.length >= examplesPerAnswer * answers ? epochs : 0;
}

/** Trains the nets that vote with the heads. */
export function trainNets(
  task: HeadsTask,
  groupOf: Uint8Array,
  netEpochs: number,
  progress?: (done: number) => void,
  passed?: (net: number, loss: number, trained: TrainedNet, reads: Reads) => boolean,
): Net[] {
  const chosen = positives(task);
  return readers.map((groups, place) => {
    const netTask: NetTask = {
      ...task,
      chosen,
      groups,
      groupOf,
      epochs: netEpochs,
      seed: task.seed + place,
      ...(passed && {
        passed: (loss: number, net: TrainedNet) =>
          passed(place, loss, net, readsOf(groups, groupOf)),
      }),
    };
    const trained = trainNet(netTask, (done) => progress?.((place + done) / readers.length));
    return compressNet(trained, netTask);
  });
}

/** Whether a net reads a feature. */
type Reads = (feature: number) => boolean;

const readsOf =
  ([first, last]: readonly [number, number], groupOf: Uint8Array): Reads =>
  (feature) =>
    groupOf[feature]! >= first && groupOf[feature]! <= last;

/** The examples that name an answer. */
function positives({ demands, chosen }: HeadsTask): Int32Array {
  const examples = chosen ?? Int32Array.from(demands.keys());
  return examples.filter((example) => {
    const { answer, negative } = demands[example]!;
    return !negative && answer !== noAnswer;
  });
}
