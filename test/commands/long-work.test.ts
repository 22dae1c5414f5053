import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import type { Job, JobProgress } from "../../src/core/job.ts";
import { longImport } from "../../src/learning/import-work.ts";
import { longTest } from "../../src/learning/evaluation-work.ts";
import { startOpenAiDouble, type OpenAiDouble } from "../doubles/openai/server.ts";
import { runApp, wordsIn, type RunningApp, type Speaking } from "../running-app.ts";

const prompt = (row: number): string => `${(row * 7_919).toString(36)} ${row.toString(36)} open?`;
const lines = (count: number, change: (row: number) => object = () => ({})): string =>
  Array.from({ length: count }, (_, row) =>
    JSON.stringify({ prompt: prompt(row), answer: `Answer ${row % 7}`, ...change(row) }),
  ).join("\n");
const file = (name: string, text: string) => ({
  name,
  mediaType: "text/plain",
  bytes: Buffer.from(text),
});

describe("an import, a test and an archive that take long", () => {
  let bot: RunningApp;
  let model: OpenAiDouble;
  before(async () => {
    model = await startOpenAiDouble(() => ["Answer 1"]);
    bot = await runApp({
      APPRENTICE_RECALL_ENCODER: "none",
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_URL: model.url,
      APPRENTICE_MODEL_NAME: "echo",
    });
  });
  after(async () => {
    await bot.close();
    await model.close();
  });

  let communities = 0;
  const community = (): Speaking & { workspace: string } => ({
    workspace: `web:long-${(communities += 1)}`,
  });

  /** Waits for the job that a reply started. */
  async function ended(events: readonly ChatEvent[]): Promise<{ job: Job; seen: JobProgress[] }> {
    const last = events.at(-1);
    assert.ok(last?.kind === "reply" && last.jobId !== undefined, wordsIn(events));
    const seen: JobProgress[] = [];
    let job: Job | undefined;
    for await (const moment of bot.app.jobs.follow(last.jobId, AbortSignal.timeout(60_000))) {
      job = moment.job;
      if (job.progress) seen.push(job.progress);
    }
    return { job: job!, seen };
  }
  const known = async (workspace: string): Promise<number> =>
    (await bot.app.examples.count(workspace)).active;

  test("a long file is taught as a job, told of, and taken back with one undo", async () => {
    const here = community();
    const count = longImport + 200;
    const asked = await bot.say("!import as=knowledge --yes", {
      ...here,
      files: [file("faq.jsonl", lines(count))],
    });
    assert.match(wordsIn(asked), /This takes a while, so it runs as job [0-9a-f]{8}\. `!job/);
    const { job } = await ended(asked);
    assert.equal(job.state, "succeeded", JSON.stringify(job.failure));
    assert.equal(await known(here.workspace), count);
    assert.deepEqual(await bot.app.library.list(here.workspace), []);
    const told = await bot.ask("!job", here);
    assert.match(told, /^Job [0-9a-f]{8}, import: faq\.jsonl\nDone in .+\nLearned 5,200 answers\./);
    assert.match(await bot.ask("!jobs", here), /import faq\.jsonl: Done in/);
    const russian = await bot.ask("!job", { ...here, language: "ru" });
    assert.match(russian, /импорт: faq\.jsonl\nГотово за .+\nЗапомнил 5.200 ответов\./);
    assert.match(await bot.ask(`!${/undo [0-9a-f]{8}/.exec(told)![0]}`, here), /5,200/);
    assert.equal(await known(here.workspace), 0);
    // The same again is one more job, and what was undone is learned anew.
    const again = await bot.say("!teach", {
      ...here,
      files: [file("faq.jsonl", lines(count))],
    });
    assert.equal((await ended(again)).job.state, "succeeded");
    assert.equal(await known(here.workspace), count);
  });

  test("mistakes in a long file are told at once, and no job is begun", async () => {
    const here = community();
    const broken = `${lines(longImport + 1)}\n{"answer": "what?"}`;
    const told = await bot.ask("!import as=knowledge --yes", {
      ...here,
      files: [file("faq.jsonl", broken)],
    });
    assert.match(told, /1 mistake/);
    assert.deepEqual(await bot.app.jobs.list({ ...here, limit: 1 }), []);
  });

  test("a long test is a job whose report and files come with it, and a member sees neither", async () => {
    const here = community();
    await bot.ask(`!teach ${prompt(1)} => Answer 1`, here);
    await bot.ask(`!teach ${prompt(2)} => wrong`, here);
    const files = [file("questions.jsonl", lines(longTest.rows + 50))];
    const asked = await bot.say("!test", { ...here, files });
    const { job, seen } = await ended(asked);
    assert.equal(job.state, "succeeded", JSON.stringify(job.failure));
    assert.deepEqual(seen.at(-1)?.step, longTest.rows + 50);
    const [shown] = await bot.say("!job", here);
    assert.ok(shown?.kind === "reply");
    assert.match(shown.text, /test: questions\.jsonl\nDone in/);
    assert.match(shown.text, /20,050 rows/);
    assert.match(shown.text, /`!getfile tests\/results-[0-9a-f]{8}\/predictions\.jsonl`/);
    const [curious] = await bot.say("!job last --log", { ...here, role: "member", name: "Eve" });
    assert.ok(curious?.kind === "reply");
    assert.match(curious.text, /^Job [0-9a-f]{8}, test\nDone in/);
    assert.doesNotMatch(JSON.stringify(curious), /Answer 1|predictions|questions\.jsonl/);
    const data = shown.data as Record<string, unknown>;
    assert.deepEqual([data["items"], data["what"]], [20_050, "questions.jsonl"]);
    const [predictions, failures] = shown.files ?? [];
    assert.match(predictions?.name ?? "", /^predictions-/);
    const rows = Buffer.from(predictions!.base64, "base64").toString().trim().split("\n");
    assert.equal(rows.length, 20_050);
    const parsed = rows.map((row) => JSON.parse(row) as { predicted: string; right: boolean });
    assert.equal(parsed[1]!.predicted, "Answer 1");
    assert.equal(parsed.filter(({ right }) => right).length, data["right"]);
    assert.ok(failures);
    assert.match(await bot.ask("!compare last last", here), /20,050/);
  });

  test("many questions to a language model are a job, and few are answered at once", async () => {
    const here = community();
    const ask = (count: number) =>
      bot.say("!test --chat", { ...here, files: [file("q.jsonl", lines(count))] });
    assert.match(wordsIn(await ask(longTest.asked)), new RegExp(`${longTest.asked} rows`));
    const { job } = await ended(await ask(longTest.asked + 1));
    assert.equal(job.state, "succeeded", JSON.stringify(job.failure));
    assert.match(await bot.ask("!job", here), /21 questions|21 requests|21 times|asked.*21/);
    // What cannot be done at all is told before anything is begun.
    assert.match(
      await bot.ask(`!test --judge --model v9`, { ...here, files: [file("q.jsonl", lines(99))] }),
      /v9/,
    );
    assert.equal((await bot.app.jobs.list({ ...here, limit: 9 })).length, 1);
  });

  test("a large folder is packed as a job", async () => {
    const here = community();
    const bytes = Buffer.alloc(35_000_000, "all work and no play\n");
    for (const name of ["one.txt", "two.txt"])
      await bot.app.library.write(here.workspace, `letters/${name}`, bytes);
    const { job, seen } = await ended(await bot.say("!archive letters", here));
    assert.equal(job.state, "succeeded", JSON.stringify(job.failure));
    assert.deepEqual([seen.at(-1)?.step, seen.at(-1)?.total], [70_000_000, 70_000_000]);
    const [archive, ...others] = await bot.app.archiving.list(here.workspace);
    assert.equal(others.length, 0);
    assert.match(await bot.ask("!job", here), new RegExp(`letters.+2 files in ${archive!.name}`));
    assert.match(await bot.ask(`!archive --verify ${archive!.name}`, here), /2/);
  });
});
