import type { OpenedRecall } from "../recall/embedded-recall.ts";
import type { RecallChange, Recollect, Taught } from "../recall/recall.ts";

/** The memory that a training made, kept from saying what was taken back or corrected since. */
export type TrainedMemory = {
  readonly recollect: Recollect;
  /** Lets its encoder read what will be asked. */
  prepare(prompts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Whether it was trained on this example. */
  holds(exampleId: string): boolean;
  /**
   * Follows the ledger: what no longer counts goes, what was rejected is not said, and a newer lesson
   * silences the rows it contradicts; an answer that says something else by now says that. It learns no
   * new answers: those are the instant memory's.
   */
  follow(change: RecallChange): void;
};

/** More at once would only enter the index, not the heads. */
const mostAtOnce = 32;

export function createTrainedMemory({ recall, taught }: OpenedRecall): TrainedMemory {
  const trainedOn = new Map(taught.map((each) => [each.id, each]));
  /** What a newer lesson silenced, by the lesson's id. */
  const silenced = new Map<string, readonly Taught[]>();

  const forget = (remove: readonly string[]): void => {
    const back = remove.flatMap((id) => silenced.get(id) ?? []);
    for (const id of remove) silenced.delete(id);
    recall.apply({ add: back, remove });
  };

  /** The rows that a newer lesson contradicts. */
  const contradicted = ({ prompt, answer, label }: Taught): readonly Taught[] => {
    const rows = recall.taughtAt(prompt).flatMap((id) => trainedOn.get(id) ?? []);
    return rows.filter((row) => (row.answer === answer) === (label === "negative"));
  };

  const silence = (lesson: Taught): void => {
    const rivals = contradicted(lesson);
    if (rivals.length === 0) return;
    silenced.set(lesson.id, rivals);
    recall.apply({ add: [], remove: rivals.map(({ id }) => id) });
  };

  return {
    recollect: (prompt, options) => recall.recollect(prompt, options),
    prepare: (prompts, signal) => recall.prepare(prompts, "ask", signal),
    holds: (exampleId) => trainedOn.has(exampleId),
    follow({ add, remove, texts }) {
      if (texts) recall.apply({ add: [], remove: [], texts });
      if (remove.length > 0) forget(remove);
      const taken: Taught[] = [];
      for (const lesson of add) {
        const isOwn = trainedOn.has(lesson.id);
        if (!isOwn) silence(lesson);
        if (isOwn || takesAway(lesson)) taken.push(lesson);
      }
      for (let start = 0; start < taken.length; start += mostAtOnce)
        recall.apply({ add: taken.slice(start, start + mostAtOnce), remove: [] });
    },
  };
}

/** Whether a lesson only says what must not be answered. */
const takesAway = ({ label, answer }: Taught): boolean => label === "negative" || answer === null;
