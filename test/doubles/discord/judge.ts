import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";

/** What is wrong with a request or a response: empty when nothing is. */
export type Verdict = {
  readonly wrong: readonly string[];
  /** Fields that the description does not know: Discord would ignore them, so they are mistakes. */
  readonly unknown: readonly string[];
};
export type Judge = {
  request(method: string, path: string, body: unknown, contentType?: string): Verdict;
  response(method: string, path: string, status: number, body: unknown): Verdict;
};

const specification = new URL("../../../../shared/specs/discord-openapi.json", import.meta.url);

/** Why Discord's own description is not used, or `undefined` when it is. */
export const judgeMissing: string | undefined = existsSync(specification)
  ? undefined
  : "Discord's API description is not beside this checkout, so requests are only judged by the double's own rules";

const fine: Verdict = { wrong: [], unknown: [] };
let official: Judge | undefined;

/** Accepts everything. */
export const lenientJudge: Judge = { request: () => fine, response: () => fine };

/** The judge that follows Discord's own description; without the description it accepts everything. */
export function discordJudge(): Judge {
  official ??=
    judgeMissing === undefined
      ? compile(JSON.parse(readFileSync(specification, "utf8")) as Description)
      : lenientJudge;
  return official;
}

type Schema = { readonly [key: string]: unknown };
type Body = { readonly required?: boolean; readonly content?: Record<string, { schema?: Schema }> };
type Operation = {
  readonly operationId: string;
  readonly requestBody?: Body;
  readonly responses: Record<string, Body & { readonly $ref?: string }>;
};
type Description = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema>; responses: Record<string, Body> };
};

function compile(description: Description): Judge {
  const lenient = compiler(description.components.schemas);
  const namesIn = nameCollector(description.components.schemas);
  const find = finder(description);
  return {
    request(method, path, body, contentType = "application/json") {
      const operation = find(method, path);
      if (!operation) return { ...fine, wrong: ["no such operation"] };
      const wanted = operation.requestBody;
      if (!wanted)
        return body === undefined ? fine : { ...fine, wrong: ["a body where none belongs"] };
      if (body === undefined)
        return wanted.required ? { ...fine, wrong: ["the body is missing"] } : fine;
      const schema = (wanted.content?.[contentType] ?? wanted.content?.["application/json"])
        ?.schema;
      if (!schema) return { ...fine, wrong: [`content type ${contentType}`] };
      const key = `${operation.operationId} ${contentType}`;
      const validate = lenient(key, schema);
      if (!validate(body)) return { wrong: reasons(validate.errors), unknown: [] };
      return { wrong: [], unknown: strangers(body, namesIn(key, schema)) };
    },
    response(method, path, status, body) {
      const operation = find(method, path);
      if (!operation) return { ...fine, wrong: ["no such operation"] };
      const { responses } = operation;
      const group = `${String(status)[0]}XX`;
      const found = responses[status] ?? responses[group] ?? responses["default"];
      if (!found) return { ...fine, wrong: [`status ${status}`] };
      const named = found.$ref?.split("/").at(-1);
      const schema = (named === undefined ? found : description.components.responses[named])
        ?.content?.["application/json"]?.schema;
      if (!schema || body === undefined) return fine;
      const validate = lenient(`${operation.operationId} ${status}`, schema);
      return validate(body) ? fine : { ...fine, wrong: reasons(validate.errors) };
    },
  };
}

function compiler(schemas: Record<string, Schema>) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  // Discord takes ids as numbers too, and discord.js sends `attachments[].id` so.
  const SnowflakeType = {
    anyOf: [
      { type: "string", pattern: "^(0|[1-9][0-9]*)$" },
      { type: "integer", minimum: 0 },
    ],
  };
  // Forwards have type 1; the description knows replies only.
  const MessageReferenceType = { type: "integer", enum: [0, 1] };
  const taken = asTaken(schemas) as Record<string, Schema>;
  ajv.addSchema({
    $id: "discord",
    components: { schemas: { ...taken, MessageReferenceType, SnowflakeType } },
  });
  const compiled = new Map<string, ValidateFunction>();
  return (key: string, schema: Schema): ValidateFunction => {
    const known = compiled.get(key);
    if (known) return known;
    const text = JSON.stringify(asTaken(schema)).replaceAll(
      '"#/components/',
      '"discord#/components/',
    );
    const made = ajv.compile(JSON.parse(text) as Schema);
    compiled.set(key, made);
    return made;
  };
}

/** Permissions are numbers in the description; Discord's guide and every client write them as text. */
function asTaken(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asTaken);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "default_member_permissions"
        ? { type: ["integer", "string", "null"] }
        : asTaken(value),
    ]),
  );
}

/** Fields that discord.js sends with everything, although Discord takes them in some places only. */
const alwaysSent = ["tts", "nonce", "enforce_nonce", "type"];

/** The names of all fields that a schema and what it leads to can have. */
function nameCollector(schemas: Record<string, Schema>) {
  const collected = new Map<string, ReadonlySet<string>>();
  return (key: string, schema: Schema): ReadonlySet<string> => {
    const known = collected.get(key);
    if (known) return known;
    const names = new Set(alwaysSent);
    const seen = new Set<string>();
    const walk = (part: unknown): void => {
      if (Array.isArray(part)) return part.forEach(walk);
      if (typeof part !== "object" || part === null) return;
      const { $ref, properties, ...rest } = part as { $ref?: string; properties?: object };
      for (const [name, inner] of Object.entries(properties ?? {})) {
        names.add(name);
        walk(inner);
      }
      const target = $ref?.split("/").at(-1);
      if (target !== undefined && !seen.has(target)) {
        seen.add(target);
        walk(schemas[target]);
      }
      Object.values(rest).forEach(walk);
    };
    walk(schema);
    collected.set(key, names);
    return names;
  };
}

/** Fields whose own names are free: languages. */
const freeMaps = new Set(["name_localizations", "description_localizations"]);

/** Fields of a body that have none of the names: misspelt, most likely. */
function strangers(body: unknown, names: ReadonlySet<string>, path = ""): string[] {
  if (Array.isArray(body))
    return body.flatMap((each, at) => strangers(each, names, `${path}/${at}`));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (!names.has(name)) return [`${path}/${name} is no field of Discord's`];
    return freeMaps.has(name) ? [] : strangers(value, names, `${path}/${name}`);
  });
}

function finder({ paths }: Description) {
  const operations = Object.entries(paths).flatMap(([path, methods]) => {
    const pattern = path
      .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\{[^}]+\}/g, "[^/]+");
    const literal = path.split("/").filter((part) => part !== "" && !part.startsWith("{")).length;
    return Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${pattern}$`),
      literal,
      operation,
    }));
  });
  const ordered = operations.toSorted((left, right) => right.literal - left.literal);
  return (method: string, path: string): Operation | undefined =>
    ordered.find((each) => each.method === method && each.pattern.test(path))?.operation;
}

/** The deepest complaints first: they say which field is wrong. */
function reasons(errors: readonly ErrorObject[] | null | undefined): string[] {
  const telling = (errors ?? [])
    .filter(({ keyword }) => !["oneOf", "anyOf", "allOf", "if"].includes(keyword))
    .toSorted((left, right) => right.instancePath.length - left.instancePath.length);
  const lines = telling.map(({ instancePath, message, params }) => {
    const extra = "additionalProperty" in params ? ` ${String(params["additionalProperty"])}` : "";
    return `${instancePath || "/"} ${message}${extra}`;
  });
  return [...new Set(lines)].slice(0, 8);
}
