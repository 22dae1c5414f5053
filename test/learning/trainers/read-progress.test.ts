import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  progressStart,
  readProgress,
  type ProgressCursor,
} from "../../../src/learning/trainers/command/read-progress.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("the progress of a program", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let cursor: ProgressCursor;
  beforeEach(async () => {
    folder = await temporaryFolder();
    mkdirSync(join(folder.path, "out"));
    cursor = progressStart;
  });
  afterEach(() => folder.remove());

  const add = (name: string, text: string | Buffer) =>
    appendFileSync(join(folder.path, name), text);
  const read = async (toEnd = false) => {
    const reading = await readProgress(folder.path, cursor, toEnd);
    ({ cursor } = reading);
    return reading.news.map((piece) =>
      piece.kind === "metric" ? [piece.step, piece.values] : piece.kind === "log" && piece.text,
    );
  };

  test("our own lines, told once each, also the one that is not finished yet", async () => {
    add("progress.jsonl", '{"step":1,"total":4,"loss":2}\n{"step":2,"total":4,"lo');
    assert.deepEqual(await read(), [[1, { loss: 2 }]]);
    add("progress.jsonl", 'ss":1}\n{"step":3,"loss":0.5}');
    assert.deepEqual(await read(), [[2, { loss: 1 }]]);
    assert.deepEqual(await read(true), [[3, { loss: 0.5 }]]);
    assert.deepEqual(await read(true), []);
    assert.deepEqual([cursor.step, cursor.total, cursor.metrics], [3, 4, { loss: 0.5 }]);
  });

  test("LLaMA-Factory's log", async () => {
    const line = { current_steps: 5, total_steps: 9, loss: 0.7, epoch: 1, percentage: 55.5 };
    add("out/trainer_log.jsonl", `${JSON.stringify({ ...line, elapsed_time: "0:01" })}\n`);
    assert.deepEqual(await read(), [[5, { loss: 0.7 }]]);
    assert.deepEqual([cursor.step, cursor.total], [5, 9]);
  });

  test("the state in the newest checkpoint of a Hugging Face trainer", async () => {
    const write = (step: number, history: object[]) => {
      mkdirSync(join(folder.path, "out", `checkpoint-${step}`), { recursive: true });
      const state = { global_step: step, max_steps: 100, log_history: history };
      add(`out/checkpoint-${step}/trainer_state.json`, JSON.stringify(state));
    };
    const first = [
      { step: 1, loss: 3 },
      { step: 9, loss: 2, epoch: 0.1 },
    ];
    write(9, first);
    assert.deepEqual(await read(), [
      [1, { loss: 3 }],
      [9, { loss: 2 }],
    ]);
    write(10, [...first, { step: 10, eval_loss: 1 }]);
    assert.deepEqual(await read(), [[10, { eval_loss: 1 }]]);
    mkdirSync(join(folder.path, "out", "checkpoint-11"));
    writeFileSync(join(folder.path, "out", "checkpoint-11", "trainer_state.json"), '{"global');
    assert.deepEqual(await read(), []);
    assert.deepEqual([cursor.step, cursor.total], [10, 100]);
  });

  test("what Hugging Face trainers print, and words beside it", async () => {
    add("run.log", "Loading\n 10%|█ | 3/30 [00:01<00:09]\r 13%|█ | 4/30 [00:01<00:09]\n");
    add("run.log", "{'loss': 0.5, 'grad_norm': '1e-3', 'epoch': 0.25}\n");
    assert.deepEqual(await read(), [[4, { loss: 0.5, grad_norm: 0.001 }], "Loading"]);
    assert.deepEqual([cursor.step, cursor.total], [4, 30]);
  });

  test("garbage is passed over, and the words in it are told plainly", async () => {
    add("progress.jsonl", Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x0a, 0x0a]));
    add(
      "progress.jsonl",
      '[1]\nnull\n"x"\n{"step":"x"}\n{"loss":1e999}\n{"step":\n{"step":1,"loss":1}\n',
    );
    add("run.log", Buffer.alloc(3 * 1024 * 1024, 0x80));
    add("run.log", "\n\u001b[31mplain words\u001b[0m\n");
    assert.deepEqual(await read(), [[1, { loss: 1 }], "plain words"]);
  });

  test("a line that never ends, and a log that never ends, are not kept", async () => {
    add("progress.jsonl", Buffer.alloc(2.5 * 1024 * 1024, 0x61));
    for (let reading = 0; reading < 3; reading += 1) assert.deepEqual(await read(), []);
    add("progress.jsonl", '\n{"step":7,"loss":1}\n');
    assert.deepEqual(await read(), [[7, { loss: 1 }]]);
    add("run.log", "word\n".repeat(500_000));
    assert.equal((await read()).length, 200);
    add("run.log", "more\n");
    assert.deepEqual(await read(), []);
  });
});
