import { existsSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

/** Says what is wrong with the body of a request: empty when it is right. */
export type Judge = (body: unknown) => readonly string[];

const specification = new URL(
  "../../../../shared/specs/openai-openapi.normalized.json",
  import.meta.url,
);

/** Why the official description is not used, or `undefined` when it is. */
export const judgeMissing: string | undefined = existsSync(specification)
  ? undefined
  : "the official OpenAI description is not beside this checkout, so requests are only judged by the double's own rules";

/** Judges chat completion requests by the official description, where there is one, and by our own rules. */
export function chatCompletionJudge(): Judge {
  const byDescription = officialJudge("CreateChatCompletionRequest");
  return (body) => [...ownRules(body), ...byDescription(body)];
}

let description: { readonly ajv: Ajv2020; readonly schemas: object } | undefined;
const judges = new Map<string, Judge>();

/** Judges by one schema of the official description; lets all pass where that is missing. */
export function officialJudge(schema: string): Judge {
  if (judgeMissing !== undefined) return () => [];
  const judge = judges.get(schema) ?? compileOfficial(schema);
  judges.set(schema, judge);
  return judge;
}

function compileOfficial(schema: string): Judge {
  description ??= readDescription();
  const { ajv, schemas } = description;
  const validate = ajv.compile({ $ref: `openai#/components/schemas/${schema}` });
  // The description lets unknown fields pass; a misspelt one would be ignored by the real server.
  const known = new Set(propertyNames(schemas, schema));
  return (body) => {
    const unknown = Object.keys(Object(body)).filter((name) => !known.has(name));
    const wrong = validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    return [...unknown.map((name) => `unknown field ${name}`), ...wrong];
  };
}

function readDescription(): { readonly ajv: Ajv2020; readonly schemas: object } {
  const { components } = JSON.parse(readFileSync(specification, "utf8")) as {
    components: { schemas: object };
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: "openai", components });
  return { ajv, schemas: components.schemas };
}

type Schemas = Record<string, { $ref?: string; allOf?: object[]; properties?: object }>;

function propertyNames(schemas: object, name: string): string[] {
  const schema = (schemas as Schemas)[name] ?? {};
  const parts = [schema, ...((schema.allOf ?? []) as Schemas[string][])];
  return parts.flatMap((part) => [
    ...Object.keys(part.properties ?? {}),
    ...(part.$ref ? propertyNames(schemas, part.$ref.split("/").at(-1) ?? "") : []),
  ]);
}

/** The least any OpenAI-compatible server insists on. */
function ownRules(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return ["the body is not an object"];
  const { model, messages, stream } = body as Record<string, unknown>;
  const wrong: string[] = [];
  if (typeof model !== "string" || model === "") wrong.push("model is not a name");
  if (stream !== undefined && typeof stream !== "boolean")
    wrong.push("stream is not true or false");
  if (!Array.isArray(messages) || messages.length === 0) return [...wrong, "messages are missing"];
  for (const [index, message] of messages.entries()) {
    const { role, content } = Object(message) as Record<string, unknown>;
    if (!["system", "developer", "user", "assistant", "tool"].includes(String(role)))
      wrong.push(`message ${index} has no known role`);
    if (typeof content !== "string" && !Array.isArray(content) && role !== "assistant")
      wrong.push(`message ${index} has no content`);
  }
  if ((messages.at(-1) as { role?: unknown } | undefined)?.role !== "user")
    wrong.push("the last message is not the user's");
  return wrong;
}
