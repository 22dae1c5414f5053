import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Command as Program } from "commander";
import type { Config } from "../config.ts";
import { discordSettings } from "../discord-settings.ts";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import type { StatusLine } from "../commands/context.ts";
import { pagesAreBuilt } from "../console/pages-folder.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { unusableFolder } from "../storage/unusable-folder.ts";
import type { ModelFinding } from "../models/examine.ts";
import { off, on, platformLines, problem, speechLines } from "../status.ts";
import { reasonKey } from "../texts/reason-codes.ts";
import { say, sayError, type Voice } from "../texts/say.ts";
import { version } from "../version.ts";
import { consoleAddress } from "./console-address.ts";
import { exitCodes, print } from "./output.ts";
import { withSession, type CommonOptions, type Session } from "./session.ts";

const marks = { on: "✓", off: "·", problem: "!" } as const;

/** How long doctor waits for a language model; one on this machine may have to be loaded first. */
const modelPatienceSeconds = 30;

/** `apprentice doctor`: looks at everything Apprentice needs, and says what to do about what is amiss. */
export function addDoctor(program: Program, voice: Voice): void {
  program
    .command("doctor")
    .description(say(voice, "cli.doctor"))
    .option("--json", say(voice, "cli.json"))
    .option("--voice", say(voice, "cli.doctor-voice"))
    .addHelpText("after", "\n  $ apprentice doctor\n  $ apprentice doctor --voice")
    .action((options: CommonOptions & { readonly voice?: true }) =>
      withSession(options, async (session) => {
        const { config, output, signal } = session;
        const aloud = options.voice ? await voiceLines(config, output.voice, signal) : [];
        const lines = [...(await examine(session)), ...aloud];
        const words = lines.map(
          (line) => `${marks[line.state]} ${say(voice, line.key, line.values)}`,
        );
        const facts = lines.map(({ part, state, key, values }) => ({
          part,
          state,
          text: say(voice, key, values),
        }));
        print(
          { version, parts: facts },
          [`Apprentice ${version}`, ...words].join("\n"),
          session.output,
        );
        if (lines.some(({ state }) => state === "problem")) process.exitCode = exitCodes.failed;
      }),
    );
}

async function examine({ config, log, output }: Session): Promise<StatusLine[]> {
  const address = await consoleAddress(config.data).catch(() => undefined);
  return [
    nodeLine(process.versions.node),
    await storageLine(config, log, output.voice),
    await modelLine(config, output.voice),
    pagesAreBuilt() ? on("pages", "status.pages") : off("pages", "status.pages-missing"),
    ...(await trainingLines(config, output.voice)),
    ...(await speechState(config, output.voice)),
    ...platformLines(address?.origin).filter(({ part }) => !examined.has(part)),
    ...(await discordLines(config, output.voice)),
    ...(await telegramLines(config)),
  ];
}

/** Platforms that are asked themselves. */
const examined: ReadonlySet<string> = new Set(["discord", "telegram"]);

async function telegramLines(config: Config): Promise<StatusLine[]> {
  const token = config["telegram.token"];
  if (token === "") return [off("telegram", "status.telegram-off")];
  const { examineTelegram } = await import("../platforms/telegram/examine.ts");
  const [apiUrl, webhookUrl] = [config["telegram.apiUrl"], config["telegram.webhookUrl"]];
  const findings = await examineTelegram({ token, apiUrl, webhookUrl });
  return findings.map((finding) => ({ part: "telegram", ...finding }));
}

async function voiceLines(config: Config, voice: Voice, signal: AbortSignal) {
  const { examineVoice } = await import("./doctor-voice.ts");
  return examineVoice(config, voice, signal);
}

async function trainingLines(config: Config, voice: Voice): Promise<readonly StatusLine[]> {
  const { examineTraining } = await import("../training-state.ts");
  return examineTraining(config, voice);
}

async function speechState(config: Config, voice: Voice): Promise<StatusLine[]> {
  try {
    const { openSpeech } = await import("../compose-speech.ts");
    return speechLines(openSpeech(config));
  } catch (thrown) {
    const reason = sayError(voice, asApprenticeError(thrown));
    return [problem("speech", "status.speech-problem", { reason })];
  }
}

