import type { GateEvidence, SuiteEvidence } from "../learning/gate/evidence.ts";
import type { Check, CheckName } from "../learning/gate/rule.ts";
import type { TextKey } from "../texts/en.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";

type Speaker = Pick<CommandContext, "say" | "prefix">;

const marks = { passed: "✅", failed: "❌", missing: "❌", overridden: "⚠️" } as const;
const examplesShown = 3;

/** What the gate looked at and how it judged each, a line for each. */
export function checkLines(
  checks: readonly Check[],
  evidence: GateEvidence,
  speaker: Speaker,
): readonly string[] {
  return checks.flatMap((check) => {
    const text = checkText(check, speaker);
    if (text === undefined) return [];
    const told = check.state === "failed" ? exampleLines(check.name, evidence, speaker) : [];
    return [`- ${marks[check.state]} ${text}`, ...told];
  });
}

function checkText(
  { name, state, values, missing }: Check,
  { say, prefix }: Speaker,
): string | undefined {
  if (missing) {
    const why = say(`error.${missing.code}`, { ...missing.values, prefix, nearest: "" });
    return say("gate.missing", { check: say(`gate.name.${name}`), why });
  }
  if (name === "live-test" && values["rows"] === 0) return undefined;
  if (name === "taught" && values["count"] === 0) return say("gate.taught.none");
  if (name === "sunset" && values["date"] === "") return say("gate.sunset.open");
  if (state === "overridden") return say("gate.significance.overridden", values);
  return say(`gate.${name}.${state === "passed" ? "passed" : "failed"}` satisfies TextKey, values);
}

/** Some of the questions that stopped it. */
function exampleLines(
  name: CheckName,
  { taught, nearMisses }: GateEvidence,
  { say }: Speaker,
): readonly string[] {
  const suites: readonly SuiteEvidence[] =
    name === "taught" && "found" in taught
      ? [taught.found.verbatim, taught.found.variants]
      : name === "near-misses" && "found" in nearMisses
        ? [nearMisses.found]
        : [];
  const named = (answer: string | null) =>
    answer === null ? say("test.nothing") : shorten(answer, 60);
  return suites
    .flatMap(({ examples }) => examples)
    .slice(0, examplesShown)
    .map(({ prompt, expected, answered }) =>
      say("test.wrong-row", {
        prompt: shorten(prompt, 60),
        predicted: named(answered),
        expected: named(expected),
      }),
    );
}
