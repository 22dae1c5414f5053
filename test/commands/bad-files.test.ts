import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { wordsIn, runApp, type RunningApp } from "../running-app.ts";
import { zipOf } from "../storage/zip-of.ts";

const good = '{"prompt": "Where is tea?", "answer": "In the kitchen."}\n';
const text = (words: string): Buffer => Buffer.from(words);

/** What people send, and what every way of giving files says to it. */
const files: Readonly<Record<string, readonly [string, () => Buffer | Promise<Buffer>, RegExp]>> = {
  "an empty file": ["rows.jsonl", () => text(""), /rows\.jsonl.*(nothing|empty|no )/],
  "blank lines alone": ["rows.jsonl", () => text("\n \n"), /rows\.jsonl.*(nothing|empty|no )/],
  "a header without rows": ["rows.csv", () => text("prompt,answer\n"), /rows\.csv.*(nothing|no )/],
  "wrong column names": [
    "rows.csv",
    () => text("foo,bar,baz\n1,2,3\n"),
    /rows\.csv has 1 mistake\.\nLine 1: .*found: foo, bar, baz/,
  ],
  "wrong names of fields": ["rows.jsonl", () => text('{"foo": "a", "bar": "b"}'), /Line 1: /],
  "rows of two formats in one file": [
    "rows.jsonl",
    () => text(`${good}prompt,answer\nWhere is jam?,Beside it\n`),
    /line 2/i,
  ],
  "an answer to nothing": ["rows.jsonl", () => text(`${good}{"answer": "x"}`), /line 2/i],
  "a line of 6 MB": [
    "rows.jsonl",
    () => text(`{"prompt": "${"x".repeat(6_000_000)}", "answer": "b"}`),
    /characters|too long|longer/,
  ],
  "a line of 6 MB that never ends": ["rows.jsonl", () => Buffer.alloc(6_000_000, "["), /line 1/i],
  "a line of 100 MB": ["rows.jsonl", () => Buffer.alloc(100_000_000, "x"), /too large|limit/],
  "a program": ["setup.exe", () => text("MZ\0\u0001\u0002"), /CSV|csv/],
  "half a character": ["rows.csv", () => Buffer.from([0x61, 0x2c, 0xff, 0xfe, 0x0a]), /./],
  "a zip bomb": [
    "all.zip",
    () => zipOf([{ name: "zeros.txt", bytes: Buffer.alloc(40 * 1024 * 1024) }]),
    /all\.zip.*(tight|200|packed|bomb)|cannot tell what is in all\.zip/,
  ],
  "a zip with a way out": [
    "all.zip",
    () => zipOf([{ name: "../rows.jsonl", bytes: text(good) }]),
    /all\.zip/,
  ],
  "a zip with a link": [
    "all.zip",
    () => zipOf([{ name: "rows.jsonl", bytes: text("/etc/passwd"), mode: 0o120_777 }]),
    /all\.zip/,
  ],
  "a zip with nothing to learn from": [
    "all.zip",
    () => zipOf([{ name: "a.bin", bytes: text("x") }]),
    /./,
  ],
  "a zip of which one file is wrong": [
    "all.zip",
    () =>
      zipOf([
        { name: "a.jsonl", bytes: text(good) },
        { name: "b.csv", bytes: text("foo,bar,baz\n1,2,3\n") },
      ]),
    /b\.csv|cannot tell what is in all\.zip/,
  ],
};
const doors = ["!import as=knowledge --yes", "!teach", "!train --positive --yes", "!test"];

describe("files that are no good", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({
      APPRENTICE_RECALL_ENCODER: "none",
      APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000",
    });
  });
  after(() => bot.close());

  let communities = 0;
  for (const [what, [name, content, told]] of Object.entries(files)) {
    test(`${what}: every door says what is wrong, and nothing came of it`, async () => {
      const bytes = await content();
      for (const door of doors) {
        const here = { workspace: `web:bad-${(communities += 1)}` };
        const sent = { name, mediaType: "application/octet-stream", bytes };
        const events = await bot.say(door, { ...here, files: [sent] });
        const last = events.at(-1);
        const shown = wordsIn(events);
        assert.ok(last?.kind === "reply" || last?.kind === "error", `${door}: ${shown}`);
        assert.match(shown, told, `${door}: ${shown}`);
        assert.ok(shown.length < 4_000, door);
        assert.doesNotMatch(shown, /undefined|\bnull\b|\[object|Internal/, door);
        assert.deepEqual(await bot.app.jobs.list({ ...here, limit: 1 }), [], door);
        assert.equal((await bot.app.examples.count(here.workspace)).active, 0, door);
        assert.deepEqual(await bot.app.library.list(here.workspace), [], door);
      }
    });
  }
});
