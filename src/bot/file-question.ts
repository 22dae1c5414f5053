import type { CommandCall, Message, PlatformName } from "../core/message.ts";
import { isImportable } from "../learning/importers/importable.ts";

/** Platforms whose people answer with buttons; elsewhere files have a place of their own. */
const withButtons: readonly PlatformName[] = ["discord", "telegram"];

/** Files without a word are asked about: what are they for? */
export function questionAbout({
  text,
  files,
  platform,
  addressed,
}: Message): CommandCall | undefined {
  const isPlain = text.trim() === "" && addressed && withButtons.includes(platform);
  if (!isPlain || !files.some(({ name }) => isImportable(name))) return undefined;
  return { name: "import", values: {} };
}
