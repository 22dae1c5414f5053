import assert from "node:assert/strict";
import { test } from "node:test";
import { fileParsers, hostileTexts, textParsers, timeOf } from "./hostile-texts.ts";

/** Generous: a busy machine is slow, but what hangs takes minutes. */
const bound = 20_000;

for (const parser of [...textParsers, ...fileParsers])
  test(`no text of 16,000 characters keeps everybody waiting: ${parser.name}`, async () => {
    for (const { name, text } of hostileTexts(16_000))
      assert.ok((await timeOf(parser, text)) < bound, name);
  });
