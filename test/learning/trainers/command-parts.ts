import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ApprenticeError } from "../../../src/core/errors.ts";
import {
  createCommandTrainer,
  type CommandOptions,
} from "../../../src/learning/trainers/command/command.ts";
import { customPreset } from "../../../src/learning/trainers/command/presets/custom.ts";
import type { Trainer, TrainingOrder } from "../../../src/learning/trainers/trainer.ts";
import { startRun } from "../../contracts/started-run.ts";
import type { TuningParts } from "./tuning-parts.ts";

const program = fileURLToPath(new URL("../../doubles/training-program.ts", import.meta.url));
export const commandLimits = { hours: 1, silentMinutes: 1, diskGb: 1, diskSeconds: 0.1 };

/** A trainer over the training program that plays a part, and what became of its processes. */
export function commandParts(parts: () => TuningParts) {
  const order = (given: Partial<TrainingOrder> = {}) => parts().order({ method: "kto", ...given });
  const started = ({ folder }: TrainingOrder): number[] => {
    const file = join(folder, "started");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
  };
  return {
    order,
    /** The numbers of the processes that were started for an order. */
    started,
    open: (manner: string, given: Partial<CommandOptions> = {}): Trainer =>
      createCommandTrainer({
        data: parts().data,
        datasets: parts().datasets,
        presets: [customPreset(["{node}", program, "{spec}", manner], "trl-kto")],
        models: ["tiny"],
        environment: { PATH: process.env["PATH"] },
        limits: commandLimits,
        graceSeconds: 5,
        pollSeconds: 0.01,
        ...given,
      }),
    /** How a training fails; nothing of it goes on. */
    async failureOf(trainer: Trainer, given = order()): Promise<ApprenticeError> {
      const failure = await startRun(trainer, given).failure();
      assert.ok(failure instanceof ApprenticeError, String(failure));
      assert.deepEqual(started(given).filter(isAlive), []);
      return failure;
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
