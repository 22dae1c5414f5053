import { elapsed } from "../../../core/clock.ts";
import { relative, sep } from "node:path";
import type { Encoders } from "../../../encoders/encoders.ts";
import type { JobCost } from "../../../core/job.ts";
import type { DatasetMemory } from "../../../storage/datasets.ts";
import { readVersionRows } from "../../datasets/versions.ts";
import type { Trainer, TrainingFinding, TrainingOrder, TrainingSettings } from "../trainer.ts";
import { runThread } from "./run-thread.ts";

export type EmbeddedTrainerParts = {
  /** The data folder. */
  readonly data: string;
  readonly memory: Pick<DatasetMemory, "retracted">;
  /** What tells the meaning of prompts. */
  readonly encoders: Pick<Encoders, "usedName" | "place">;
};

/** A single row is learned word for word, as recall does. */
const leastRows = 1;
const known: ReadonlySet<string> = new Set<keyof TrainingSettings>(["epochs", "seed"]);
const usualSeed = 1;

/** Seconds per row on one core of 2023; see docs/training.md. */
const secondsPerRow = 0.0006;
const secondsToStart = 1;

/**
 * Recall's own learner, trained as a job on the train split of a dataset version: nothing but this
 * machine is needed. The artefact is one file, the whole trained memory; the same rows and seed give
 * the same bytes. A training that was cut off begins anew.
 */
export function createEmbeddedTrainer({ data, memory, encoders }: EmbeddedTrainerParts): Trainer {
  const place = ({ workspace, dataset: { name, version } }: TrainingOrder) => ({
    workspace,
    name,
    version,
  });
  return {
    name: "embedded",
    traits: { methods: { embedded: null }, canPause: true, leastRows },
    async check(order) {
      const retracted = await memory.retracted(order.workspace);
      const counts = { train: 0, validation: 0, negative: 0 };
      const answers = new Set<string>();
      for await (const row of readVersionRows(data, place(order))) {
        if (retracted.has(row.id) || row.split === "test") continue;
        counts[row.split] += 1;
        if (row.split !== "train") continue;
        if (row.label === "negative") counts.negative += 1;
        else if (row.answer !== null) answers.add(row.answer);
      }
      return findingsOf(order, counts, answers.size);
    },
    async estimate(order) {
      let rows = 0;
      for await (const row of readVersionRows(data, place(order), "train")) if (row) rows += 1;
      return {
        seconds: Math.ceil(secondsToStart + rows * secondsPerRow),
        tokens: null,
        dollars: 0,
      };
    },
    async run(order, run) {
      const begun = elapsed();
      const { rows, done } = await runThread(
        {
          data,
          place: place(order),
          retracted: [...(await memory.retracted(order.workspace))],
          folder: order.folder,
          seed: order.settings.seed ?? usualSeed,
          encoder: { name: encoders.usedName(), place: encoders.place },
          passes: order.settings.epochs ?? null,
        },
        run,
      );
      const cost: JobCost = { seconds: (elapsed() - begun) / 1_000, tokens: null, dollars: 0 };
      const folder = relative(data, order.folder).split(sep).join("/");
      return {
        base: null,
        artefact: { kind: "memory", folder, file: done.file },
        served: null,
        sunset: null,
        cost,
        unused: rows.retracted > 0 ? { retracted: rows.retracted } : {},
        metrics: done.metrics,
      };
    },
  };
}

function findingsOf(
  { method, settings, base }: TrainingOrder,
  counts: { readonly train: number; readonly validation: number; readonly negative: number },
  answers: number,
): TrainingFinding[] {
  const { train, validation, negative } = counts;
  const findings: TrainingFinding[] = [];
  const find = (code: TrainingFinding["code"], stops: boolean, values = {}) =>
    findings.push({ code, stops, values });
  if (method !== "embedded") find("method-unknown", true, { method, methods: "embedded" });
  if (train < leastRows) find("too-few-rows", true, { rows: train, least: leastRows });
  else if (answers === 0) find("nothing-to-train", true, { reasons: `negative: ${negative}` });
  else if (answers === 1) find("one-answer", false);
  if (validation === 0 && train >= leastRows) find("no-validation", false);
  const unknown = Object.keys(settings).filter((setting) => !known.has(setting));
  if (base !== null) unknown.push("base");
  for (const setting of unknown) find("setting-unknown", false, { setting });
  return findings;
}
