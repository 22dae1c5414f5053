import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { asApprenticeError, ApprenticeError } from "./core/errors.ts";
import { logLevels } from "./core/log.ts";
import { taughtOnlyPlaces } from "./core/community.ts";
import { nearest } from "./core/nearest.ts";
import { choice, secret, text, toggle, whole, type Setting } from "./setting.ts";
import { limitSettings } from "./limit-settings.ts";
import { recallSettings } from "./recall-settings.ts";
import { speechSettings } from "./speech-settings.ts";
import { prefixPattern } from "./core/prefix.ts";
import { trainingSettings } from "./training-settings.ts";
import type { TextKey } from "./texts/en.ts";

/**
 * Every setting, once. The path is its place in `apprentice.yaml`; the environment variable is the
 * path in capitals after `APPRENTICE_`, e.g. `APPRENTICE_CONSOLE_PORT`. A secret can also come from a
 * file: `APPRENTICE_MODEL_API_KEY_FILE=/run/secrets/key`. Some have a second, well-known variable, which
 * the first wins over: `DISCORD_TOKEN`, `DISCORD_TOKEN_FILE`.
 */
export const settings = {
  mode: choice(
    ["dev", "prod"],
    "dev",
    "dev: readable log lines; prod: JSON log lines, and a console that others can reach needs a fixed console.token.",
  ),
  data: text("./data", "The folder that holds everything Apprentice keeps."),
  prefix: {
    schema: z.string().regex(prefixPattern),
    allowed: { allowed: "settings.prefix-rule" },
    fallback: "!",
    about: "What a command in a message starts with.",
  } satisfies Setting<string>,
  voice: choice(
    ["auto", "en", "ru", "classic"],
    "auto",
    "How the bot speaks; auto follows each person's language.",
  ),
  "log.level": choice(logLevels, "info", "The least important events that are logged."),
  "console.host": text("127.0.0.1", "The address the web console listens on."),
  "console.port": whole(0, 65_535, 7_788, "The port of the web console; 0 picks a free one."),
  "console.hosts": text(
    "",
    "Further host names the console answers to, separated by commas, for a reverse proxy.",
  ),
  "console.token": secret("The token that opens the web console; a new one each start when empty."),
  "database.url": secret(
    "postgres://... to keep data on a Postgres server; empty: SQLite in the data folder.",
  ),
  "library.quotaMb": whole(
    1,
    1_000_000,
    1_024,
    "How many megabytes one workspace's library may hold.",
  ),
  ...limitSettings,
  "conversation.historyTurns": whole(0, 200, 12, "How many earlier turns a language model sees."),
  "conversation.historyCharacters": whole(
    0,
    1_000_000,
    12_000,
    "How many characters of earlier turns a language model sees.",
  ),
  "teaching.reviewMembers": toggle(
    true,
    "Whether what members teach waits for review by a trainer, where a workspace has not said.",
  ),
  "gate.marginPercent": whole(
    0,
    50,
    2,
    "How many percentage points of a test split a model may lose against what answers now and still go live.",
  ),
  "jobs.atOnce": whole(1, 32, 2, "How many trainings are worked on at once."),
  ...recallSettings,
  "recall.idleMinutes": whole(
    1,
    10_000,
    30,
    "After how many minutes without a question a community's knowledge leaves the working memory; the next question brings it back.",
  ),
  ...speechSettings,
  "model.provider": choice(
    ["none", "openai-compatible", "openai", "anthropic", "google"],
    "none",
    "Who runs the language model; none: only what was taught is answered.",
  ),
  "model.url": text(
    "",
    "Where the language model is, e.g. http://127.0.0.1:11434/v1; empty: the provider's own.",
  ),
  "model.name": text("", "Which language model answers."),
  "model.apiKey": secret("The key for the language model's provider."),
  "model.sees": toggle(false, "Whether the language model takes images."),
  "model.timeoutSeconds": whole(
    1,
    3_600,
    60,
    "How many seconds a language model may take for one answer.",
  ),
  "model.retries": whole(
    0,
    10,
    2,
    "How often a failed request to the language model is tried again.",
  ),
  "model.taughtOnly": choice(
    taughtOnlyPlaces,
    "communities",
    "Where a language model answers only from what was taught, unless a community has chosen: in communities and not in private chats, always, or never.",
  ),
  "model.judgementsPerHour": whole(
    0,
    100_000,
    240,
    "How often an hour the language model may be asked, in each community, what an unsure question means; 0: never.",
  ),
  ...trainingSettings,
  "discord.token": {
    ...secret("The token of the Discord bot; empty: not in Discord."),
    alias: "DISCORD_TOKEN",
  },
  "discord.apiUrl": {
    ...text("", "Where a Discord-compatible server is; empty: Discord itself."),
    alias: "DISCORD_API_URL",
  },
  "discord.messageContent": toggle(
    true,
    "Whether to ask Discord for the content of all messages, which !commands and listening rooms need.",
  ),
  "discord.commands": choice(
    ["global", "guilds", "off"],
    "global",
    "Where slash commands are registered: once for all guilds, in each guild by itself, or not at all.",
  ),
  "discord.trainerRoles": text(
    "",
    "Names or ids of the Discord roles that make trainers, separated by commas.",
  ),
  "discord.catchUpMinutes": whole(
    0,
    1_440,
    60,
    "How old messages may be that came while no process ran and are answered after the start; 0: none is.",
  ),
  "discord.shardCount": whole(
    0,
    10_000,
    0,
    "Into how many shards the guilds are divided; 0: as many as Discord recommends.",
  ),
  "discord.shards": {
    schema: z.string().regex(/^(\d{1,5}(-\d{1,5})?(,(?!$)|$))*$/u),
    allowed: { allowed: "setting.ranges" },
    fallback: "",
    about: "Which of the shards this process takes, e.g. 0-3; empty: all of them.",
  } satisfies Setting<string>,
  "telegram.token": {
    ...secret("The token of the Telegram bot, from @BotFather; empty: not in Telegram."),
    alias: "TELEGRAM_TOKEN",
  },
  "telegram.apiUrl": {
    ...text("https://api.telegram.org", "Where the Telegram Bot API is."),
    alias: "TELEGRAM_API_URL",
  },
  "telegram.webhookUrl": text(
    "",
    "The https address at which Telegram reaches the webhook; empty: long polling.",
  ),
  "telegram.webhookHost": text("127.0.0.1", "The address the webhook listens on."),
  "telegram.webhookPort": whole(0, 65_535, 8_443, "The port the webhook listens on."),
  "telegram.webhookSecret": secret(
    "What Telegram must say with each webhook call; a new one each start when empty.",
  ),
  "privacy.operator": text("", "Who runs this bot and how to reach them, told by privacy."),
  "privacy.url": text("", "The address of your privacy policy, told by privacy."),
} as const;

