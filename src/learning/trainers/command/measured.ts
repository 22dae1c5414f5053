/** What one line of a program's progress says. */
export type Measured = {
  readonly step: number | null;
  readonly total: number | null;
  readonly values: Readonly<Record<string, number>>;
};

/** Names that programs use for where they are; everything else that is a number was measured. */
const stepNames = ["step", "current_steps", "global_step"];
const totalNames = ["total", "total_steps", "max_steps"];
const clockNames = ["epoch", "percentage", "total_flos"];

/** One line of JSON: ours, or one of LLaMA-Factory's `trainer_log.jsonl`. `undefined`: it is none. */
export function measuredJson(line: string): Measured | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? measuredIn(value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export function measuredIn(entry: Readonly<Record<string, unknown>>): Measured {
  const first = (names: readonly string[]): number | null =>
    names.map((name) => entry[name]).find(isNumber) ?? null;
  const known = [...stepNames, ...totalNames, ...clockNames];
  const values = Object.entries(entry).filter(
    (pair): pair is [string, number] => isNumber(pair[1]) && !known.includes(pair[0]),
  );
  return {
    step: first(stepNames),
    total: first(totalNames),
    values: Object.fromEntries(values),
  };
}

/**
 * What Hugging Face trainers print: `{'loss': 0.5, 'learning_rate': '1e-05', 'epoch': 0.1}`, and the
 * bar ` 12/100 [`. `undefined`: the line is something else.
 */
export function measuredLog(line: string): Measured | undefined {
  const bar = /\b(\d{1,9})\/(\d{1,9}) \[/.exec(line);
  const step = bar ? Number(bar[1]) : null;
  const total = bar ? Number(bar[2]) : null;
  const dictionary = /\{'\w[^{}]*\}/.exec(line)?.[0] ?? "";
  const pairs = [...dictionary.matchAll(/'([\w/]+)': '?(-?\d[\d.]*(?:e[-+]?\d+)?)'?(?=[,}])/g)].map(
    ([, name, value]) => [name!, Number(value)] as const,
  );
  const values = Object.fromEntries(
    pairs.filter(([name, value]) => Number.isFinite(value) && !clockNames.includes(name)),
  );
  return bar || pairs.length > 0 ? { step, total, values } : undefined;
}

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);
