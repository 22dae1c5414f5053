import { readFileSync } from "node:fs";
import { signalNames } from "./signals.ts";

/**
 * A logistic regression on the signals, on their products with the two sizes, and on hinges at the
 * quartiles of each. Fitted on simulated communities: `tools/decision/`, `matcher.md`.
 */
export type Matcher = {
  /** By signal; none for a signal with two values. */
  readonly knots: readonly (readonly number[])[];
  readonly coefficients: readonly number[];
};

const sizes = [signalNames.indexOf("answers"), signalNames.indexOf("examples")] as const;

/** The inputs of the regression, in the order of its coefficients. */
export function inputsOf(signals: readonly number[], knots: Matcher["knots"]): number[] {
  const inputs = [1, ...signals];
  for (const [at, signal] of signals.entries()) {
    if (at === sizes[0] || at === sizes[1]) continue;
    inputs.push(signal * signals[sizes[0]]!, signal * signals[sizes[1]]!);
  }
  for (const [at, signal] of signals.entries())
    for (const knot of knots[at]!) inputs.push(Math.max(0, signal - knot));
  return inputs;
}

const shipped = new Map<string, Matcher>();

/** The matcher that comes with the package: for words and meaning, or for words alone. */
export function shippedMatcher(hasMeaning: boolean): Matcher {
  const name = hasMeaning ? "matcher.json" : "matcher-of-words.json";
  const known = shipped.get(name);
  if (known) return known;
  const file = new URL(name, import.meta.url);
  const matcher = JSON.parse(readFileSync(file, "utf8")) as Matcher;
  shipped.set(name, matcher);
  return matcher;
}

/** The log odds that the best answer is right. */
export function logOddsOf(signals: readonly number[], { knots, coefficients }: Matcher): number {
  const inputs = inputsOf(signals, knots);
  let sum = 0;
  for (const [at, input] of inputs.entries()) sum += input * coefficients[at]!;
  return sum;
}
