import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { ApprenticeError } from "../../src/core/errors.ts";
import { json, linesOf, runConsole, type RunningConsole } from "./running-console.ts";
import { add } from "./scripted-parts.ts";

type Events = readonly Record<string, unknown>[];
const answerIn = (events: Events) => events.at(-1)?.["answer"] as { turnId: string; text: string };

type Failure = { error: { code: string; text: string; id: string } };

const ask = async (console: RunningConsole, text: string, id = `message ${text}`) =>
  linesOf(await console.fetch("/api/messages", json({ id, text })));

test("an answer arrives piece by piece, then whole", async (context) => {
  const console = await runConsole(context);
  add(console.script, { prompt: "שלום", answer: "שלום! Привет 👋🏽", label: "positive" });
  const events = await ask(console, "שלום");
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["delta", "delta", "delta", "done"],
  );
  const { answer } = events[3] as { answer: { text: string; turnId: string } };
  assert.equal(answer.text, "שלום! Привет 👋🏽");
  assert.equal(console.script.inputs[0]?.room, "web:local/console");
  const { turns } = (await (await console.fetch("/api/turns?current=true")).json()) as {
    turns: { id: string; answer: string }[];
  };
  assert.deepEqual(
    turns.map(({ id }) => id),
    [answer.turnId],
  );
});

test("each piece is sent as soon as it is there", async (context) => {
  const console = await runConsole(context);
  add(console.script, { prompt: "slow", answer: "first second", label: "positive" });
  console.script.hold = new Promise(() => {});
  const leaving = new AbortController();
  const response = await console.fetch("/api/messages", {
    ...json({ id: "message-slow", text: "slow" }),
    signal: leaving.signal,
  });
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  assert.deepEqual(JSON.parse(Buffer.from(value ?? []).toString()), {
    kind: "delta",
    text: "first ",
  });
  leaving.abort();
  while (console.script.aborted.length === 0) await delay(5);
  assert.deepEqual(console.script.aborted, ["message-slow"]);
});

test("files come with a message byte for byte", async (context) => {
  const console = await runConsole(context);
  const form = new FormData();
  form.set("message", JSON.stringify({ id: "message-1", text: "!train", language: "ru" }));
  form.append("files", new File([Uint8Array.of(0, 255, 13, 10)], "данные 📎.bin", { type: "x/y" }));
  form.append("files", new File(["второй"], "b.txt"));
  const events = await linesOf(
    await console.fetch("/api/messages", { method: "POST", body: form }),
  );
  assert.equal(events[0]?.["kind"], "reply");
  const [input] = console.script.inputs;
  assert.equal(input?.language, "ru");
  assert.deepEqual(
    input?.files.map(({ name, bytes }) => [name, [...bytes].slice(0, 4)]),
    [
      ["данные 📎.bin", [0, 255, 13, 10]],
      ["b.txt", [208, 178, 209, 130]],
    ],
  );
});

test("what fails while answering becomes a last line, in the person's language", async (context) => {
  const console = await runConsole(context);
  console.script.failure = new ApprenticeError("model-timeout", { seconds: 30 });
  const russian = json({ id: "message-1", text: "?" }, { "accept-language": "ru" });
  const [first] = await linesOf(await console.fetch("/api/messages", russian));
  assert.equal(first?.["kind"], "error");
  assert.equal(first?.["code"], "model-timeout");
  assert.match(String(first?.["text"]), /дольше 30 с/);
  console.script.failure = new TypeError("secret detail");
  const [second] = await ask(console, "?");
  assert.equal(second?.["code"], "internal");
  assert.ok(!JSON.stringify(second).includes("secret detail"));
});

test("a request that makes no sense is refused with its place", async (context) => {
  const console = await runConsole(context);
  const cases: [string, RequestInit][] = [
    ["/api/messages", json({ text: "no id" })],
    [
      "/api/messages",
      { method: "POST", body: "{broken", headers: { "content-type": "application/json" } },
    ],
    [
      "/api/messages",
      { method: "POST", body: "--x", headers: { "content-type": "multipart/form-data" } },
    ],
    ["/api/teach", json({ prompt: 1, answer: "x" })],
    [
      "/api/teach",
      { method: "POST", body: "\0\xff{", headers: { "content-type": "application/json" } },
    ],
    ["/api/turns?limit=1000000", {}],
    ["/api/ask", json({})],
    ["/api/turns/x/feedback", json({ rating: 5 })],
    ["/api/import", { method: "POST", body: new FormData() }],
  ];
  for (const [path, options] of cases) {
    const response = await console.fetch(path, options);
    const { error } = (await response.json()) as Failure;
    assert.deepEqual([response.status, error.code], [400, "console-request-invalid"], path);
  }
  const missing = await console.fetch("/api/nothing", { method: "POST" });
  assert.equal(missing.status, 404);
  assert.equal(((await missing.json()) as Failure).error.code, "console-page-missing");
});

