// Run as a process of its own by bench/encoder.ts, so that its memory is that of the encoder alone.
import { readFileSync } from "node:fs";
import { builtInEncoder } from "../src/encoders/built-in/built-in-encoder.ts";

const texts = readFileSync(process.argv[2]!, "utf8")
  .trim()
  .split("\n")
  .flatMap((line) => (JSON.parse(line) as { readonly asked: readonly string[] }).asked);
const collect = (globalThis as { readonly gc?: () => void }).gc!;
const encoder = builtInEncoder();
collect();
const before = process.memoryUsage.rss();
const start = performance.now();
encoder.vectorOf("When are you open?");
const loadMs = performance.now() - start;
const residentMb = (process.memoryUsage.rss() - before) / 1e6;
collect();
const { arrayBuffers } = process.memoryUsage();
const pass = (): number => {
  const begun = performance.now();
  for (const text of texts) encoder.vectorOf(text);
  return ((performance.now() - begun) / texts.length) * 1e3;
};
pass();
encoder.release();
encoder.vectorOf("x");
const firstUs = pass();
console.log(
  JSON.stringify({ loadMs, residentMb, heldMb: arrayBuffers / 1e6, firstUs, againUs: pass() }),
);
