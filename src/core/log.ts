import pino from "pino";

/**
 * A structured log. `message` is a static sentence; what varies goes into `fields`. Never words a
 * person wrote, never a secret: ids and codes only.
 */
export type Log = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};
export type LogFields = Readonly<Record<string, unknown>>;

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const secretPaths = ["token", "key", "apiKey", "password", "authorization", "cookie", "url"];

/**
 * A log that writes JSON lines (`json`, for machines) or one short line per event (`lines`, for a
 * terminal) to standard error, so that standard output stays free for answers.
 */
export function createLog(level: LogLevel, form: "json" | "lines"): Log {
  const destination = pino.destination({ fd: 2, sync: true });
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths.flatMap((path) => [path, `*.${path}`]), censor: "[hidden]" },
      serializers: { error: traceOf },
    },
    form === "json" ? destination : { write: (line: string) => destination.write(asLine(line)) },
  );
  const write =
    (method: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}): void =>
      logger[method](fields, message);
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** Where a thrown thing came from, through all its causes; never the values it carries. */
function traceOf(thrown: unknown): { stack: string; code?: string } {
  if (!(thrown instanceof Error)) return { stack: typeof thrown };
  const stack = thrown.stack ?? thrown.name;
  const cause = thrown.cause === undefined ? "" : `\ncaused by ${traceOf(thrown.cause).stack}`;
  const code = "code" in thrown && typeof thrown.code === "string" ? { code: thrown.code } : {};
  return { stack: stack + cause, ...code };
}

function asLine(json: string): string {
  const { level, time, msg, error, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const details = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const trace = isTrace(error) ? `\n${error.stack}` : "";
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[msg, ...details].join(" ")}${trace}\n`;
}

const isTrace = (value: unknown): value is { stack: string } =>
  typeof value === "object" && value !== null && "stack" in value;

/** A log that says nothing: for tests and for commands whose output is data. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
