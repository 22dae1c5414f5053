// Makes src/learning/recall/decision/background.bin: how often words, stems and features occur in English and
// Russian. Usage: node tools/decision/make-background.ts frequencies.tsv (see word-frequencies.py).
import { readFileSync, writeFileSync } from "node:fs";
import { FeatureExtractor } from "../../src/learning/recall/features.ts";
import { hashText } from "../../src/learning/recall/hash.ts";
import { normalizeText, stem } from "../../src/storage/words.ts";

const stepsPerUnit = 12;
/** A rarer feature weighs the same as one that is not in the table. */
const leastFeature = 1.5e-5;

const words = new Map<string, number>();
for (const line of readFileSync(process.argv[2]!, "utf8").trim().split("\n")) {
  const [language, written, frequency] = line.split("\t") as [string, string, string];
  const word = normalizeText(written);
  const isOwn = language === "ru" ? /[а-я]/.test(word) : !/[а-я]/.test(word);
  if (isOwn) words.set(word, (words.get(word) ?? 0) + Number(frequency));
}

const known = new Map<number, number>();
const stems = new Map<number, number>();
const features = new Map<number, number>();
const extractor = new FeatureExtractor("rich");
const add = (table: Map<number, number>, hash: number, frequency: number) =>
  table.set(hash, (table.get(hash) ?? 0) + frequency);
for (const [word, frequency] of words) {
  add(known, hashText(word), frequency);
  add(stems, hashText(stem(word)), frequency);
  extractor.extract(word);
  for (let at = 0; at < extractor.length; at++) add(features, extractor.hashes[at]!, frequency);
}
for (const [hash, frequency] of features) if (frequency < leastFeature) features.delete(hash);

const tables = [known, stems, features].map((table) => {
  const entries = [...table].toSorted(([left], [right]) => left - right);
  const bytes = Buffer.alloc(4 + Math.ceil((entries.length * 5) / 4) * 4);
  bytes.writeUInt32LE(entries.length, 0);
  for (const [at, [hash, frequency]] of entries.entries()) {
    bytes.writeUInt32LE(hash, 4 + at * 4);
    const rarity = Math.min(255, Math.round(-Math.log(Math.min(1, frequency)) * stepsPerUnit));
    bytes.writeUInt8(rarity, 4 + entries.length * 4 + at);
  }
  console.log(entries.length, "entries,", bytes.length, "bytes");
  return bytes;
});
writeFileSync(
  new URL("../../src/learning/recall/decision/background.bin", import.meta.url),
  Buffer.concat(tables),
);
