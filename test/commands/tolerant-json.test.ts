import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readTolerantJson } from "../../src/commands/tolerant-json.ts";

test("good JSON is taken as it stands", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(readTolerantJson(text), { value: JSON.parse(text), repairs: [] });
    }),
  );
});

test("what people write is mended, and the mending is told with its line", () => {
  const { value, repairs } = readTolerantJson("{'input': 'Привет',\n 'ok': True,}");
  assert.deepEqual(value, { input: "Привет", ok: true });
  assert.deepEqual(
    repairs.map(({ line }) => line),
    [1, 2],
  );
  assert.equal(repairs[1]!.was, "'ok': True,}");
});

test("a code fence around it does not matter", () => {
  assert.deepEqual(readTolerantJson('```json\n{"a": "שלום 👍🏽"}\n```').value, { a: "שלום 👍🏽" });
});

test("what no mending helps is refused with the place", () => {
  assert.throws(() => readTolerantJson('{"a": "b" : : }'), { code: "json-invalid" });
});

test("backslashes and escapes are not decoded twice", () => {
  assert.deepEqual(readTolerantJson(String.raw`{"path": "C:\\new\\table"}`).value, {
    path: "C:\\new\\table",
  });
});
