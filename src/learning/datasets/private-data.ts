/** What a dataset should not hold unseen. */
export const privateKinds = ["email", "phone", "card", "secret"] as const;
export type PrivateKind = (typeof privateKinds)[number];

/** Longer texts are looked at up to here. */
const longestSearched = 40_000;

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/u;
/** An international number, or a Russian or North American one as people write it. */
const phone =
  /(?<![\p{L}\p{N}])(?:\+\d{1,3}|8(?=[ -]?\(?\d{3}))[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){2,4}(?!\d)|(?<![\p{L}\p{N}])\(?\d{3}\)?[ -]\d{3}-\d{4}(?!\d)/u;
const digitRun = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;

/** The shapes of keys and tokens of well-known services, private keys, and passwords said as such. */
const secrets: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/,
  /\bgithub_pat_\w{22,255}\b/,
  /\bglpat-[\w-]{20,}\b/,
  /\bsk-[A-Za-z0-9_-]{20,}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  /\bAIza[\w-]{35}\b/,
  /\bhf_[A-Za-z0-9]{30,}\b/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/,
  /\b[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,38}\b/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}\b/,
  /(?:password|passwd|secret|api[_-]?key|token|пароль)\s*[:=]\s*["']?[^\s"']{8,}/iu,
];

/** What kinds of private data a text holds. */
export function privateData(text: string): readonly PrivateKind[] {
  const searched = text.slice(0, longestSearched);
  const kinds: PrivateKind[] = [];
  if (searched.includes("@") && email.test(searched)) kinds.push("email");
  if (/\d/.test(searched)) {
    const hasCard = (searched.match(digitRun) ?? []).some(isCardNumber);
    if (hasCard) kinds.push("card");
    else if (phone.test(searched)) kinds.push("phone");
  }
  if (secrets.some((shape) => shape.test(searched))) kinds.push("secret");
  return kinds;
}

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
