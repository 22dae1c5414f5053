import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inflateSync } from "node:zlib";
import type { ChatInput } from "../../src/core/chat.ts";
import type { Job } from "../../src/core/job.ts";
import type { Label } from "../../src/core/example.ts";
import { runApp, type RunningApp, type Speaking } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
});
after(() => bot.close());

let communities = 0;
const community = () => ({ workspace: `web:training-${(communities += 1)}` });

const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const verbs = "buy lend mend clean lose find carry paint sell weigh hang fold".split(" ");
const rows = (label?: Label): string =>
  subjects
    .flatMap((subject) =>
      verbs.map((verb) =>
        JSON.stringify({
          prompt: `Where may I ${verb} a ${subject}?`,
          answer: `At the ${subject} desk`,
          ...(label && { label }),
        }),
      ),
    )
    .join("\n");
const file = (name: string, content: string): ChatInput["files"][number] => ({
  name,
  mediaType: "text/plain",
  bytes: Buffer.from(content),
});
const withFile = (here: Speaking, content = rows(), name = "shop.jsonl"): Speaking => ({
  ...here,
  files: [file(name, content)],
});

/** The newest job of a community, once it has ended. */
async function ended({ workspace }: { workspace: string }): Promise<Job> {
  const { jobs } = bot.app;
  const { id } = await jobs.find(workspace, "last");
  let last: Job | undefined;
  for await (const { job } of jobs.follow(id, new AbortController().signal)) last = job;
  return last!;
}

test("!train shows first what it will do, and starts when told so", async () => {
  const here = community();
  const [asked] = await bot.say("!train positive=yes", withFile(here));
  assert.ok(asked?.kind === "reply");
  assert.match(asked.text, /Train embedded on shop, version 1/);
  assert.match(asked.text, /120 rows: 120 positive, 0 negative/);
  assert.match(asked.text, /It will take about \d+ s\./);
  assert.match(asked.text, /Nothing has started yet/);
  assert.deepEqual(await bot.app.jobs.list({ ...here, limit: 1 }), []);

  const line = /write: `(!train .+)`$/m.exec(asked.text)![1]!;
  assert.match(await bot.ask(line, here), /^Model training started\. Job ID: [0-9a-f]{8}\./);
  const job = await ended(here);
  assert.equal(job.state, "succeeded");
  assert.equal(job.cost?.dollars, 0);
  const [version] = await bot.app.registry.list(here.workspace);
  assert.deepEqual(
    [version?.number, version?.jobId, version?.dataset.name, version?.trainer],
    [1, job.id, "shop", "embedded"],
  );
  const manifest = await bot.app.datasets.describe(here.workspace, "shop");
  assert.equal(version?.dataset.sha256, manifest.files["rows.jsonl"]?.sha256);
  const told = await bot.ask("!job", here);
  assert.match(told, /Done in \d+ s\.\nModel v1 is the candidate now\./);
  assert.match(await bot.ask("!jobs", here), /training shop v1, embedded: Done in/);
  await assertCurve(here);
  await assertOnlyTrainRows(here);
  await assertLogInBothLanguages(here);
});

/** What was noted while it trained is read in the language of whoever reads it. */
async function assertLogInBothLanguages(here: Speaking): Promise<void> {
  const english = await bot.ask("!job --log", { ...here, language: "en" });
  assert.match(english, /\[waiting\][^]+Read: \d+ rows to learn from, \d+ to tune with, 10 diff/);
  assert.match(english, /\[done\]/);
  const russian = await bot.ask("!job --log", { ...here, language: "ru" });
  assert.match(russian, /\[ждёт\][^]+Прочитано: строк для обучения — \d+[^]+\[готово\]/);
}

/** The loss curve is a picture with the colour of its line in it. */
async function assertCurve(here: Speaking): Promise<void> {
  const [shown] = await bot.say("!job", here);
  assert.ok(shown?.kind === "reply");
  const [curve] = shown.files ?? [];
  assert.match(curve?.name ?? "", /^loss-[0-9a-f]{8}\.png$/);
  const png = Buffer.from(curve!.base64, "base64");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const pixels = inflateSync(png.subarray(png.indexOf("IDAT") + 4, png.indexOf("IEND") - 8));
  assert.equal(pixels.length, (width * 3 + 1) * height);
  assert.ok(pixels.includes(Buffer.from([0, 114, 178])), "the line of the loss");
}

/** The artefact holds the rows to learn from, and none to tune or to judge with. */
async function assertOnlyTrainRows({ workspace }: { workspace: string }): Promise<void> {
  const [version] = await bot.app.registry.list(workspace);
  assert.ok(version?.artefact.kind === "memory");
  const { folder, file: memory } = version.artefact;
  const bytes = readFileSync(join(bot.folder, "data", folder, memory.path));
  const splits = { train: 0, validation: 0, test: 0 };
  for await (const row of bot.app.datasets.rows({ workspace, name: "shop", version: 1 })) {
    assert.equal(bytes.includes(row.id), row.split === "train", row.split);
    splits[row.split] += 1;
  }
  assert.ok(splits.train > 0 && splits.test + splits.validation > 0);
}

