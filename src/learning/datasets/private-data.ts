import { trimEnd } from "../../core/trim-end.ts";
/** What a dataset should not hold unseen. */
export const privateKinds = ["email", "phone", "card", "secret"] as const;
export type PrivateKind = (typeof privateKinds)[number];

/** Longer texts are looked at up to here. */
const longestSearched = 40_000;

/** What stands behind the `@` of a mail address. */
const mailHost = /[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.[\p{L}\p{N}]/uy;
/** An international number, or a Russian or North American one as people write it. */
const phone =
  /(?<![\p{L}\p{N}])(?:\+\d{1,3}|8(?=[ -]?\(?\d{3}))[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){2,4}(?!\d)|(?<![\p{L}\p{N}])\(?\d{3}\)?[ -]\d{3}-\d{4}(?!\d)/u;
const digitRun = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;

/** The shapes of keys and tokens of well-known services, each a whole word. */
const keys: readonly RegExp[] = [
  /^AKIA[0-9A-Z]{16}$/,
  /^gh[pousr]_[A-Za-z0-9]{36,255}$/,
  /^github_pat_\w{22,255}$/,
  /^glpat-[\w-]{20,255}$/,
  /^sk-[A-Za-z0-9_-]{20,255}$/,
  /^xox[abprs]-[A-Za-z0-9-]{10,255}$/,
  /^AIza[\w-]{35}$/,
  /^hf_[A-Za-z0-9]{30,255}$/,
  /^npm_[A-Za-z0-9]{36}$/,
  /^\d{8,10}:[A-Za-z0-9_-]{35}$/,
  /^[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,38}$/,
  /^eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}$/,
];
const maxKey = 6_100;

/** Private keys, and passwords said as such. */
const secrets: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/,
  /(?:password|passwd|secret|api[_-]?key|token|пароль)\s{0,9}[:=]\s{0,9}["']?[^\s"']{8}/iu,
];

/** What kinds of private data a text holds. */
export function privateData(text: string): readonly PrivateKind[] {
  const searched = text.slice(0, longestSearched);
  const kinds: PrivateKind[] = [];
  if (hasMailAddress(searched)) kinds.push("email");
  if (/\d/.test(searched)) {
    const hasCard = (searched.match(digitRun) ?? []).some(isCardNumber);
    if (hasCard) kinds.push("card");
    else if (phone.test(searched)) kinds.push("phone");
  }
  if (secrets.some((shape) => shape.test(searched)) || hasKey(searched)) kinds.push("secret");
  return kinds;
}

function hasMailAddress(text: string): boolean {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    mailHost.lastIndex = at + 1;
    if (/[\p{L}\p{N}_%+-]/u.test(text[at - 1] ?? "") && mailHost.test(text)) return true;
  }
  return false;
}

const hasKey = (text: string): boolean =>
  (text.match(/[\w.:-]+/g) ?? []).some((run) => {
    const word = trimEnd(run.slice(0, maxKey), ".:-");
    return keys.some((shape) => shape.test(word)) || isAssignedKey(word);
  });

/** `key:sk-...` is a key behind its name. */
const isAssignedKey = (word: string): boolean => {
  const value = word.slice(word.indexOf(":") + 1);
  return value !== word && keys.some((shape) => shape.test(value));
};

/** ISO/IEC 7812-1, annex B: the Luhn check, for 13 to 19 digits that are not all the same. */
function isCardNumber(run: string): boolean {
  const digits = run.replaceAll(/\D/g, "");
  if (!/^[2-6]/.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