test("correct, explain and undo an answer", async (context) => {
  const console = await runConsole(context);
  add(console.script, { prompt: "hours?", answer: "9 to 5", label: "positive" });
  const before = await ask(console, "hours?", "message-1");
  const { turnId } = answerIn(before);
  const corrected = await console.fetch(
    `/api/turns/${turnId}/correct`,
    json({ answer: "10 to 6" }),
  );
  const receipt = (await corrected.json()) as {
    actionId: string;
    added: number;
    superseded: number;
  };
  assert.deepEqual([receipt.added, receipt.superseded], [1, 1]);
  const after = await ask(console, "hours?", "message-2");
  const answer = answerIn(after);
  assert.equal(answer.text, "10 to 6");
  const why = (await (await console.fetch(`/api/turns/${answer.turnId}/why`)).json()) as {
    tier: string;
    examples: { prompt: string; answer: string }[];
  };
  assert.deepEqual(
    [why.tier, why.examples.map(({ prompt, answer }) => [prompt, answer])],
    ["exact", [["hours?", "10 to 6"]]],
  );
  const undo = () => console.fetch(`/api/actions/${receipt.actionId}/undo`, { method: "POST" });
  assert.deepEqual(await (await undo()).json(), {
    actionId: receipt.actionId,
    kind: "taught",
    removed: 1,
    restored: 1,
    now: null,
    fell: 0,
  });
  assert.equal((await undo()).status, 409);
  const restored = await ask(console, "hours?", "message-3");
  assert.equal(answerIn(restored).text, "9 to 5");
});

test("rate, and be told when there is nothing to rate", async (context) => {
  const console = await runConsole(context);
  const events = await ask(console, "anything");
  const { turnId } = answerIn(events);
  const rated = await console.fetch(`/api/turns/${turnId}/feedback`, json({ rating: -1 }));
  assert.equal(rated.status, 200);
  assert.deepEqual(console.script.ratings, [-1]);
  const missing = await console.fetch("/api/turns/none/feedback", json({ rating: 1 }));
  assert.equal(missing.status, 404);
  assert.equal(((await missing.json()) as Failure).error.code, "turn-missing");
});

test("a taught answer is not overwritten by accident", async (context) => {
  const console = await runConsole(context);
  const teach = (answer: string, replace = false) =>
    console.fetch("/api/teach", json({ prompt: "q", answer, replace }));
  assert.equal((await teach("one")).status, 200);
  const taken = (await (await teach("two")).json()) as {
    words: string;
    buttons: { label: string }[];
  };
  assert.match(taken.words, /To “q” I already answer “one”/);
  assert.deepEqual(
    taken.buttons.map(({ label }) => label),
    ["Replace it", "Only this question", "Keep it"],
  );
  assert.equal((await teach("two", true)).status, 200);
  const { answers } = (await (
    await console.fetch("/api/ask", json({ prompts: ["q", "r"] }))
  ).json()) as {
    answers: { answer: string | null }[];
  };
  assert.deepEqual(
    answers.map(({ answer }) => answer),
    ["two", null],
  );
});

test("what was taught can be searched and paged", async (context) => {
  const console = await runConsole(context);
  for (let number = 0; number < 5; number++) {
    add(console.script, { prompt: `question ${number}`, answer: "Да", label: "positive" });
  }
  const page = async (query: string) => {
    const response = await console.fetch(`/api/examples?${query}`);
    return ((await response.json()) as { examples: { id: string; prompt: string }[] }).examples;
  };
  const first = await page("limit=2");
  assert.deepEqual(
    first.map(({ prompt }) => prompt),
    ["question 4", "question 3"],
  );
  const second = await page(`limit=2&before=${first[1]?.id}`);
  assert.deepEqual(
    second.map(({ prompt }) => prompt),
    ["question 2", "question 1"],
  );
  assert.equal((await page(`search=${encodeURIComponent("да")}`)).length, 5);
});