test("what a file shows is taken from what was said, in every way of saying it", async () => {
  for (const [words, counts] of [
    ["positive=False", /9 positive, 120 negative/],
    ["--negative", /9 positive, 120 negative/],
    ["нет", /отрицательных 120/],
    ["no", /9 positive, 120 negative/],
    ["shop positive=True", /129 positive, 0 negative/],
    ["positive=True", /129 positive, 0 negative/],
    ["да", /положительных 129/],
  ] as const) {
    const here = community();
    // Some rows say for themselves how they are meant, as nothing can be trained on refusals alone.
    const own = [
      "Who are you?",
      "Is fish on the menu?",
      "How hot does the kiln get?",
      "May dogs come in?",
      "Which bus stops nearby?",
      "Can I pay by card?",
      "Do you close on Sundays?",
      "What is the wifi called?",
      "Are umbrellas lent out?",
    ].map((prompt) => JSON.stringify({ prompt, answer: "Ask the shop", label: "positive" }));
    await bot.ask(`!train ${words}`, withFile(here, [rows(), ...own].join("\n")));
    const [name] = await bot.app.datasets.names(here.workspace);
    const { counts: built } = await bot.app.datasets.describe(here.workspace, name!);
    assert.match(
      `${built.positive} positive, ${built.negative} negative; положительных ${built.positive}, отрицательных ${built.negative}`,
      counts,
      words,
    );
  }
});

test("a label that nobody said is asked for, and the files need not be sent again", async () => {
  const here = community();
  const [asked] = await bot.say("!train", withFile(here));
  assert.ok(asked?.kind === "reply");
  assert.match(asked.text, /how to answer, or how not to\?/);
  const [first, ...others] = asked.buttons ?? [];
  assert.equal(first?.label, "How to answer");
  assert.deepEqual(
    others.map(({ label }) => label),
    ["How not to"],
  );
  assert.deepEqual(await bot.app.datasets.names(here.workspace), []);
  const pressed = await bot.say("", { ...here, call: first.call });
  assert.match(pressed.map((event) => ("text" in event ? event.text : "")).join(), /120 positive/);
  const elsewhere = await bot.say("", { ...community(), call: first.call });
  assert.match(JSON.stringify(elsewhere), /no longer here/);
  // Rows that say it themselves need no question.
  assert.match(await bot.ask("!train", withFile(community(), rows("positive"))), /120 positive/);
});

test("several files, a zip and a text are all taken, not only the first", async () => {
  const here = community();
  const told = await bot.ask("!train mail --positive", {
    ...here,
    files: [
      file("a.jsonl", rows()),
      file("b.csv", "prompt,answer\nIs it open?,Yes\n"),
      file("c.txt", "Q: Is it far?\nA: No\n\nQ: Is it old?\nA: Very\n"),
    ],
  });
  assert.match(told, /on mail, version 1/);
  assert.match(told, /123 rows: 123 positive/);
});

test("rows written in the message are taken as they stand", async () => {
  const cases = [
    "When do you open? => At nine.\nWhere are you? => In the old mill. --positive",
    '"When do you open? => At nine.\nWhere are you? => In the old mill." positive=True',
    '[{"prompt": "When do you open?", "answer": "At nine."}, {"prompt": "Where?", "answer": "Mill"}] --positive',
    "```\nprompt,answer\nWhen do you open?,At nine.\nWhere?,Mill\n``` --positive",
  ];
  for (const text of cases) {
    const here = community();
    const told = await bot.ask(`!train ${text}`, here);
    assert.match(told, /2 rows: 2 positive|cannot be started/, text);
    const { counts } = await bot.app.datasets.describe(here.workspace, "message");
    assert.deepEqual([counts.rows, counts.positive], [2, 2], text);
  }
  const unclear = await bot.say("!train When do you open? => At nine.", community());
  assert.match(JSON.stringify(unclear), /how to answer, or how not to/);
});

test("without a name the current dataset is trained on, with what was taught since", async () => {
  const here = community();
  for (const subject of subjects) await bot.ask(`!teach What is a ${subject}? => A thing`, here);
  await bot.ask("!select_dataset", here);
  assert.match(await bot.ask("!train", here), /on taught, version 1/);
  await bot.ask("!teach What is a hat? => A hat", here);
  assert.match(await bot.ask("!train", here), /on taught, version 2/);
  assert.match(await bot.ask("!train taught --number 1", here), /on taught, version 1/);
  assert.match(await bot.ask("!train nothing-like-it", here), /no dataset nothing-like-it/);
  assert.match(
    await bot.ask("!train taught --trainer together --yes", here),
    /trainer together is not set up here.*Set up: embedded\./,
  );
});

