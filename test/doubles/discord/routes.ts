import type { StoredFile, World } from "./world.ts";

/** A request, read and judged. */
export type Call = {
  readonly world: World;
  /** The variable parts of the path, in order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Fields;
  readonly files: readonly Omit<StoredFile, "id">[];
};
export type Fields = { readonly [key: string]: unknown };

/** What is sent back; without a body the status is 204. */
export type Result = { readonly status: number; readonly body?: unknown };

export type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  /** Whether it needs no `Authorization`: the token in its path is the permission. */
  readonly isOpen?: true;
  run(call: Call): Result;
};

/** A route for a path with `:` before its variable parts. */
export const route = (
  method: string,
  path: string,
  run: (call: Call) => Result,
  options: { readonly isOpen?: true } = {},
): Route => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`),
  run,
  ...options,
});

export const done: Result = { status: 204 };
export const found = (body: unknown): Result => ({ status: 200, body });
