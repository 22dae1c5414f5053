import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { builtInEncoder } from "../../src/encoders/built-in/built-in-encoder.ts";
import { prepareEncoder } from "../../src/encoders/prepared-encoder.ts";
import { createRecall } from "../../src/learning/recall/embedded-recall.ts";

const file = new URL("../fixtures/understanding/library-ru.jsonl", import.meta.url);
type Row = { readonly answer: string; readonly taught: string[]; readonly asked: string[] };

test("questions that the encoder could not read are still answered by their words", async () => {
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const add = rows.flatMap(({ answer, taught }, row) =>
    taught.map((prompt, wording) => ({
      id: `${row} ${wording}`,
      prompt,
      answer,
      label: "positive" as const,
      corrects: false,
    })),
  );
  const built = builtInEncoder();
  // It has read what was taught, and is away when questions come.
  const away = prepareEncoder(built, { words: built });
  for (const { prompt } of add) away.remember(prompt, built.vectorOf(prompt)!);
  const rightWith = (recall: ReturnType<typeof createRecall>): number => {
    recall.apply({ add, remove: [] });
    const asked = rows.flatMap(({ answer, asked: prompts }) =>
      prompts.map((prompt) => recall.recollect(prompt, { hints: false }).answer === answer),
    );
    return asked.filter(Boolean).length;
  };
  const [words, without] = [rightWith(createRecall()), rightWith(createRecall({ encoder: away }))];
  assert.ok(without >= words / 3, `${without} right, ${words} by words alone`);
});
