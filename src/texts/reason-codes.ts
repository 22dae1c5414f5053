import type { TextKey } from "./en.ts";

/** Codes of the system, of the HTTP client and of the model library, by their whole name. */
const exact: Readonly<Record<string, TextKey>> = {
  ENOENT: "reason.missing",
  EISDIR: "reason.is-folder",
  ENOTDIR: "reason.not-folder",
  EEXIST: "reason.not-folder",
  EADDRNOTAVAIL: "reason.not-here",
  EACCES: "reason.forbidden",
  EPERM: "reason.forbidden",
  EROFS: "reason.forbidden",
  ECONNREFUSED: "reason.refused",
  EAI_AGAIN: "reason.no-host",
  ENOTFOUND: "reason.no-host",
  ETIMEDOUT: "reason.timeout",
  TimeoutError: "reason.timeout",
  timeout: "reason.timeout",
  EHOSTUNREACH: "reason.no-way",
  ENETUNREACH: "reason.no-way",
  ECONNRESET: "reason.broken-off",
  ECONNABORTED: "reason.broken-off",
  EPIPE: "reason.broken-off",
  "fetch failed": "reason.broken-off",
  "no answer": "reason.empty",
  empty: "reason.empty",
  "unexpected end": "reason.cut",
  unreadable: "reason.unreadable",
  "not-listed": "reason.not-listed",
  "not-settings": "reason.not-settings",
};

/** The same by their kind, for those that nobody lists. */
const kinds: readonly (readonly [RegExp, TextKey])[] = [
  [/^UND_ERR_\w*TIMEOUT$/, "reason.timeout"],
  [/^UND_ERR_\w+$/, "reason.broken-off"],
  [/^(?:CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)_\w+$/, "reason.certificate"],
  [/^AI_\w+$/, "reason.unreadable"],
  // Our own codes, where one error is the reason of another.
  [/^model-[a-z-]+$/, "reason.model"],
  [/^internal$/, "reason.internal"],
  [/^E[A-Z0-9]{2,}$/, "reason.system"],
];

/** What a code means to a person; `undefined` for what is words already. */
export const reasonKey = (code: string): TextKey | undefined =>
  Object.hasOwn(exact, code) ? exact[code] : kinds.find(([kind]) => kind.test(code))?.[1];