async function discordLines(config: Config, voice: Voice): Promise<StatusLine[]> {
  const settings = discordSettings(config);
  if (!settings) return [off("discord", "status.discord-off")];
  const [{ examineDiscord }, { commands }] = await Promise.all([
    import("../platforms/discord/examine.ts"),
    import("../commands/index.ts"),
  ]);
  const describe = (error: ApprenticeError) => sayError(voice, error);
  const findings = await examineDiscord(settings, commands, voice, describe);
  return findings.map((finding) => ({ part: "discord", ...finding }));
}

function nodeLine(running: string): StatusLine {
  const [major = 0, minor = 0] = running.split(".").map(Number);
  const isGood = major > 24 || (major === 24 && minor >= 18);
  return isGood
    ? on("node", "status.node", { version: running })
    : problem("node", "status.node-old", { version: running });
}

async function storageLine(config: Config, log: Session["log"], voice: Voice): Promise<StatusLine> {
  const url = config["database.url"];
  try {
    await makeFolder(config.data);
    await access(config.data, constants.W_OK | constants.R_OK);
    if (!url) await checkDatabase(config.data);
    if (!url) return on("storage", "status.storage", { engine: "SQLite", place: config.data });
    const { openDatabase } = await import("../storage/database.ts");
    await (await openDatabase({ folder: config.data, url, log })).close();
    return on("storage", "status.storage", {
      engine: "Postgres",
      place: URL.parse(url)?.host ?? "?",
    });
  } catch (thrown) {
    const error = thrown instanceof ApprenticeError ? thrown : unusableFolder(config.data, thrown);
    return problem("storage", "status.storage-problem", { reason: sayError(voice, error) });
  }
}

/** A database that is not there yet is fine. */
async function checkDatabase(folder: string): Promise<void> {
  const { databaseFile } = await import("../storage/database-file.ts");
  if (!existsSync(join(folder, databaseFile))) return;
  const { checkIntegrity } = await import("../storage/integrity.ts");
  await checkIntegrity(folder);
}

/** The first setting that a language model lacks. A server of one's own needs no key. */
function missingModelSetting(config: Config): string | undefined {
  if (!config["model.name"]) return "model.name";
  if (config["model.url"]) return undefined;
  if (config["model.provider"] === "openai-compatible") return "model.url";
  return config["model.apiKey"] ? undefined : "model.apiKey";
}

async function modelLine(config: Config, voice: Voice): Promise<StatusLine> {
  const provider = config["model.provider"];
  if (provider === "none") return off("model", "status.model-none");
  const missing = missingModelSetting(config);
  if (missing) return problem("model", "status.model-incomplete", { provider, missing });
  const name = `${provider}/${config["model.name"]}`;
  const [{ examineModel }, { modelSettings }] = await Promise.all([
    import("../models/examine.ts"),
    import("../compose-models.ts"),
  ]);
  const settings = { ...modelSettings(config), timeoutSeconds: modelPatienceSeconds };
  try {
    return modelFindingLine(await examineModel(settings), name, voice);
  } catch (thrown) {
    const reason = sayError(voice, asApprenticeError(thrown));
    return problem("model", "status.model-problem", { name, reason });
  }
}

const inWords = (code: string, voice: Voice): string => {
  const key = reasonKey(code);
  return key === undefined ? code : say(voice, key);
};

function modelFindingLine(finding: ModelFinding, name: string, voice: Voice): StatusLine {
  switch (finding.state) {
    case "answers":
      return on("model", "status.model", { name });
    case "unreachable":
      // Codes of the HTTP client mean nothing to a person.
      return finding.reason.startsWith("UND_ERR_")
        ? problem("model", "status.model-broken", { name })
        : problem("model", "status.model-problem", {
            name,
            reason: inWords(finding.reason, voice),
          });
    case "slow":
      return problem("model", "status.model-slow", { name, seconds: modelPatienceSeconds });
    case "not-a-model":
      return problem("model", "status.model-not-one", { name });
    default: {
      const { state, status, sentence } = finding;
      const said = sentence === "" ? "" : ` “${sentence}”`;
      return problem("model", `status.model-${state}`, { name, status, said });
    }
  }
}
