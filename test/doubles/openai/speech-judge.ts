import { existsSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Judge } from "./judge.ts";

const specification = new URL(
  "../../../../shared/specs/openai-openapi.normalized.json",
  import.meta.url,
);

/** Judges the fields of a transcription request: by the official description where there is one. */
export const transcriptionJudge = (): Judge =>
  judge("CreateTranscriptionRequest", ({ file, model, language }) => [
    ...(file === undefined ? ["file is missing"] : []),
    ...(typeof model === "string" && model !== "" ? [] : ["model is not a name"]),
    ...(language === undefined || /^[a-z]{2,3}$/.test(String(language))
      ? []
      : ["language is not ISO 639"]),
  ]);

/** Judges the body of a speech request. */
export const speechJudge = (): Judge =>
  judge("CreateSpeechRequest", ({ input, model, voice }) => [
    ...(typeof input === "string" && input.trim() !== "" ? [] : ["input is empty"]),
    ...(typeof model === "string" && model !== "" ? [] : ["model is not a name"]),
    ...(typeof voice === "string" && voice !== "" ? [] : ["voice is not a name"]),
  ]);

function judge(schema: string, ownRules: (body: Record<string, unknown>) => string[]): Judge {
  const official = existsSync(specification) ? compile(schema) : () => [];
  return (body) =>
    typeof body === "object" && body !== null
      ? [...ownRules(body as Record<string, unknown>), ...official(body)]
      : ["the body is not an object"];
}

function compile(schema: string): Judge {
  const { components } = JSON.parse(readFileSync(specification, "utf8")) as { components: object };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: "openai", components });
  const validate = ajv.compile({ $ref: `openai#/components/schemas/${schema}` });
  return (body) =>
    validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
