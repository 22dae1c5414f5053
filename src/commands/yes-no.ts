const yes = new Set([
  "yes",
  "y",
  "true",
  "t",
  "1",
  "on",
  "enable",
  "enabled",
  "positive",
  "+",
  "да",
  "д",
  "ага",
  "истина",
  "вкл",
  "включить",
  "положительно",
]);
const no = new Set([
  "no",
  "n",
  "false",
  "f",
  "0",
  "off",
  "disable",
  "disabled",
  "negative",
  "-",
  "нет",
  "н",
  "не",
  "ложь",
  "выкл",
  "выключить",
  "отрицательно",
]);

/** What a person means by a word, in English or Russian; `undefined` when it is unclear. */
export function yesOrNo(word: string): boolean | undefined {
  const plain = word.trim().toLowerCase();
  if (yes.has(plain)) return true;
  return no.has(plain) ? false : undefined;
}