test("a knowledge file is shown, imported with progress, and exported", async (context) => {
  const console = await runConsole(context);
  const rows = Array.from({ length: 3 }, (_, row) => ({ prompt: `в${row}`, answer: `о${row}` }));
  const upload = (text: string, name = "faq.jsonl") => {
    const body = new FormData();
    body.set("file", new File([text], name));
    return { method: "POST", body };
  };
  const text = rows.map((row) => JSON.stringify(row)).join("\n");
  const preview = (await (await console.fetch("/api/import/preview", upload(text))).json()) as {
    count: number;
    lessons: unknown[];
  };
  assert.deepEqual([preview.count, preview.lessons.length], [3, 3]);
  const events = await linesOf(await console.fetch("/api/import", upload(text)));
  assert.equal(events[0]?.["kind"], "progress");
  const receipt = events.at(-1)?.["receipt"] as { added: number } | undefined;
  assert.equal(receipt?.added, 3);
  const exported = await console.fetch("/api/export");
  assert.match(exported.headers.get("content-disposition") ?? "", /attachment/);
  assert.deepEqual(
    (await linesOf(exported)).map(({ prompt, answer }) => ({ prompt, answer })),
    rows,
  );
  const broken = await console.fetch("/api/import/preview", upload(`${text}\nброкен`));
  const { problems, problemCount } = (await broken.json()) as {
    problems: { line: number; text: string }[];
    problemCount: number;
  };
  assert.deepEqual([problems[0]?.line, problemCount], [4, 1]);
  assert.match(problems[0]?.text ?? "", /брокен/);
  const [failed] = await linesOf(await console.fetch("/api/import", upload("брокен")));
  assert.deepEqual([failed?.["kind"], failed?.["code"]], ["error", "import-invalid"]);
  const unknown = await console.fetch("/api/import/preview", upload("?", "photo.heic"));
  assert.equal(unknown.status, 415);
});

test("session, commands, status", async (context) => {
  const console = await runConsole(context);
  const session = (await (await console.fetch("/api/session")).json()) as Record<string, unknown>;
  assert.deepEqual(
    [session["version"], session["workspace"], session["prefix"], session["uploadMegabytes"]],
    ["1.2.3", "web:local", "!", 2],
  );
  const reply = (await (
    await console.fetch("/api/commands/help", json({ values: { a: 1 } }))
  ).json()) as {
    data: unknown;
    files: { base64: string }[];
  };
  assert.deepEqual(reply.data, { a: 1 });
  assert.equal(Buffer.from(reply.files[0]?.base64 ?? "", "base64").toString(), "привет");
  const unknown = await console.fetch("/api/commands/halp", json({}));
  assert.equal(unknown.status, 404);
  assert.match(((await unknown.json()) as Failure).error.text, /Did you mean help/);
  const status = await console.fetch("/api/status", { headers: { "accept-language": "ru" } });
  const { lines } = (await status.json()) as { lines: { text: string }[] };
  assert.match(lines[0]?.text ?? "", /^Остановлено/);
});

test("an export that breaks off is cut, so that nobody takes it for whole", async (context) => {
  const console = await runConsole(context, (parts) => ({
    ...parts,
    operations: {
      ...parts.operations,
      async *exportExamples() {
        yield "{}\n";
        throw new Error("broken");
      },
    },
  }));
  await assert.rejects(async () => (await console.fetch("/api/export")).text());
});

test("stopping lets a running answer end", async (context) => {
  const console = await runConsole(context);
  add(console.script, { prompt: "q", answer: "one two three", label: "positive" });
  const held = Promise.withResolvers<void>();
  console.script.hold = held.promise;
  const response = await console.fetch("/api/messages", json({ id: "message-1", text: "q" }));
  const stopped = console.stop();
  await assert.rejects(console.fetch("/healthz"));
  held.resolve();
  const events = await linesOf(response);
  assert.equal(events.at(-1)?.["kind"], "done");
  await stopped;
});

test("pages that cannot be built are told to who opens them", async (context) => {
  const console = await runConsole(context, (parts) => ({
    ...parts,
    pagesFolder: Promise.reject(
      new ApprenticeError("console-pages-missing", { reason: "no vite" }),
    ),
  }));
  const response = await console.fetch("/", { headers: { accept: "text/html" } });
  assert.equal(response.status, 503);
  assert.match(await response.text(), /no vite/);
  assert.equal((await console.fetch("/healthz")).status, 200);
});
