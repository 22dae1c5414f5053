import { existsSync, readFileSync } from "node:fs";

/** A request's parameters as they came: JSON values, or the texts of a form. */
export type Parameters = Readonly<Record<string, unknown>>;

type Field = {
  readonly name: string;
  readonly types: readonly string[];
  readonly required?: boolean;
  readonly description?: string;
};
type Method = {
  readonly name: string;
  readonly returns: readonly string[];
  readonly fields?: readonly Field[];
};
type ObjectType = { readonly fields?: readonly Field[]; readonly subtypes?: readonly string[] };
type Description = {
  readonly methods: Readonly<Record<string, Method>>;
  readonly types: Readonly<Record<string, ObjectType>>;
};

/** Says what is wrong with a request, a result, or an update; empty when nothing is. */
export type Judge = {
  /** The parameters with forms' texts read as what the description wants, and what is wrong. */
  request(method: string, given: Parameters): { parameters: Parameters; wrong: readonly string[] };
  result(method: string, value: unknown): readonly string[];
  value(type: string, value: unknown): readonly string[];
};

const file = new URL("../../../../shared/specs/telegram-api.json", import.meta.url);

/** Why the machine-readable Bot API is not used, or `undefined` when it is. */
export const judgeMissing: string | undefined = existsSync(file)
  ? undefined
  : "the machine-readable Bot API is not beside this checkout, so requests are only judged by the double's own rules";

/** A file that came in a form. */
export type UploadedFile = { readonly name: string; readonly bytes: Uint8Array };
export const isFile = (value: unknown): value is UploadedFile =>
  typeof value === "object" && value !== null && "bytes" in value;

/** What Bot API 10.2 added to the described 10.1. */
const newer: Readonly<Record<string, readonly Field[]>> = {
  sendMessageDraft: [
    { name: "can_stop", types: ["Boolean"] },
    { name: "keep_on_stop", types: ["Boolean"] },
  ],
};
const newerTypes: Readonly<Record<string, ObjectType>> = {
  MessageGenerationStopped: {
    fields: [
      { name: "chat", types: ["Chat"], required: true },
      { name: "message_thread_id", types: ["Integer"] },
      { name: "draft_id", types: ["Integer"], required: true },
    ],
  },
};
const newerUpdate: Field = {
  name: "stopped_message_generation",
  types: ["MessageGenerationStopped"],
};

let loaded: Judge | undefined;

/** The judge by the machine-readable Bot API; one that finds nothing wrong where it is missing. */
export function botApiJudge(): Judge {
  loaded ??= judgeMissing === undefined ? createJudge(readDescription()) : lenientJudge;
  return loaded;
}

function readDescription(): Description {
  const { methods, types } = JSON.parse(readFileSync(file, "utf8")) as Description;
  const update = types["Update"]!;
  return {
    methods,
    types: {
      ...types,
      ...newerTypes,
      Update: { ...update, fields: [...(update.fields ?? []), newerUpdate] },
    },
  };
}

const lenientJudge: Judge = {
  request: (_method, given) => ({
    parameters: Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, asJson(value)]),
    ),
    wrong: [],
  }),
  result: () => [],
  value: () => [],
};

function createJudge({ methods, types }: Description): Judge {
  const byName = new Map(
    Object.values(methods).map((method) => [method.name.toLowerCase(), method]),
  );
  const fieldsOf = (method: Method): readonly Field[] => [
    ...(method.fields ?? []),
    ...(newer[method.name] ?? []),
  ];

  const problemsOf = (type: string, value: unknown, path: string): readonly string[] => {
    if (type.startsWith("Array of ")) {
      if (!Array.isArray(value)) return [`${path}: not a list`];
      const inner = type.slice("Array of ".length);
      return value.flatMap((item, index) => problemsOf(inner, item, `${path}[${index}]`));
    }
    const plain = plainTypes[type];
    if (plain) return plain(value) ? [] : [`${path}: not ${type}`];
    const known = types[type];
    if (!known) return [`${path}: unknown type ${type}`];
    if (known.subtypes) return fewest(known.subtypes, value, path);
    if (typeof value !== "object" || value === null) return [`${path}: not an object (${type})`];
    return problemsIn(known.fields ?? [], value as Parameters, path);
  };

  /** The complaints of the type that fits best. */
  const fewest = (kinds: readonly string[], value: unknown, path: string): readonly string[] =>
    kinds
      .map((kind) => problemsOf(kind, value, path))
      .toSorted((first, second) => first.length - second.length)[0] ?? [];

  const problemsIn = (
    fields: readonly Field[],
    value: Parameters,
    path: string,
  ): readonly string[] => {
    const names = new Set(fields.map(({ name }) => name));
    const unknown = Object.keys(value).filter((name) => !names.has(name));
    return [
      ...unknown.map((name) => `${path}.${name}: unknown`),
      ...fields.flatMap((field) => {
        const given = value[field.name];
        const here = `${path}.${field.name}`;
        if (given === undefined) return field.required ? [`${here}: missing`] : [];
        const wrong = fewest(field.types, given, here);
        return wrong.length > 0 ? wrong : overLimit(field.description, given, here);
      }),
    ];
  };

  return {
    request(name, given) {
      const method = byName.get(name.toLowerCase());
      if (!method) return { parameters: given, wrong: [`there is no method ${name}`] };
      const fields = fieldsOf(method);
      const parameters = Object.fromEntries(
        Object.entries(given).map(([key, value]) => {
          const field = fields.find((candidate) => candidate.name === key);
          return [key, field?.types.every((type) => type === "String") ? value : asJson(value)];
        }),
      );
      return { parameters, wrong: problemsIn(fields, parameters, "") };
    },
    result(name, value) {
      const method = byName.get(name.toLowerCase());
      return method ? fewest(method.returns, value, "result") : [];
    },
    value: (type, value) => problemsOf(type, value, type),
  };
}

const plainTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isSafeInteger(value),
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
  True: (value) => value === true,
  String: (value) => typeof value === "string",
  InputFile: isFile,
};

/** Forms carry everything but texts as JSON. */
function asJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed = JSON.parse(value) as unknown;
    return typeof parsed === "string" ? value : parsed;
  } catch {
    return value;
  }
}

/** "1-4096 characters after entities parsing", "1-64 bytes": the limits the description states. */
function overLimit(description: string | undefined, value: unknown, path: string): string[] {
  const match = /(\d+)\s*-\s*(\d+)\s*(characters|bytes)/.exec(description ?? "");
  if (!match || typeof value !== "string") return [];
  const [, least, most, unit] = match;
  const length = unit === "bytes" ? Buffer.byteLength(value) : value.length;
  if (length >= Number(least) && length <= Number(most)) return [];
  return [`${path}: ${length} ${unit}, allowed ${least}-${most}`];
}
