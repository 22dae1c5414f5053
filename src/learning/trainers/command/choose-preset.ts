import type { TrainingOrder } from "../trainer.ts";
import type { Preset } from "./preset.ts";

/** The preset that an order names, if it has the method; else the first that has it. */
export const choosePreset = (
  presets: readonly Preset[],
  { method, settings }: TrainingOrder,
): Preset | undefined =>
  presets.find(
    ({ name, methods }) =>
      method in methods && (settings.preset === undefined || settings.preset === name),
  );
