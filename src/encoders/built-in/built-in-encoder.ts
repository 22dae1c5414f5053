import { readFileSync } from "node:fs";
import type { InstantEncoder } from "../encoder.ts";
import { whenIdle } from "../idle.ts";
import { segmenter } from "./segment.ts";
import { PieceVocabulary } from "./vocabulary.ts";

/** A question is shorter; what comes after so many pieces is left out. */
const mostPieces = 64;
const longestText = 4_000;
const wordsRemembered = 4_000;

type Pack = {
  readonly id: string;
  readonly dimensions: number;
  readonly entries: number;
  readonly languages: readonly string[];
  readonly unknownRow: number;
};

let opened: InstantEncoder | undefined;

/**
 * The encoder that comes with the package: a table of words and word pieces in English and Russian
 * (see `en-ru/CARD.md`). Gives the same bytes on every machine. The table is read from disk when the
 * first text comes, and given back when none came for a while.
 */
export function builtInEncoder(): InstantEncoder {
  opened ??= openPack(new URL("./en-ru/", import.meta.url));
  return opened;
}

/** A pack in a folder of its own, whose address ends in a slash. */
export function openPack(folder: URL): InstantEncoder {
  const pack = JSON.parse(readFileSync(new URL("pack.json", folder), "utf8")) as Pack;
  const { id, dimensions, languages } = pack;
  let loaded: InstantEncoder["vectorOf"] | undefined;
  const release = (): void => {
    loaded = undefined;
    idle.stop();
  };
  const idle = whenIdle(release);
  const vectorOf = (text: string): Int8Array | null => {
    idle.touch();
    loaded ??= readTable(folder, pack);
    return loaded(text);
  };
  return {
    id,
    dimensions,
    languages,
    isCostly: false,
    vectorOf,
    wordOf: vectorOf,
    prepare: async (_texts, signal) => signal?.throwIfAborted(),
    remember: () => {},
    problem: () => undefined,
    release,
    async encode(texts, signal) {
      signal?.throwIfAborted();
      return texts.map((text) => vectorOf(text) ?? new Int8Array(dimensions));
    },
  };
}

function readTable(
  folder: URL,
  { dimensions, unknownRow, entries }: Pack,
): InstantEncoder["vectorOf"] {
  const read = (name: string) => readFileSync(new URL(name, folder));
  const scales = floatsOf(read("scales.f32"));
  const bytes = read("rows.i8");
  const rows = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const vocabulary = new PieceVocabulary(read("vocabulary.txt"), entries);
  const segment = segmenter(vocabulary, floatsOf(read("scores.f32")), unknownRow);
  /** What says nothing: characters in no entry, and the mark in front of every word. */
  const silent = new Set([unknownRow, ...segment("")]);
  const remembered = new Map<string, readonly number[]>();

  const piecesOf = (word: string): readonly number[] => {
    const known = remembered.get(word);
    if (known) return known;
    if (remembered.size >= wordsRemembered) remembered.clear();
    const pieces = segment(word);
    remembered.set(word, pieces);
    return pieces;
  };

  return (text) => {
    const pieces = clean(text).split(" ").flatMap(piecesOf).slice(0, mostPieces);
    if (pieces.every((piece) => silent.has(piece))) return null;
    const sum = new Float64Array(dimensions);
    for (const piece of pieces) {
      const scale = scales[piece]!;
      const row = piece * dimensions;
      for (let axis = 0; axis < dimensions; axis++) sum[axis]! += rows[row + axis]! * scale;
    }
    let squares = 0;
    for (const value of sum) squares += value * value;
    const length = Math.sqrt(squares) + 1e-12;
    return Int8Array.from(sum, (value) => Math.floor((value / length) * 127 + 0.5));
  };
}

const clean = (text: string): string =>
  text
    .slice(0, longestText)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/\s+/gu, " ")
    .trim();

const floatsOf = ({ buffer, byteOffset, length }: Buffer): Float32Array =>
  new Float32Array(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
