import type { Preset } from "../preset.ts";
import { axolotl } from "./axolotl.ts";
import { llamafactory } from "./llamafactory.ts";
import { trlDpo } from "./trl-dpo.ts";
import { trlKto } from "./trl-kto.ts";
import { trlSft } from "./trl-sft.ts";

/** The programs that we know how to start. */
export const presets: readonly Preset[] = [trlSft, trlDpo, trlKto, llamafactory, axolotl];
