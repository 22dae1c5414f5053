import type { z } from "zod";
import { ApprenticeError } from "../../../core/errors.ts";

/** What a provider answered, as far as we need it. Throws `training-garbled`. */
export function readReply<Reply>(schema: z.ZodType<Reply>, answer: unknown, host: string): Reply {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new ApprenticeError("training-garbled", { host, reason }, { cause: parsed.error });
}

/** The measured values among what a provider sent: numbers, without what only counts. */
export function measuredValues(
  data: Readonly<Record<string, unknown>>,
  counters: ReadonlySet<string>,
): Readonly<Record<string, number>> {
  const values = Object.entries(data).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === "number" && Number.isFinite(entry[1]) && !counters.has(entry[0]),
  );
  return Object.fromEntries(values);
}
