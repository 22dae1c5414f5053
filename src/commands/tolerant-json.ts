import { JSONRepairError, jsonrepair } from "jsonrepair";
import { ApprenticeError } from "../core/errors.ts";
import type { Json } from "../core/reply.ts";

/** One place where the text was not JSON and was mended. */
export type Repair = {
  /** Counted from 1. */
  readonly line: number;
  readonly was: string;
  readonly became: string;
};

/**
 * Reads JSON as people write it: code fences, single quotes, missing quotes and commas, comments,
 * Python's True and None. Says what was mended. Throws `json-invalid` when nothing helps.
 */
export function readTolerantJson(text: string): {
  readonly value: Json;
  readonly repairs: readonly Repair[];
} {
  const inside = /^\s*```[^\n]*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
  try {
    return { value: JSON.parse(inside) as Json, repairs: [] };
  } catch {
    return mend(inside);
  }
}

function mend(text: string): { value: Json; repairs: Repair[] } {
  try {
    const mended = jsonrepair(text);
    return { value: JSON.parse(mended) as Json, repairs: differences(text, mended) };
  } catch (error) {
    const position = error instanceof JSONRepairError ? error.position : 0;
    throw new ApprenticeError(
      "json-invalid",
      {
        reason: error instanceof Error ? error.message : "",
        near: text.slice(Math.max(0, position - 20), position + 20).trim() || text.slice(0, 40),
      },
      { cause: error },
    );
  }
}

/** The lines that changed, at most five; a change over several lines counts as one. */
function differences(before: string, after: string): Repair[] {
  const old = before.split("\n");
  const mended = after.split("\n");
  if (old.length !== mended.length)
    return [{ line: 1, was: shortened(before), became: shortened(after) }];
  return old
    .map((was, index) => ({
      line: index + 1,
      was: shortened(was),
      became: shortened(mended[index]!),
    }))
    .filter((repair) => repair.was !== repair.became)
    .slice(0, 5);
}

const shortened = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};
