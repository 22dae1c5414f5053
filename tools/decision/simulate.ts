// Simulates communities and writes what the matcher sees of every question they are asked, for fit.py.
// Usage: node tools/decision/simulate.ts --data FOLDER --frequencies FILE --count 400 --seed 1 --out FILE
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { builtInEncoder } from "../../src/encoders/built-in/built-in-encoder.ts";
import { informationOf } from "../../src/learning/recall/decision/background.ts";
import { candidatesMatched, signalsFor } from "../../src/learning/recall/decision/judge.ts";
import { gather } from "../../src/learning/recall/gather.ts";
import type { Model } from "../../src/learning/recall/model.ts";
import { seededRandom, shuffle } from "../../src/learning/recall/random.ts";
import { trainModel } from "../../src/learning/recall/train-model.ts";
import { normalizeText, wordsOf } from "../../src/storage/words.ts";
import { madeUpDomains, trainingDomain } from "./communities.ts";
import type { Domain, Phrase } from "./communities.ts";

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    frequencies: { type: "string" },
    count: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    least: { type: "string", default: "4" },
    most: { type: "string", default: "60" },
    out: { type: "string" },
    encoder: { type: "string", default: "built-in" },
  },
});

/** Answers that are slots (any fact, any sum): they are asked, and never taught. */
const slots =
  /^(qa_factoid|qa_definition|qa_stock|qa_maths|general_quirky|qa_currency|datetime_convert)$/;
const kinds = { known: 0, near: 1, far: 2, swap: 3, slip: 4 } as const;
const most = { rows: 900, known: 90, unknown: 40, slips: 20 } as const;

const encoder = options.encoder === "none" ? undefined : builtInEncoder();
const commands = trainingDomain("hwu64", `${options.data!}/hwu64/train.jsonl`);
const home = trainingDomain("home-ru", `${options.data!}/home-ru/train.jsonl`);
const madeUp = madeUpDomains();
const domains = [commands, home, ...madeUp];
const strangeWords = readFileSync(options.frequencies!, "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"))
  .filter(([, word, often]) => word!.length > 3 && Number(often) < 1e-4 && Number(often) > 4e-6)
  .map(([language, word]) => ({ language: language!, word: word! }));

/** How many answers a community has, at least and at most. */
const [least, greatest] = [Number(options.least), Number(options.most)];
const out: number[] = [];
let question = 0;
for (let community = 0; community < Number(options.count); community++)
  simulate(community, seededRandom(1_000 * Number(options.seed) + community));
writeFileSync(options.out!, Buffer.from(Float32Array.from(out).buffer));

type Question = { readonly prompt: string; readonly answer: string | null };

function simulate(community: number, random: () => number): void {
  const draw = random();
  const domain =
    draw < 0.35 ? commands : draw < 0.45 ? home : madeUp[Math.floor(random() * madeUp.length)]!;
  const languages = languagesOf(domain, random);
  const taughtIn = (phrase: Phrase) => languages.taught.includes(phrase.language);
  const askedIn = (phrase: Phrase) => languages.asked.includes(phrase.language);
  const names = mixed([...domain.answers.keys()], random).filter((name) => !slots.test(name));
  const count = Math.min(names.length - 2, Math.round(least * (greatest / least) ** random()));
  const chosen = chooseAnswers(domain, names, count, random);
  const wordings = [1, 1, 1, 1, 2, 2, 3, 3, 5, 8, 12, 25, 50][Math.floor(random() * 13)]!;
  const rows: (Question & { readonly language: string })[] = [];
  const rest: Question[] = [];
  for (const answer of chosen) {
    const phrases = mixed(domain.answers.get(answer)!, random);
    const teachable = phrases.filter(taughtIn);
    const own = teachable.slice(0, Math.max(1, Math.min(wordings, phrases.length - 1)));
    rows.push(...own.map(({ prompt, language }) => ({ prompt, answer, language })));
    rest.push(
      ...phrases
        .filter((phrase) => askedIn(phrase) && !own.includes(phrase))
        .map(({ prompt }) => ({ prompt, answer })),
    );
  }
  rows.length = Math.min(rows.length, most.rows);
  const model = trainModel(
    rows.map(({ prompt, answer }, at) => ({
      id: `e${at}`,
      prompt,
      answer,
      label: "positive",
      corrects: false,
    })),
    { seed: 1, ...(encoder && { encoder }) },
  );
  const isChosen = new Set(chosen);
  const subjects = new Set(chosen.map(subjectOf));
  const strangers = [...domain.answers].filter(([name]) => !isChosen.has(name));
  const isNear = (name: string) => domain !== commands || subjects.has(subjectOf(name));
  const promptsOf = (answers: typeof strangers) =>
    answers.flatMap(([, phrases]) => phrases.filter(askedIn).map(({ prompt }) => prompt));
  const anyLanguage = random() < 0.4;
  const strange = (answers: typeof strangers) =>
    anyLanguage
      ? answers.flatMap(([, phrases]) => phrases.map(({ prompt }) => prompt))
      : promptsOf(answers);
  const near = promptsOf(strangers.filter(([name]) => isNear(name)));
  const other = mixed(
    domains.filter((each) => each !== domain),
    random,
  ).slice(0, 3);
  const far = [
    ...promptsOf(strangers.filter(([name]) => !isNear(name))),
    ...other.flatMap((each) => mixed(strange([...each.answers]), random).slice(0, 20)),
  ];
  const known = mixed(rest, random).slice(0, most.known);
  const swaps = mixed(rows, random)
    .slice(0, most.unknown)
    .map((row) => swapped(row, rows, random))
    .filter((prompt) => prompt !== null);
  const slips = mixed([...rows, ...known], random)
    .slice(0, most.slips)
    .map(({ prompt, answer }) => ({ prompt: slipped(prompt, random), answer }));
  const unknown = { near, far, swap: swaps };
  const parts = Object.values(unknown).filter((prompts) => prompts.length > 0).length;
  ask(model, community, kinds.known, known, 0.6);
  ask(model, community, kinds.slip, slips, 0.1);
  for (const kind of ["near", "far", "swap"] as const) {
    const prompts = mixed(unknown[kind], random).slice(0, most.unknown);
    const asked = prompts.map((prompt) => ({ prompt, answer: null }));
    ask(model, community, kinds[kind], asked, 0.3 / parts);
  }
  if (community % 50 === 0) console.log(community, domain.name, chosen.length, rows.length);
}

