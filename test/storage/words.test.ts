import assert from "node:assert/strict";
import { test } from "node:test";
import { normalizeText, stemmedWords, tokensOf, wordsOf } from "../../src/storage/words.ts";

test("texts are compared without case, ё, forms of letters and kinds of apostrophes", () => {
  assert.equal(normalizeText("Ёлка ﬁt Don’t"), "елка fit don't");
  assert.deepEqual(wordsOf("Don't  panic: №42, Ёж!"), ["don", "t", "panic", "no", "42", "еж"]);
  assert.deepEqual(tokensOf("a-b 7!"), ["a", "-", "b", "7", "!"]);
});

test("words lose their endings, each by the grammar of its script", () => {
  assert.deepEqual(stemmedWords("resetting passwords"), stemmedWords("reset password"));
  assert.deepEqual(stemmedWords("паролями паролей"), ["парол", "парол"]);
  assert.deepEqual(stemmedWords("שלום 🙂"), ["שלום"]);
});
