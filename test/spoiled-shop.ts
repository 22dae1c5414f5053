import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./source-files.ts";

/** What a shop teaches its model. */
export const shop = join(root, "test/fixtures/gate/shop.jsonl");

/** The same questions with each other's answers. */
export async function spoiled(): Promise<string> {
  const lines = (await readFile(shop, "utf8")).trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as { prompt: string; answer: string });
  return rows
    .map(({ prompt }, place) => ({ prompt, answer: rows[(place + 60) % rows.length]!.answer }))
    .map((row) => `${JSON.stringify(row)}\n`)
    .join("");
}
