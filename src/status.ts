import type { Config } from "./config.ts";
import type { StatusLine, StatusReport } from "./commands/context.ts";
import type { LiveModel, LiveModels } from "./learning/live/live-models.ts";
import type { Memories } from "./learning/memories.ts";
import type { LanguageModel } from "./models/model.ts";
import type { Database } from "./storage/database.ts";
import type { Examples } from "./storage/examples.ts";
import type { TextKey } from "./texts/en.ts";
import type { TextValues } from "./texts/say.ts";
import { version } from "./version.ts";

type StatusParts = {
  readonly config: Config;
  readonly database: Database;
  readonly examples: Examples;
  readonly memories: Memories;
  readonly model: LanguageModel | undefined;
  readonly live: Pick<LiveModels, "of">;
  /** The address of the console without its token, once it listens. */
  consoleUrl(): string | undefined;
  readonly platforms: PlatformStates;
  readonly spoken: SpeechEngineNames;
  /** What tells the meaning of questions. */
  readonly encoder: StatusLine;
  /** What can train. */
  readonly training: readonly StatusLine[];
};

/** How chat platforms are doing, by their name; those that are not here are not connected. */
export type PlatformStates = ReadonlyMap<string, () => StatusLine>;

/** What is on, what is off and why, for one workspace. Asks nothing over the network. */
export async function reportStatus(parts: StatusParts, workspace: string): Promise<StatusReport> {
  const { config, database, examples, memories, model } = parts;
  const [counts, position, live] = await Promise.all([
    examples.count(workspace),
    memories.position(workspace),
    parts.live.of(workspace),
  ]);
  const modelVersion = `recall@${position}`;
  const lines: StatusLine[] = [
    on("recall", "status.recall", { count: counts.active, version: modelVersion }),
    ...(counts.pending > 0
      ? [on("review", "status.recall-pending", { count: counts.pending })]
      : []),
    parts.encoder,
    ...(live ? [liveLine(live)] : []),
    model ? on("model", "status.model", { name: model.name }) : off("model", "status.model-none"),
    on("storage", "status.storage", storagePlace(config, database)),
    ...parts.training,
    ...speechLines(parts.spoken),
    ...platformLines(parts.consoleUrl(), parts.platforms),
  ];
  return {
    version,
    workspace,
    lines,
    facts: {
      workspace,
      modelVersion,
      examples: { ...counts },
      model: model?.name ?? null,
      live: live ? { version: `v${live.version.number}`, usable: live.kind !== "unusable" } : null,
      storage: database.engine,
    },
  };
}

function liveLine(live: LiveModel): StatusLine {
  const { number, dataset } = live.version;
  const version = `v${number}`;
  if (live.kind === "unusable") return problem("live", `error.${live.code}`, { version });
  return on("live", "status.live", { version, dataset: `${dataset.name} v${dataset.version}` });
}

/** The engine's name and where it keeps things, without secrets. */
export const storagePlace = (config: Config, database: Pick<Database, "engine">): TextValues =>
  database.engine === "sqlite"
    ? { engine: "SQLite", place: config.data }
    : { engine: "Postgres", place: hostOf(config["database.url"]) };

/** The places where people are. */
export function platformLines(
  consoleUrl: string | undefined,
  platforms: PlatformStates = new Map(),
): StatusLine[] {
  return [
    consoleUrl
      ? on("console", "status.console", { url: consoleUrl })
      : off("console", "status.console-off"),
    platforms.get("discord")?.() ?? off("discord", "status.discord-off"),
    platforms.get("telegram")?.() ?? off("telegram", "status.telegram-off"),
  ];
}

/** What understands speech and what speaks. */
export const speechLines = (engines: SpeechEngineNames): StatusLine[] => [
  engines.stt
    ? on("hearing", "status.hearing", { name: engines.stt.name })
    : off("hearing", "status.hearing-off"),
  engines.tts
    ? on("speaking", "status.speaking", { name: engines.tts.name })
    : off("speaking", "status.speaking-off"),
];

type SpeechEngineNames = {
  readonly stt: { readonly name: string } | undefined;
  readonly tts: { readonly name: string } | undefined;
};

export const on = (part: string, key: TextKey, values: TextValues = {}): StatusLine => ({
  part,
  state: "on",
  key,
  values,
});
export const off = (part: string, key: TextKey, values: TextValues = {}): StatusLine => ({
  part,
  state: "off",
  key,
  values,
});
export const problem = (part: string, key: TextKey, values: TextValues = {}): StatusLine => ({
  part,
  state: "problem",
  key,
  values,
});

/** The host of an address, or `?` when it is none; never its user or password. */
const hostOf = (url: string): string => URL.parse(url)?.host ?? "?";
