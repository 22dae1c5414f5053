import { ApprenticeError } from "../../core/errors.ts";
import type { Datasets } from "../datasets/datasets.ts";
import type { ExportContent } from "../datasets/export-version.ts";
import type { ExportTarget } from "../datasets/export-targets.ts";
import type { TrainerTraits, TrainingFinding, TrainingOrder, TrainingSettings } from "./trainer.ts";

export type OrderRules = {
  readonly datasets: Pick<Datasets, "exportable">;
  readonly traits: TrainerTraits;
  readonly knownSettings: readonly (keyof TrainingSettings)[];
  /** The model to start from, when the order names none. */
  readonly defaultBase: string;
  /** The setting that names it. */
  readonly baseSetting: string;
};

export type CheckedOrder = {
  readonly findings: readonly TrainingFinding[];
  /** What would be trained on; `undefined` when there is nothing. */
  readonly content: ExportContent | undefined;
};

/** What every trainer of language models must look at before it begins. */
export async function checkOrder(rules: OrderRules, order: TrainingOrder): Promise<CheckedOrder> {
  const { datasets, traits, knownSettings, defaultBase, baseSetting } = rules;
  const target = targetOf(traits, order);
  if (target === undefined) {
    const values = { method: order.method, methods: Object.keys(traits.methods).join(", ") };
    return { findings: [stop("method-unknown", values)], content: undefined };
  }
  const findings: TrainingFinding[] = Object.keys(order.settings)
    .filter((setting) => !knownSettings.includes(setting as keyof TrainingSettings))
    .map((setting) => warn("setting-unknown", { setting }));
  if ((order.base ?? defaultBase) === "") {
    findings.push(stop("base-missing", { setting: baseSetting }));
  }
  const place = { workspace: order.workspace, ...order.dataset };
  const content = await datasets.exportable(place, target).catch((error: unknown) => {
    if (!(error instanceof ApprenticeError) || error.code !== "dataset-export-empty") throw error;
    findings.push(stop("nothing-to-train", { reasons: String(error.values["reasons"]) }));
    return undefined;
  });
  if (!content) return { findings, content };
  const rows = content.lines.train.length;
  if (rows < traits.leastRows) {
    findings.push(stop("too-few-rows", { rows, least: traits.leastRows }));
  }
  const unused = Object.entries(content.leftOut);
  if (unused.length > 0) {
    const count = unused.reduce((sum, [, number]) => sum + number, 0);
    const reasons = unused.map(([reason, number]) => `${reason}: ${number}`).join(", ");
    findings.push(warn("rows-unused", { count, reasons }));
  }
  return { findings, content };
}

/** The format of rows for an order; `undefined` when the trainer cannot train so. */
export const targetOf = (traits: TrainerTraits, order: TrainingOrder): ExportTarget | undefined =>
  traits.methods[order.method] ?? undefined;

/** As `targetOf`; throws `training-method`. */
export function neededTarget(
  traits: TrainerTraits,
  order: TrainingOrder,
  trainer: string,
): ExportTarget {
  const target = targetOf(traits, order);
  if (target) return target;
  throw new ApprenticeError("training-method", {
    trainer,
    method: order.method,
    methods: Object.keys(traits.methods).join(", "),
  });
}

export const warn = (
  code: TrainingFinding["code"],
  values: TrainingFinding["values"],
): TrainingFinding => ({ code, stops: false, values });
export const stop = (
  code: TrainingFinding["code"],
  values: TrainingFinding["values"],
): TrainingFinding => ({ code, stops: true, values });