function ask(
  model: Model,
  community: number,
  kind: number,
  questions: readonly Question[],
  weight: number,
): void {
  for (const { prompt, answer } of questions) {
    const repaired = model.words.repair(prompt);
    const evidence = gather(model, repaired, encoder?.vectorOf(repaired) ?? null);
    const each = weight / questions.length;
    for (const candidate of evidence.byShare.slice(0, candidatesMatched)) {
      const isRight = answer !== null && model.store.answerText(candidate.answer) === answer;
      const signals = signalsFor(model, evidence, candidate.answer);
      out.push(question, community, kind, isRight ? 1 : 0, each, ...signals);
    }
    question++;
  }
}

/** Bilingual subjects are taught and asked in one language, in both, or taught in one and asked in the other. */
function languagesOf(domain: Domain, random: () => number) {
  const there = [...new Set([...domain.answers.values()].flat().map(({ language }) => language))];
  if (there.length === 1) return { taught: there, asked: there };
  const [one, other] = mixed(there, random) as ["en" | "ru", "en" | "ru"];
  const draw = random();
  if (draw < 0.4) return { taught: [one], asked: [one] };
  if (draw < 0.6) return { taught: [one], asked: [other] };
  if (draw < 0.8) return { taught: [one], asked: there };
  return { taught: there, asked: there };
}

/** At random, one of each subject, or whole subjects. */
function chooseAnswers(
  domain: Domain,
  names: readonly string[],
  count: number,
  random: () => number,
): string[] {
  const style = domain === commands ? random() : 1;
  if (style < 0.25) {
    const met = new Set<string>();
    return names
      .filter((name) => !met.has(subjectOf(name)) && met.add(subjectOf(name)))
      .slice(0, count);
  }
  if (style > 0.55) return names.slice(0, count);
  const order = mixed([...new Set(names.map(subjectOf))], random);
  return names
    .toSorted((left, right) => order.indexOf(subjectOf(left)) - order.indexOf(subjectOf(right)))
    .slice(0, count);
}

function subjectOf(answer: string): string {
  return answer.split("_")[0]!;
}

/** The prompt with the word that tells the most replaced: by one of another answer, or any other. */
function swapped(
  row: Question & { readonly language: string },
  rows: readonly (Question & { readonly language: string })[],
  random: () => number,
): string | null {
  const telling = mostTelling(row.prompt);
  const others = rows.filter(
    (each) => each.answer !== row.answer && each.language === row.language,
  );
  const strange = strangeWords.filter(({ language }) => language === row.language);
  const other = others[Math.floor(random() * others.length)];
  const word =
    random() < 0.35 && other
      ? mostTelling(other.prompt)
      : strange[Math.floor(random() * strange.length)]!.word;
  if (telling === null || word === null || word === telling) return null;
  const prompt = normalizeText(row.prompt);
  const at = prompt.search(new RegExp(`(?<!\\p{L})${telling}(?!\\p{L})`, "u"));
  return at < 0 ? null : prompt.slice(0, at) + word + prompt.slice(at + telling.length);
}

function mostTelling(prompt: string): string | null {
  const words = wordsOf(prompt).filter((word) => /^\p{L}+$/u.test(word));
  const [best] = words.toSorted((left, right) => informationOf(right) - informationOf(left));
  return best !== undefined && informationOf(best) >= 0.3 ? best : null;
}

/** One slip of the fingers in one of the longer words. */
function slipped(prompt: string, random: () => number): string {
  const words = [...prompt.matchAll(/\p{L}{4,}/gu)];
  if (words.length === 0) return prompt;
  const { 0: word, index } = words[Math.floor(random() * words.length)]!;
  const letters = Array.from(word);
  const at = 1 + Math.floor(random() * (letters.length - 2));
  const slip = Math.floor(random() * 4);
  if (slip === 0) letters.splice(at, 1);
  else if (slip === 1) [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  else if (slip === 2) letters.splice(at, 0, letters[at]!);
  else
    letters[at] = (/\p{Script=Cyrillic}/u.test(word) ? "оеаитнср" : "eatoinsr")[
      Math.floor(random() * 8)
    ]!;
  return prompt.slice(0, index) + letters.join("") + prompt.slice(index + word.length);
}

function mixed<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = Int32Array.from(items.keys());
  shuffle(order, random);
  return Array.from(order, (at) => items[at]!);
}