export type SettingPath = keyof typeof settings;
/** The effective settings by path: `config["console.port"]`. */
export type Config = {
  readonly [Path in SettingPath]: (typeof settings)[Path] extends Setting<infer Value>
    ? Value
    : never;
};

/** Where a value came from: a file's name, an environment variable's, or `default`. */
export type Sources = Readonly<Record<SettingPath, string>>;

/** Reads apprentice.yaml, `.env` and the environment of `folder`; what comes later wins. */
export function readConfig(
  folder: string = process.cwd(),
  environment: NodeJS.ProcessEnv = process.env,
): { readonly config: Config; readonly sources: Sources } {
  const found = new Map<SettingPath, { value: unknown; source: string }>();
  readYaml(join(folder, "apprentice.yaml"), found);
  readEnvironment(dotEnv(join(folder, ".env")), ".env", found);
  readEnvironment(environment, "environment", found);
  const config: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  for (const [path, setting] of Object.entries(settings) as [SettingPath, Setting<unknown>][]) {
    const entry = found.get(path);
    config[path] = entry ? parse(path, setting, entry) : setting.fallback;
    sources[path] = entry?.source ?? "default";
  }
  config["data"] = resolve(folder, String(config["data"]));
  checkStrictness(config as Config, sources as Sources);
  return { config: config as Config, sources: sources as Sources };
}

/** The shortest token for a console that other machines can reach. */
const strictTokenLength = 20;

/**
 * Refuses a short token for a console that others can reach. `mode: prod` insists on one of its own: one
 * made at each start would be known to nobody there.
 */
function checkStrictness(config: Config, sources: Sources): void {
  const isLocal = /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(config["console.host"]);
  if (isLocal || (config.mode === "dev" && config["console.token"] === "")) return;
  if (config["console.token"].length >= strictTokenLength) return;
  const value = config["console.token"] === "" ? '""' : "[hidden]";
  throw new ApprenticeError("config-invalid", {
    path: "console.token",
    value,
    allowed: "setting.strict-token" satisfies TextKey,
    least: String(strictTokenLength),
    nearest: "",
    source: config["console.token"] === "" ? "apprentice.yaml" : sources["console.token"],
  });
}

/** The name of the environment variable of a setting. */
export const variableOf = (path: SettingPath): string =>
  `APPRENTICE_${path
    .replaceAll(".", "_")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toUpperCase()}`;

type Found = Map<SettingPath, { value: unknown; source: string }>;

function parse(
  path: SettingPath,
  setting: Setting<unknown>,
  entry: { value: unknown; source: string },
) {
  const result = setting.schema.safeParse(entry.value);
  if (result.success) return result.data;
  throw new ApprenticeError("config-invalid", {
    path,
    value: setting.secret ? "[hidden]" : JSON.stringify(entry.value),
    ...setting.allowed,
    nearest: nearest(String(entry.value), setting.choices ?? []) ?? "",
    source: entry.source,
  });
}

