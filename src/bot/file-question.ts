import type { CommandCall, Message, PlatformName } from "../core/message.ts";

/** Platforms whose people answer with buttons; elsewhere files have a place of their own. */
const withButtons: readonly PlatformName[] = ["discord", "telegram"];

/** What can be learned from, by its name. */
const importable = /\.(?:csv|tsv|jsonl|ndjson|json|txt|md|zip)$/i;

/** Files without a word are asked about: what are they for? */
export function questionAbout({
  text,
  files,
  platform,
  addressed,
}: Message): CommandCall | undefined {
  const isPlain = text.trim() === "" && addressed && withButtons.includes(platform);
  if (!isPlain || !files.some(({ name }) => importable.test(name))) return undefined;
  return { name: "import", values: {} };
}
