import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError, type ErrorCode } from "../../src/core/errors.ts";
import { en } from "../../src/texts/en.ts";
import { sayError } from "../../src/texts/say.ts";
import { sourceFiles } from "../source-files.ts";

/** The names in `{ a, b: 1, ...c }`; `undefined` when some come from elsewhere. */
function namesIn(literal: string): string[] | undefined {
  if (literal.includes("...")) return undefined;
  let depth = 0;
  const flat = literal
    .split("")
    .filter((character) => {
      if ("([{".includes(character)) depth += 1;
      if (")]}".includes(character)) depth -= 1;
      return depth === 0;
    })
    .join("");
  return flat
    .split(",")
    .map((part) => /^\s*([\w]+)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
}

test("whoever raises an error fills all the blanks of its text", () => {
  const wrong: string[] = [];
  for (const { path, text } of sourceFiles("src/**/*.ts")) {
    for (const match of text.matchAll(
      /new ApprenticeError\(\s*"([a-z-]+)"\s*(?:,\s*\{([^;]*?)\}\s*(?:,|\)))?/g,
    )) {
      const form = en[`error.${match[1] as ErrorCode}`];
      const blanks = JSON.stringify(form).matchAll(/\{(\w+)\}/g);
      const names = namesIn(match[2] ?? "");
      if (!names || names.includes("told")) continue;
      for (const [, blank] of blanks) {
        // The prefix is known to whoever tells the error.
        if (blank !== "prefix" && !names.includes(blank!))
          wrong.push(`${path}: ${match[1]} without ${blank}`);
      }
    }
  }
  assert.deepEqual([...new Set(wrong)], []);
});

test("what a setting may be is a text in each language, wherever one is refused", () => {
  const wrong = sourceFiles("src/**/*.ts")
    .filter(({ text }) => /"config-invalid",[^;]*?allowed: "(?!settings?\.)/.test(text))
    .map(({ path }) => path);
  assert.deepEqual(wrong, []);
});

test("a code of the system or of a library is told in words, in each language", () => {
  for (const reason of [
    "AI_InvalidResponseDataError",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "ECONNRESET",
    "EMFILE",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "model-unreachable",
  ]) {
    for (const voice of ["en", "ru"] as const) {
      for (const code of ["model-garbled", "attachment-unreadable", "test-failed"] as const) {
        const error = new ApprenticeError(code, { reason, name: "a.csv" });
        const text = sayError(voice, error).replace(error.id, "");
        assert.ok(!text.includes(reason), text);
        assert.doesNotMatch(text, /\b[A-Z]{4,}/, text);
      }
    }
  }
  const words = new ApprenticeError("model-garbled", { reason: "no such deployment" });
  assert.match(sayError("en", words), /no such deployment/);
});