function readYaml(file: string, found: Found): void {
  const source = "apprentice.yaml";
  if (!existsSync(file)) return;
  let document: unknown;
  try {
    document = parseYaml(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ApprenticeError(
      "config-unreadable",
      { file, reason: firstLine(error) },
      { cause: error },
    );
  }
  if (document === null || document === undefined) return;
  if (typeof document !== "object" || Array.isArray(document)) {
    throw new ApprenticeError("config-unreadable", {
      file,
      reason: "not-settings",
    });
  }
  for (const [path, value] of leaves(document as Record<string, unknown>)) {
    found.set(known(path, Object.keys(settings), source), { value, source });
  }
}

function* leaves(branch: Record<string, unknown>, above = ""): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(branch)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      yield* leaves(value as Record<string, unknown>, `${above}${name}.`);
    } else if (value !== null) yield [above + name, value];
  }
}

function dotEnv(file: string): NodeJS.ProcessEnv {
  if (!existsSync(file)) return {};
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ApprenticeError(
      "config-unreadable",
      { file, reason: firstLine(error) },
      { cause: error },
    );
  }
}

function readEnvironment(environment: NodeJS.ProcessEnv, place: string, found: Found): void {
  const own = new Map(
    (Object.keys(settings) as SettingPath[]).map((path) => [variableOf(path), path]),
  );
  for (const [variable, path] of aliases) take(variable, path);
  for (const variable of Object.keys(environment)) {
    if (!variable.startsWith("APPRENTICE_") || !environment[variable]) continue;
    if (ignoredVariables.has(variable)) continue;
    const isFile = variable.endsWith(fileEnding) && !own.has(variable);
    const name = isFile ? variable.slice(0, -fileEnding.length) : variable;
    known(name, [...own.keys()], place);
    take(name, own.get(name)!);
  }

  function take(name: string, path: SettingPath): void {
    const [value, file] = [environment[name], environment[name + fileEnding]];
    if (value) found.set(path, { value, source: `${name} (${place})` });
    else if (file)
      found.set(path, { value: secretFrom(file), source: `${name}${fileEnding} (${place})` });
  }
}

const fileEnding = "_FILE";

/** Settings by the second name of their variable. */
const aliases: readonly (readonly [string, SettingPath])[] = (
  Object.entries(settings) as [SettingPath, Setting<unknown>][]
).flatMap(([path, { alias }]) => (alias === undefined ? [] : [[alias, path] as const]));

/** Variables of ours that are not settings. */
const ignoredVariables = new Set(["APPRENTICE_TEST_POSTGRES"]);

/**
 * What a training program is told of our environment: what a program needs to find itself, its libraries
 * and its graphics cards, and the variables that the operator names. Never our own settings and keys.
 */
export function programEnvironment(
  names: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const told = Object.entries(environment).filter(
    ([name]) => names.includes(name) || usualVariables.test(name),
  );
  return Object.fromEntries(told);
}

const usualVariables =
  /^(PATH|Path|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SystemRoot|USERPROFILE|LOCALAPPDATA|APPDATA|LD_LIBRARY_PATH|VIRTUAL_ENV|CONDA_\w+|CUDA_\w+|NVIDIA_\w+|NCCL_\w+|HIP_\w+|ROC\w+|HF_HOME|HF_HUB_CACHE|HF_HUB_OFFLINE|TRANSFORMERS_OFFLINE|OMP_NUM_THREADS)$/;

function secretFrom(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new ApprenticeError(
      "config-unreadable",
      { file, reason: firstLine(error) },
      { cause: error },
    );
  }
}

function known(name: string, names: readonly string[], source: string): SettingPath {
  if (names.includes(name)) return name as SettingPath;
  throw new ApprenticeError("config-unknown", {
    path: name,
    nearest: names.find((other) => other.startsWith(`${name}.`)) ?? nearest(name, names) ?? "",
    allowed: beside(name, names).join(", "),
    source,
  });
}

/** The names in the same group as a wrong one, else the groups (`model.*`) and what stands alone. */
function beside(name: string, names: readonly string[]): readonly string[] {
  const group = /^(APPRENTICE_)?[^._]+[._]/.exec(name)?.[0] ?? `${name}.`;
  const siblings = names.filter((other) => other.startsWith(group));
  if (siblings.length > 0) return siblings;
  const tops = names.map((other) => other.replace(/^((?:APPRENTICE_)?[^._]+[._]).*$/, "$1*"));
  return [...new Set(tops)];
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? error.message.split("\n")[0]! : asApprenticeError(error).code;

/** The language of the person at this machine, from the locale of the environment. */
export function systemLanguage(environment: NodeJS.ProcessEnv = process.env): "en" | "ru" {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return locale.toLowerCase().startsWith("ru") ? "ru" : "en";
}
