import type { Command as Program } from "commander";
import { settings, variableOf, type SettingPath } from "../config.ts";
import type { Json } from "../core/reply.ts";
import { say, type Voice } from "../texts/say.ts";
import { print } from "./output.ts";
import { withSession, type CommonOptions } from "./session.ts";

/** `apprentice config`: every setting in force, where it came from, and how to change it. */
export function addConfig(program: Program, voice: Voice): void {
  program
    .command("config")
    .description(say(voice, "cli.config"))
    .option("--json", say(voice, "cli.json"))
    .option("--about", say(voice, "cli.config.about"))
    .addHelpText(
      "after",
      "\n  $ apprentice config\n  $ APPRENTICE_CONSOLE_PORT=8000 apprentice config --about",
    )
    .action((options: CommonOptions & { about?: true }) =>
      withSession(options, async ({ config, sources, output }) => {
        const paths = Object.keys(settings) as SettingPath[];
        const rows = paths.map((path) => ({
          path,
          value: shown(path, config[path]),
          source: sources[path]!,
          variable: variableOf(path),
          about: settings[path].about,
          allowed: say(output.voice, settings[path].allowed.allowed, settings[path].allowed),
        }));
        const facts: Json = Object.fromEntries(rows.map(({ path, ...row }) => [path, row]));
        print(facts, options.about ? rows.map(explained).join("\n\n") : table(rows), output);
      }),
    );
}

type Row = {
  path: string;
  value: Json;
  source: string;
  variable: string;
  about: string;
  allowed: string;
};

/** A secret shows only whether it is set. */
function shown(path: SettingPath, value: Json): Json {
  const isSecret = "secret" in settings[path];
  return isSecret && value !== "" ? "[hidden]" : value;
}

function table(rows: readonly Row[]): string {
  const width = (column: "path" | "value"): number =>
    Math.max(...rows.map((row) => String(row[column]).length));
  return rows
    .map(({ path, value, source }) =>
      [path.padEnd(width("path")), String(value).padEnd(width("value")), source].join("  "),
    )
    .join("\n");
}

const explained = ({ path, value, source, variable, about, allowed }: Row): string =>
  `${path} = ${value === "" ? '""' : String(value)}  (${source})\n  ${about}\n  ${allowed}; ${variable}`;
