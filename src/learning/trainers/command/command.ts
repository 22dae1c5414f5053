import { join, posix, relative, sep } from "node:path";
import { ApprenticeError } from "../../../core/errors.ts";
import type { ServedModel } from "../../../core/model-version.ts";
import type { Datasets } from "../../datasets/datasets.ts";
import type { Serving } from "../../serving/serving.ts";
import { checkOrder, stop, warn, type OrderRules } from "../check-order.ts";
import { keyOf } from "../job-key.ts";
import { tokensOf } from "../tokens.ts";
import type {
  Trained,
  Trainer,
  TrainerTraits,
  TrainingFinding,
  TrainingOrder,
  TrainingRun,
} from "../trainer.ts";
import { adapterFiles } from "./artefact.ts";
import { choosePreset } from "./choose-preset.ts";
import { freeSpace } from "./disk-use.ts";
import { endingOf } from "./ending.ts";
import { findProgram } from "./find-program.ts";
import { followProgram, type FollowOptions } from "./follow-program.ts";
import { leastFree } from "./limits.ts";
import { programOf, type Preset } from "./preset.ts";
import { prepareRun } from "./prepare-run.ts";
import { startProgram } from "./program.ts";
import { runFiles } from "./run-folder.ts";

export type CommandOptions = Pick<FollowOptions, "limits" | "graceSeconds" | "pollSeconds"> & {
  /** The data folder. */
  readonly data: string;
  readonly datasets: Pick<Datasets, "export" | "exportable">;
  /** The programs that may be started, the usual one for each method first. */
  readonly presets: readonly Preset[];
  /** The models that a training may start from, the usual one first. */
  readonly models: readonly string[];
  /** All that a program is told of our environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where trained adapters are loaded, so that they answer. */
  readonly serving?: Serving;
};

/** A trainer that starts programs on this machine: what they are, only its operator says. */
export function createCommandTrainer(options: CommandOptions): Trainer {
  const { datasets, presets, models, environment, data } = options;
  const traits: TrainerTraits = {
    methods: Object.fromEntries(
      presets
        .flatMap(({ methods }) => Object.entries(methods))
        .map(([method, { target }]) => [method, target]),
    ),
    canPause: process.platform !== "win32",
    leastRows: 1,
  };
  const rulesOf = (preset: Preset | undefined, order: TrainingOrder): OrderRules => {
    const target = preset?.methods[order.method]?.target;
    return {
      datasets,
      traits: target
        ? { ...traits, methods: { ...traits.methods, [order.method]: target } }
        : traits,
      knownSettings: ["epochs", "batchSize", "learningRate", "beta", "seed", "preset"],
      defaultBase: models[0] ?? "",
      baseSetting: "trainers.command.models",
    };
  };

  return {
    name: "command",
    traits,
    async check(order) {
      const findings: TrainingFinding[] = [];
      const preset = choosePreset(presets, order);
      if (!preset && order.settings.preset !== undefined) {
        const values = { preset: order.settings.preset, presets: namesOf(presets) };
        findings.push(stop("preset-unknown", values));
      }
      if (order.base !== null && !models.includes(order.base)) {
        findings.push(stop("base-unknown", { base: order.base, bases: models.join(", ") }));
      }
      const program = preset && programOf(preset);
      if (program !== undefined && !(await findProgram(program, environment))) {
        findings.push(stop("program-missing", { program }));
      }
      const free = await freeSpace(data);
      if (free < 10 * leastFree) {
        findings.push(warn("disk-low", { free: Math.round(free / 1024 / 1024) }));
      }
      const checked = await checkOrder(rulesOf(preset, order), order);
      return [...findings, ...checked.findings];
    },
    async estimate(order) {
      const preset = neededPreset(presets, order, traits);
      const { target } = preset.methods[order.method]!;
      const place = { workspace: order.workspace, ...order.dataset };
      const content = await datasets.exportable(place, target);
      const epochs = order.settings.epochs ?? preset.defaults.epochs ?? 1;
      return { seconds: null, tokens: tokensOf(content) * epochs, dollars: 0 };
    },
    async run(order, run): Promise<Trained> {
      const preset = neededPreset(presets, order, traits);
      const base = neededBase(models, order);
      const { data: rows, program: name } = await prepareRun({ datasets, preset, base }, order);
      const program = await startProgram(order.folder, environment);
      const { folder } = order;
      const { exit, metrics } = await followProgram(program, run, { ...options, folder, name });
      const { output, log } = runFiles(folder);
      if (exit.error !== null) {
        const reason = exit.error;
        throw new ApprenticeError("training-program-missing", { program: name, reason });
      }
      if (exit.code !== 0) {
        const { ending, reason } = await endingOf(exit, log);
        throw new ApprenticeError("training-program-failed", {
          program: name,
          ending,
          reason,
          log,
        });
      }
      const files = await adapterFiles(output, name);
      const served = await serve(options.serving, { folder: output, files }, order, run.tell);
      return {
        base,
        artefact: { kind: "adapter", folder: relativeTo(data, output), files },
        served,
        sunset: null,
        cost: { seconds: (exit.endedAt - exit.startedAt) / 1000, tokens: null, dollars: 0 },
        unused: rows.unused,
        metrics,
      };
    },
  };
}

/** A server that is down must not cost a training that is done: the version waits to be served. */
async function serve(
  serving: Serving | undefined,
  adapter: Parameters<Serving["serve"]>[0],
  order: TrainingOrder,
  tell: TrainingRun["tell"],
): Promise<ServedModel | null> {
  if (!serving) return null;
  try {
    return await serving.serve(adapter, keyOf(order.jobId));
  } catch (error) {
    if (!(error instanceof ApprenticeError)) throw error;
    const { code, values, id } = error;
    const failure = { code, values, id };
    tell({ kind: "note", code: "not-served", values: {}, warns: true, failure });
    return null;
  }
}

/** Throws `training-preset-unknown` or `training-method`. */
function neededPreset(
  presets: readonly Preset[],
  order: TrainingOrder,
  traits: TrainerTraits,
): Preset {
  const preset = choosePreset(presets, order);
  if (preset) return preset;
  const wanted = order.settings.preset;
  if (wanted !== undefined) {
    throw new ApprenticeError("training-preset-unknown", {
      preset: wanted,
      presets: namesOf(presets),
    });
  }
  const methods = Object.keys(traits.methods).join(", ");
  throw new ApprenticeError("training-method", {
    trainer: "command",
    method: order.method,
    methods,
  });
}

/** Throws `training-base-missing` or `training-base-unknown`. */
function neededBase(models: readonly string[], { base }: TrainingOrder): string {
  const wanted = base ?? models[0];
  if (wanted === undefined) {
    throw new ApprenticeError("training-base-missing", { setting: "trainers.command.models" });
  }
  if (models.includes(wanted)) return wanted;
  throw new ApprenticeError("training-base-unknown", { base: wanted, bases: models.join(", ") });
}

const namesOf = (presets: readonly Preset[]): string => presets.map(({ name }) => name).join(", ");

/** Throws when a job's folder is not in the data folder: an artefact must move with it. */
function relativeTo(data: string, folder: string): string {
  const path = relative(data, folder).split(sep).join(posix.sep);
  if (path.startsWith("..") || join(data, path) !== folder) {
    throw new ApprenticeError(
      "internal",
      {},
      { cause: new Error("a job outside the data folder") },
    );
  }
  return path;
}
