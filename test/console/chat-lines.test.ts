import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chatLines } from "../../src/console/pages/chat-lines.ts";

test("a line below a list ends it", () => {
  assert.equal(chatLines("Wrong:\n- a\n- b\nDone."), "Wrong:\n- a\n- b\n\nDone.");
  assert.equal(chatLines("1. a\n2) b\nDone."), "1. a\n2) b\n\nDone.");
});

test("what belongs to an item stays with it", () => {
  for (const text of ["- a\n  more of a\n- b", "- a\n\nDone.", "- a\n  - deeper\n- b"])
    assert.equal(chatLines(text), text);
});

test("code is left as it is", () => {
  for (const text of ["```yaml\n- a\nb: c\n```", "~~~\n* x\ny\n~~~\nend"])
    assert.equal(chatLines(text), text);
});

test("nothing but empty lines is ever added", () => {
  const line = fc.constantFrom("- a", "text", "  indented", "", "```", "2. b", "* c");
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const written = (text: string) => text.split("\n").filter((each) => each !== "");
      const text = lines.join("\n");
      assert.deepEqual(written(chatLines(text)), written(text));
      assert.equal(chatLines(chatLines(text)), chatLines(text));
    }),
  );
});