test("what cannot be trained on is refused with the reason", async () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      "all negative",
      rows("negative"),
      /no row of the dataset may train it \(showing how not to answer: \d/,
    ],
    ["empty", "\n", /shop\.jsonl/],
    [
      "contradictory",
      '{"prompt":"a?","answer":"b"}\n{"prompt":"a?","answer":"b","label":"negative"}',
      /no row is left/,
    ],
    ["wrong columns", '{"foo":"a?","bar":"b"}', /Line 1: /],
    ["one line of 12 MB", `{"prompt":"${"x".repeat(12_000_000)}","answer":"b"}`, /characters/],
  ];
  for (const [what, content, told] of cases) {
    const here = community();
    const events = await bot.say("!train --positive --yes", withFile(here, content));
    assert.match(events.map((event) => ("text" in event ? event.text : "")).join(), told, what);
    assert.deepEqual(await bot.app.jobs.list({ ...here, limit: 1 }), [], what);
  }
  const one = await bot.ask(
    "!train --positive",
    withFile(community(), rows().replaceAll(/At the \w+ desk/g, "Yes")),
  );
  assert.match(one, /all rows have the same answer/);
});

test("the original's words come back in the classic voice", async () => {
  const here = community();
  await bot.app.workspaces.change(here.workspace, { voice: "classic" });
  const started = await bot.ask("!train --positive --yes", withFile(here));
  assert.match(started, /^Model training started\. Job ID: [0-9a-f]{8} /);
  assert.match(
    await bot.ask("!train --yes", withFile(here, rows("negative"), "other.jsonl")),
    /^Failed to start training\./,
  );
  await ended(here);
});

test("members see jobs, and only who started one or a trainer may touch it", async () => {
  const here = community();
  const member = { ...here, role: "member", name: "Mia" } as const;
  assert.match(await bot.ask("!train", member), /Only a trainer may do this/);
  await bot.ask("!train --positive --yes", withFile(here));
  assert.match(await bot.ask("!jobs", member), /training shop v1/);
  assert.match(await bot.ask("!cancel", member), /Only a trainer may do this|has ended already/);
  assert.match(await bot.ask("!job --retry", member), /Only a trainer may do this/);
  await ended(here);
  assert.match(await bot.ask("!cancel", here), /has ended already/);
  assert.match(await bot.ask("!job --pause", here), /has ended already/);
  assert.match(await bot.ask("!job", community()), /no job last/);
});

test("the same training asked for twice is one job", async () => {
  const here = community();
  await bot.ask("!train --positive", withFile(here));
  await Promise.all([
    bot.ask("!train shop --yes", { ...here, room: "web:one" }),
    bot.ask("!train shop --yes", { ...here, room: "web:two" }),
  ]);
  await ended(here);
  const jobs = await bot.app.jobs.list({ ...here, limit: 9 });
  assert.ok(jobs.length <= 2);
  assert.ok(jobs.every(({ state }) => state === "succeeded"));
});

test("a dataset that was tampered with trains nothing", async () => {
  const here = community();
  await bot.ask("!train --positive", withFile(here));
  const manifest = await bot.app.datasets.describe(here.workspace, "shop");
  const place = join(bot.folder, "data", "datasets");
  const folder = join(place, here.workspace.replace(":", "_"), "shop", String(manifest.version));
  const path = join(folder, "rows.jsonl");
  writeFileSync(path, readFileSync(path, "utf8").replace("door desk", "moon desk"));
  assert.match(await bot.ask("!train shop --yes", here), /is not what its manifest says/);
  assert.deepEqual(await bot.app.jobs.list({ ...here, limit: 1 }), []);
});

test("one row written as in the bot before this one is enough to train on", async () => {
  // Chance puts a row into one of three parts: whichever it is, there is something to learn from.
  for (let attempt = 0; attempt < 6; attempt++) {
    const here = community();
    const asked = await bot.ask('!train data="hello => hi there" positive=True', here);
    assert.match(asked, /Train embedded on message, version 1/);
    assert.match(asked, /1 row: 1 positive.+\n- To learn from: 1, /);
    if (attempt > 0) continue;
    await bot.ask('!train data="hello => hi there" positive=True --yes', here);
    assert.equal((await ended(here)).state, "succeeded");
  }
});

test("rows whose training was refused do not come back with the next ones", async () => {
  const here = community();
  const refused = await bot.ask('!train data="hello => go away" positive=False', here);
  assert.match(refused, /cannot be started/);
  assert.match(await bot.ask("!datasets", here), /no dataset here yet/);
  const next = await bot.ask('!train data="hello => hi there" positive=True', here);
  assert.match(next, /version 1.+\n- 1 row: 1 positive, 0 negative/);
});
