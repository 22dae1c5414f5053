import { readFileSync, readdirSync } from "node:fs";

/** What may be taught in one subject: the wordings of each answer, by language. */
export type Domain = {
  readonly name: string;
  readonly answers: ReadonlyMap<string, readonly Phrase[]>;
};
export type Phrase = { readonly prompt: string; readonly language: "en" | "ru" };

const cyrillic = /\p{Script=Cyrillic}/u;
const asPhrase = (prompt: string): Phrase => ({
  prompt,
  language: cyrillic.test(prompt) ? "ru" : "en",
});

/** The communities that were made up for training: one file each, one answer a line. */
export function madeUpDomains(): Domain[] {
  const folder = new URL("./communities/", import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const rows = readRows<readonly string[]>(new URL(file, folder));
      const answers = new Map(rows.map((phrases, at) => [`${file} ${at}`, phrases.map(asPhrase)]));
      return { name: file, answers };
    });
}

/** The training rows of a development set. No validation and no test file is ever read here. */
export function trainingDomain(name: string, file: string): Domain {
  const answers = new Map<string, Phrase[]>();
  for (const { prompt, answer } of readRows<{ prompt: string; answer: string | null }>(file)) {
    if (answer === null) continue;
    const phrases = answers.get(answer) ?? [];
    answers.set(answer, phrases);
    phrases.push(asPhrase(prompt));
  }
  return { name, answers };
}

const readRows = <Row>(file: string | URL): Row[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
