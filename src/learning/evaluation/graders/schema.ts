import { z } from "zod";
import { ApprenticeError } from "../../../core/errors.ts";
import type { Grader } from "./grader.ts";

const longestSchema = 20_000;

/** Keywords that bring a regular expression into the schema: it could run for ever. */
const risky = /"(pattern|patternProperties|\$ref)"\s*:/;

/**
 * The expected answer is a JSON Schema (draft 2020-12) that the answer, read as JSON, must fit.
 * Schemas with patterns or references are refused.
 */
export function createSchemaGrader(): Grader {
  const known = new Map<string, z.ZodType>();
  return ({ expected, answer }) => {
    const schema = known.get(expected) ?? compiled(expected);
    known.set(expected, schema);
    try {
      return schema.safeParse(JSON.parse(inside(answer))).success;
    } catch {
      return false;
    }
  };
}

function compiled(text: string): z.ZodType {
  const refusal = (reason: string, cause?: unknown) =>
    new ApprenticeError("test-grader", { near: text.slice(0, 80), reason }, { cause });
  if (text.length > longestSchema) throw refusal(`> ${longestSchema}`);
  const found = risky.exec(text);
  if (found) throw refusal(found[1]!);
  try {
    return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (thrown) {
    throw refusal(thrown instanceof Error ? thrown.message : "JSON Schema", thrown);
  }
}

/** A language model likes to put JSON into a code block. */
const inside = (text: string): string =>
  /^\s*```[^\n]*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
