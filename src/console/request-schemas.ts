import { zValidator } from "@hono/zod-validator";
import { z } from "zod";
import { labels } from "../core/example.ts";
import { jobStates } from "../core/job.ts";
import { languages } from "../core/language.ts";
import { importFormats } from "../learning/importers/importer.ts";
import type { Json } from "../core/reply.ts";
import { invalidRequest } from "./failures.ts";

const reference = z.string().min(1).max(200);
// The body was JSON, so each part of it is.
const jsonValue = z.custom<Json>();

export const messageSchema = z.object({
  id: z.string().min(8).max(100),
  text: z.string(),
  room: reference.optional(),
  replyTo: reference.optional(),
  language: z.enum(languages).optional(),
  call: z.object({ name: reference, values: z.record(z.string(), jsonValue) }).optional(),
});

export const turnsQuerySchema = z.object({
  /** `true`: only the conversation since the last "new". */
  current: z.enum(["true", "false"]).default("false"),
  before: reference.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export const examplesQuerySchema = z.object({
  search: z.string().max(500).optional(),
  before: reference.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(30),
});

export const jobQuerySchema = z.object({
  workspace: reference.optional(),
  state: z.enum(jobStates).optional(),
  before: reference.optional(),
  /** Only events after this one. */
  after: z.coerce.number().int().min(0).default(0),
});

export const correctionSchema = z.object({
  answer: z.string(),
  /** How far it reaches; left open when nobody says. */
  meaning: z.enum(["everywhere", "different", "only-this", "open"]).optional(),
});
export const feedbackSchema = z
  .object({
    rating: z.union([z.literal(1), z.literal(-1)]).optional(),
    words: z.string().max(4000).optional(),
  })
  .refine(({ rating, words }) => rating !== undefined || words !== undefined, "says nothing");
export const lessonSchema = z.object({
  prompt: z.string(),
  answer: z.string().nullable(),
  label: z.enum(labels).default("positive"),
  replace: z.boolean().default(false),
});
export const commandSchema = z.object({
  values: z.record(z.string(), jsonValue).default({}),
  files: z
    .array(z.object({ name: z.string().max(500), mediaType: z.string(), base64: z.base64() }))
    .max(20)
    .default([]),
  room: reference.optional(),
  workspace: reference.optional(),
});
export const askSchema = z.union([
  z.object({ prompt: z.string(), workspace: reference.optional() }),
  z.object({ prompts: z.array(z.string()).max(10_000), workspace: reference.optional() }),
]);
/** An override is the reason to promote without a significant gain. */
export const promotionSchema = z.object({
  override: z.string().trim().min(1).max(1_000).optional(),
});
export const uploadSchema = z.object({
  file: z.instanceof(File),
  label: z.enum(labels).optional(),
  format: z.enum(importFormats).optional(),
  workspace: reference.optional(),
  question: reference.optional(),
  answer: reference.optional(),
  alternatives: reference.optional(),
  language: reference.optional(),
  tags: reference.optional(),
});

/** For programs; the pages leave it out. */
export const workspaceQuerySchema = z.object({ workspace: reference.optional() });

/** Checks a part of the request; what does not fit is refused with its path. */
export const valid = <Target extends "json" | "query" | "form", Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) =>
  zValidator(target, schema, (result) => {
    if (!result.success) throw refusal(target, result.error);
  });

/** Parses data that came another way than as a whole body. */
export function parsed<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const result = schema.safeParse(data);
  if (!result.success) throw refusal("body", result.error);
  return result.data;
}

function refusal(target: string, error: z.core.$ZodError) {
  const [issue] = error.issues;
  return invalidRequest([target, ...(issue?.path ?? [])].join("."), issue?.message ?? "");
}
