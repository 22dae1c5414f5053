import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  readConfig,
  settings,
  systemLanguage,
  variableOf,
  type SettingPath,
} from "../src/config.ts";
import { ApprenticeError } from "../src/core/errors.ts";
import { sayError } from "../src/texts/say.ts";
import { root } from "./source-files.ts";

describe("settings", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "apprentice-config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const refusal = (environment: NodeJS.ProcessEnv = {}): ApprenticeError => {
    try {
      readConfig(folder, environment);
    } catch (error) {
      assert.ok(error instanceof ApprenticeError, String(error));
      return error;
    }
    return assert.fail("nothing was refused");
  };

  test("without anything, every setting has its default", () => {
    const { config, sources } = readConfig(folder, {});
    assert.equal(config.prefix, "!");
    assert.equal(config["console.port"], 7788);
    assert.equal(config.data, join(folder, "data"));
    assert.deepEqual(new Set(Object.values(sources)), new Set(["default"]));
  });

  test("the environment wins over .env, and .env over the file", () => {
    write("apprentice.yaml", "console:\n  port: 1111\nprefix: '?'\nmode: prod\n");
    write(".env", "APPRENTICE_CONSOLE_PORT=2222\nAPPRENTICE_MODE=dev\n");
    const { config, sources } = readConfig(folder, { APPRENTICE_CONSOLE_PORT: "3333" });
    assert.equal(config["console.port"], 3333);
    assert.equal(config.mode, "dev");
    assert.equal(config.prefix, "?");
    assert.equal(sources["console.port"], "APPRENTICE_CONSOLE_PORT (environment)");
    assert.equal(sources.mode, "APPRENTICE_MODE (.env)");
    assert.equal(sources.prefix, "apprentice.yaml");
  });

  test("a well-known variable names a setting too, from a file as well; its own variable wins", () => {
    write("token", "from-a-file\n");
    assert.equal(readConfig(folder, { DISCORD_TOKEN: "plain" }).config["discord.token"], "plain");
    const file = readConfig(folder, { DISCORD_TOKEN_FILE: join(folder, "token") });
    assert.equal(file.config["discord.token"], "from-a-file");
    assert.equal(file.sources["discord.token"], "DISCORD_TOKEN_FILE (environment)");
    const both = readConfig(folder, { DISCORD_TOKEN: "plain", APPRENTICE_DISCORD_TOKEN: "own" });
    assert.equal(both.config["discord.token"], "own");
    assert.equal(readConfig(folder, { DISCORD_COLOUR: "red" }).sources["discord.token"], "default");
  });

  test("a path may be written with dots", () => {
    write("apprentice.yaml", "console.port: 1234\n");
    assert.equal(readConfig(folder, {}).config["console.port"], 1234);
  });

  test("an unknown setting is refused with its path and the nearest name", () => {
    write("apprentice.yaml", "console:\n  prot: 1\n");
    const error = refusal();
    assert.equal(error.code, "config-unknown");
    assert.equal(error.values["path"], "console.prot");
    assert.equal(error.values["nearest"], "console.port");
    assert.match(
      sayError("en", error),
      /no setting console\.prot \(in apprentice\.yaml\)\. Did you mean console\.port\?/,
    );
    assert.match(
      sayError("ru", error),
      /Может быть, console\.port\? Есть такие: console\.host, console/,
    );
    write("apprentice.yaml", "model: openai\n");
    assert.equal(refusal().values["nearest"], "model.provider");
    write("apprentice.yaml", "prefx: x\n");
    const { allowed } = refusal().values;
    assert.match(String(allowed), /^mode, data, prefix, voice, log\.\*, console\.\*/);
  });

  test("an unknown variable of ours is refused; others are none of our business", () => {
    assert.equal(
      refusal({ APPRENTICE_CONSOLE_PROT: "1" }).values["nearest"],
      "APPRENTICE_CONSOLE_PORT",
    );
    const { allowed } = refusal({ APPRENTICE_CONSOLE_PROT: "1" }).values;
    assert.match(String(allowed), /^APPRENTICE_CONSOLE_HOST, APPRENTICE_CONSOLE_PORT/);
    assert.ok(readConfig(folder, { HOME: "/", OPENAI_API_KEY: "x" }));
  });

  test("a wrong value is refused with what is allowed", () => {
    const error = refusal({ APPRENTICE_CONSOLE_PORT: "many" });
    assert.equal(error.code, "config-invalid");
    assert.match(sayError("en", error), /cannot be "many": a whole number from 0 to 65535\./);
    assert.match(sayError("ru", error), /не может быть "many": нужно целое число от 0 до 65535\./);
    assert.equal(refusal({ APPRENTICE_MODE: "prd" }).values["nearest"], "prod");
  });

  test("a secret is never shown when it is wrong, and can come from a file", () => {
    write("key", " s3cret \n");
    const { config, sources } = readConfig(folder, {
      APPRENTICE_MODEL_API_KEY_FILE: join(folder, "key"),
    });
    assert.equal(config["model.apiKey"], "s3cret");
    assert.equal(sources["model.apiKey"], "APPRENTICE_MODEL_API_KEY_FILE (environment)");
    const error = refusal({ APPRENTICE_CONSOLE_TOKEN: "x".repeat(20_000) });
    assert.equal(error.values["value"], "[hidden]");
  });

  test("a variable known everywhere works too, also as a file; ours is the more exact", () => {
    write("token", "1:from-a-file\n");
    const tokenOf = (environment: NodeJS.ProcessEnv) => {
      const { config, sources } = readConfig(folder, environment);
      return [config["telegram.token"], sources["telegram.token"]];
    };
    assert.deepEqual(tokenOf({ TELEGRAM_TOKEN: "1:a" }), ["1:a", "TELEGRAM_TOKEN (environment)"]);
    assert.deepEqual(tokenOf({ TELEGRAM_TOKEN_FILE: join(folder, "token") }), [
      "1:from-a-file",
      "TELEGRAM_TOKEN_FILE (environment)",
    ]);
    const both = { TELEGRAM_TOKEN: "1:a", APPRENTICE_TELEGRAM_TOKEN: "1:ours" };
    assert.equal(tokenOf(both)[0], "1:ours");
    write(".env", "TELEGRAM_TOKEN=1:dotenv\n");
    assert.deepEqual(tokenOf({}), ["1:dotenv", "TELEGRAM_TOKEN (.env)"]);
    assert.equal(tokenOf({ TELEGRAM_TOKEN: "" })[0], "1:dotenv");
  });

  test("a broken file is refused with its name", () => {
    write("apprentice.yaml", "console: [\n");
    const error = refusal();
    assert.equal(error.code, "config-unreadable");
    assert.match(String(error.values["file"]), /apprentice\.yaml$/);
    write("apprentice.yaml", "- a\n- b\n");
    assert.match(sayError("ru", refusal()), /там не список настроек/);
  });

  test("true and false may be written in many ways", () => {
    assert.equal(
      readConfig(folder, { APPRENTICE_TEACHING_REVIEW_MEMBERS: "no" }).config[
        "teaching.reviewMembers"
      ],
      false,
    );
    write("apprentice.yaml", "teaching:\n  reviewMembers: false\n");
    assert.equal(readConfig(folder, {}).config["teaching.reviewMembers"], false);
  });

  test("every setting has a variable of its own and a sentence", () => {
    const paths = Object.keys(settings) as SettingPath[];
    assert.equal(new Set(paths.map(variableOf)).size, paths.length);
    for (const path of paths) assert.match(settings[path].about, /^[A-Z0-9].*\.$|;/i, path);
  });

  test("the language of the machine is Russian for a Russian locale", () => {
    assert.equal(systemLanguage({ LANG: "ru_RU.UTF-8" }), "ru");
    assert.equal(systemLanguage({ LANG: "ru_RU.UTF-8", LC_ALL: "en_US.UTF-8" }), "en");
    assert.equal(systemLanguage({}), "en");
  });

  test("a console that others can reach takes no weak token, and in prod needs one of its own", () => {
    const open = { APPRENTICE_MODE: "prod", APPRENTICE_CONSOLE_HOST: "0.0.0.0" };
    assert.equal(refusal(open).values["path"], "console.token");
    const short = refusal({ ...open, APPRENTICE_CONSOLE_TOKEN: "too short" });
    assert.deepEqual(
      [short.code, short.values["value"], short.values["source"]],
      ["config-invalid", "[hidden]", "APPRENTICE_CONSOLE_TOKEN (environment)"],
    );
    assert.ok(readConfig(folder, { ...open, APPRENTICE_CONSOLE_TOKEN: "x".repeat(20) }));
    assert.ok(readConfig(folder, { ...open, APPRENTICE_MODE: "dev" }));
    const weak = { ...open, APPRENTICE_MODE: "dev", APPRENTICE_CONSOLE_TOKEN: "a" };
    assert.equal(refusal(weak).values["path"], "console.token");
    for (const host of ["127.0.0.1", "127.0.0.53", "localhost", "::1"])
      assert.ok(readConfig(folder, { ...open, APPRENTICE_CONSOLE_HOST: host }), host);
  });

  test("docs/configuration.md names every setting, its default and what it is for", () => {
    const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(.+?)` +\| (.*?) *\| (.*?) *\|$/gm)].map((row) =>
      row.slice(1),
    );
    const expected = (Object.keys(settings) as SettingPath[]).map((path) => {
      const { fallback, about } = settings[path];
      const secret = "secret" in settings[path];
      const note = secret ? " A secret: never shown, and readable from a file." : "";
      const shown = String(fallback);
      return [path, shown === "" ? "" : `\`${shown}\``, about + note];
    });
    assert.deepEqual(rows, expected);
  });

  test("examples/apprentice.yaml holds every setting, and taking its marks away changes nothing", () => {
    const example = readFileSync(join(root, "examples/apprentice.yaml"), "utf8");
    const { config } = readConfig(folder, {});
    write("apprentice.yaml", example);
    assert.deepEqual(readConfig(folder, {}).config, config);
    const names = Object.keys(settings).map((path) => path.split(".").at(-1));
    write(
      "apprentice.yaml",
      example.replaceAll(new RegExp(`# (?=(${names.join("|")}): )`, "g"), ""),
    );
    const { config: unmarked, sources } = readConfig(folder, {});
    assert.deepEqual(unmarked, config);
    assert.deepEqual(new Set(Object.values(sources)), new Set(["apprentice.yaml"]));
  });
});
