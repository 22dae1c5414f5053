import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import { runApp, type RunningApp } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp();
});
after(() => bot.close());

let communities = 0;
const community = () => ({ workspace: `web:evaluation-${(communities += 1)}` });
type Reply = Extract<ChatEvent, { kind: "reply" }>;
const replyIn = (events: readonly ChatEvent[]): Reply => {
  const last = events.at(-1);
  assert.equal(last?.kind, "reply", JSON.stringify(last));
  return last;
};
const numbers = (reply: Reply) => reply.data as Readonly<Record<string, never>>;
const codeIn = (events: readonly ChatEvent[]): string => {
  const last = events.at(-1);
  assert.equal(last?.kind, "error", JSON.stringify(last));
  return (last as { code: string }).code;
};
const file = (name: string, text: string) => ({
  name,
  mediaType: "text/plain",
  bytes: new TextEncoder().encode(text),
});
const linesOf = (reply: Reply, name: string): readonly Record<string, unknown>[] => {
  const found = reply.files?.find((each) => each.name.startsWith(name));
  assert.ok(found, name);
  return Buffer.from(found.base64, "base64")
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

test("!test takes the documented forms, as JSON, mended JSON, a code block and in quotes", async () => {
  const here = community();
  await bot.ask("!teach When do you open? => At nine.", here);
  for (const [form, judged] of [
    ['{"input": "When do you open?"}', 0],
    [`'[{"name": "When do you open?", "label": "At nine."}]'`, 1],
    [`[{"name": "a shop", "text": "When do you open?", "label": "At nine."}]`, 1],
    ['{"prompt": "When do you open?", "answer": "At nine."}', 1],
    ['```json\n[{"prompt": "When do you open?", "answer": "at NINE"}]\n```', 1],
    ["[{'prompt': 'When do you open?', 'answer': 'At nine.',}]", 1],
    ['["When do you open?"]', 0],
    ['{"When do you open?": "At nine."}', 1],
  ] as const) {
    const reply = replyIn(await bot.say(`!test ${form}`, here));
    assert.match(reply.text, /Predictions: At nine\./, form);
    assert.deepEqual([numbers(reply)["judged"], numbers(reply)["right"]], [judged, judged], form);
  }
  assert.deepEqual(await bot.app.turns.list(here.workspace, "web:chat", { limit: 5 }), []);
  assert.equal((await bot.app.memories.of(here.workspace)).size, 1, "test rows stay outside");
});

test("!test counts an honest I do not know where nothing is the right answer", async () => {
  const here = community();
  const taught = {
    "When do you open?": "At nine.",
    "Where is the mill?": "By the river.",
    "Who bakes the bread?": "Anna.",
    "How much is a ticket?": "Five euros.",
  };
  for (const [prompt, answer] of Object.entries(taught))
    await bot.ask(`!teach ${prompt} => ${answer}`, here);
  const rows = [
    { prompt: "When do you open?", answer: "At nine." },
    { prompt: "Какого цвета Марс сегодня ночью?", answer: null },
    { prompt: "מה שלומך? 👍🏽", answer: "בסדר 🕛" },
  ];
  const reply = replyIn(await bot.say(`!test ${JSON.stringify(rows)}`, here));
  const { right, abstention } = numbers(reply) as unknown as {
    right: number;
    abstention: { unknown: number; right: number; auroc: number };
  };
  assert.equal(right, 2);
  assert.deepEqual([abstention.unknown, abstention.right], [1, 1]);
  assert.match(reply.text, /2 of 3 right: 66\.7 %/);
  const [failure, ...others] = linesOf(reply, "failures");
  assert.deepEqual([failure!["prompt"], failure!["expected"]], ["מה שלומך? 👍🏽", "בסדר 🕛"]);
  assert.equal(others.length, 0);
  assert.equal(linesOf(reply, "predictions").length, 3);
  assert.match(
    await bot.ask(`!test ${JSON.stringify(rows)}`, { ...here, language: "ru" }),
    /Верно/,
  );
});

test("!test reads attached files and files of the library", async () => {
  const here = community();
  await bot.ask("!teach Where? => Here.", here);
  const csv = file("вопросы.csv", "prompt,answer\nWhere?,Here.\nWho?,Me.\n");
  const attached = replyIn(await bot.say("!test", { ...here, files: [csv] }));
  assert.equal(numbers(attached)["items"], 2);
  await bot.app.library.write(
    here.workspace,
    "тест/два.jsonl",
    file("x", '{"text":"Where?","label":"Here."}\n{"text":"Where?"}\n').bytes,
  );
  const named = replyIn(await bot.say("!test тест/два.jsonl", here));
  assert.deepEqual([numbers(named)["items"], numbers(named)["judged"]], [2, 1]);
  assert.equal(codeIn(await bot.say("!test missing.csv", here)), "library-file-missing");
  assert.equal(codeIn(await bot.say("!test ../../apprentice.db", here)), "library-path-refused");
});

test("!test tells what is wrong with its data", async () => {
  const here = community();
  assert.match(await bot.ask("!test", here), /test needs data\. Usage: !test \[/);
  assert.equal(codeIn(await bot.say("!test no json at all", here)), "test-invalid");
  assert.equal(codeIn(await bot.say("!test []", here)), "test-empty");
  assert.equal(codeIn(await bot.say("!test [1, 2]", here)), "import-invalid");
  assert.equal(codeIn(await bot.say('!test [{"colour": "red"}]', here)), "import-invalid");
  assert.equal(codeIn(await bot.say("!test --dataset nothing", here)), "dataset-missing");
  assert.equal(codeIn(await bot.say("!test --dataset ../../etc", here)), "dataset-missing");
  assert.equal(codeIn(await bot.say('!test --judge {"a": "b"}', here)), "test-needs-model");
  assert.equal(codeIn(await bot.say('!test --chat {"a": "b"}', here)), "test-needs-model");
  assert.equal(
    codeIn(await bot.say('!test {"a": "b"}', { ...here, role: "member" })),
    "permission-denied",
  );
  const wrongColumns = file("x.csv", "colour,size,age\nred,1,2\n");
  assert.equal(
    codeIn(await bot.say("!test", { ...here, files: [wrongColumns] })),
    "import-invalid",
  );
});

test("!test in the original's voice", async () => {
  const here = community();
  await bot.app.workspaces.change(here.workspace, { voice: "classic" });
  await bot.ask("!teach a b? => c", here);
  assert.match(await bot.ask('!test {"input": "a b?"}', here), /^Test complete\. Predictions: c/);
  assert.match(
    await bot.ask("!test garbage", here),
    /^Invalid test data format\. Please provide a valid JSON string\./,
  );
});

test("!test of one class, of negatives only, and of rows that contradict each other", async () => {
  const here = community();
  await bot.ask("!teach Do you like it? => yes", here);
  const one = replyIn(
    await bot.say(
      '!test [{"text":"Do you like it?","label":"yes"},{"text":"Who is it?","label":"yes"}]',
      here,
    ),
  );
  assert.deepEqual(
    [numbers(one)["distinct"], numbers(one)["labelLike"], numbers(one)["grader"]],
    [1, true, "exact"],
  );
  const negative = replyIn(
    await bot.say(
      '!test [{"prompt":"Do you like it?","answer":"yes","label":"negative"},{"prompt":"Who is it?","answer":"me","label":"negative"}]',
      here,
    ),
  );
  assert.equal(numbers(negative)["right"], 1);
  const contrary = replyIn(
    await bot.say(
      '!test [{"prompt":"Do you like it?","answer":"yes"},{"prompt":"do you like it","answer":"no"}]',
      here,
    ),
  );
  assert.deepEqual([numbers(contrary)["conflicts"], numbers(contrary)["right"]], [1, 1]);
});

test("wrong rows wait in !review; approving teaches them, and undo opens them again", async () => {
  const here = community();
  await bot.ask("!teach When do you open? => At nine.", here);
  const rows = JSON.stringify([
    { prompt: "When do you open?", answer: "At ten." },
    { prompt: "Кто вы?", answer: "Мы мастерская 🛠️" },
    { prompt: "What is the weather tomorrow?", answer: "Rain." },
  ]);
  assert.match(await bot.ask(`!test ${rows}`, here), /3 wrong answers were put into the review/);
  const again = replyIn(await bot.say(`!test ${rows}`, here));
  assert.equal(numbers(again)["opened"], 0, "the same row is never two items");

  const list = await bot.ask("!review", here);
  assert.match(list, /3 items wait[\s\S]*When do you open[\s\S]*Мы мастерская 🛠️/);
  const ids = [...list.matchAll(/^- `(\w{8})`/gm)].map((match) => match[1]!);
  const approved = replyIn(await bot.say(`!review approve ${ids[0]}`, here));
  assert.match(approved.text, /^Approved\. Learned: .*Before: “At nine\.”/);
  assert.equal(await bot.ask("When do you open?", here), "At ten.");
  assert.equal(codeIn(await bot.say(`!review approve ${ids[0]}`, here)), "review-settled");
  await bot.ask(`!review edit ${ids[1]} Мастерская`, here);
  assert.equal(await bot.ask("Кто вы?", here), "Мастерская");
  assert.match(await bot.ask(`!review reject ${ids[2]}`, here), /^Rejected.*undo/);
  assert.match(await bot.ask("!review", here), /Nothing waits/);

  await bot.restart();
  assert.match(await bot.ask("!review", here), /Nothing waits/);
  await bot.ask(`!undo ${approved.actionId}`, here);
  assert.equal(await bot.ask("When do you open?", here), "At nine.");
  assert.match(await bot.ask("!review", here), /1 item waits[\s\S]*At ten/);
  await bot.ask(`!test ${rows}`, here);
  const left = await bot.ask("!review", here);
  assert.doesNotMatch(left, /weather/, "what was rejected stays so");
  assert.match(left, /2 items/, "a row answered otherwise than expected waits again");
});

test("members' teaching waits in !review: approve, edit, reject, and each undone", async () => {
  const here = community();
  const max = { ...here, role: "member", name: "Max" } as const;
  const waiting = async () =>
    [...(await bot.ask("!review", here)).matchAll(/^- `(\w{8})`/gm)].map((match) => match[1]!);
  await bot.ask("!teach Where is it? => At the port.", here);
  await bot.ask('!teach "Where is it?" "In the mill." --replace', max);
  assert.match(await bot.ask("!review", here), /web:Max teaches “Where is it\?” → “In the mill\.”/);
  const [id] = await waiting();
  assert.equal(codeIn(await bot.say(`!review approve ${id}`, max)), "permission-denied");
  const approved = replyIn(await bot.say(`!review approve ${id}`, here));
  assert.match(approved.text, /Before: “At the port\.”/);
  assert.equal(await bot.ask("Where is it?", here), "In the mill.");
  await bot.ask("!undo", here);
  assert.equal(await bot.ask("Where is it?", here), "At the port.");
  assert.deepEqual(await waiting(), [id]);

  await bot.ask(`!review edit ${id} At the bridge.`, here);
  assert.equal(await bot.ask("Where is it?", here), "At the bridge.");
  await bot.ask("!undo", here);
  await bot.ask(`!review reject ${id}`, here);
  assert.deepEqual(await waiting(), []);
  assert.equal(await bot.ask("Where is it?", here), "At the port.");
  await bot.ask("!undo", here);
  await bot.ask(`!review approve ${id}`, here);
  assert.equal(await bot.ask("Where is it?", here), "In the mill.");
  await bot.restart();
  assert.equal(await bot.ask("Where is it?", here), "In the mill.");
  await bot.ask("!undo", max);
  assert.equal(await bot.ask("Where is it?", here), "At the port.", "the review falls with it");
  assert.equal(codeIn(await bot.say("!review approve 00000000", here)), "review-missing");
  assert.equal(codeIn(await bot.say("!review approve", here)), "command-argument-missing");
});

test("a member's correction waits as one item with both its examples", async () => {
  const here = community();
  await bot.ask("!teach What does it cost? => Ten.", here);
  await bot.ask("What does it cost?", here);
  await bot.ask("!correct Twelve.", { ...here, role: "member", name: "Max" });
  const list = await bot.ask("!review", here);
  assert.match(list, /1 item waits[\s\S]*“What does it cost\?” → “Twelve\.”/);
  const id = /`(\w{8})`/.exec(list)![1];
  const receipt = replyIn(await bot.say(`!review approve ${id}`, here));
  assert.equal((receipt.data as { added: number }).added, 2);
  assert.equal(await bot.ask("What does it cost?", here), "Twelve.");
});

test("!compare says whether a test went better than the one before", async () => {
  const here = community();
  const rows = Array.from({ length: 8 }, (_, row) => ({
    prompt: `What is the code of room ${"abcdefgh"[row]!.repeat(4)}?`,
    answer: `Code ${row}`,
  }));
  await bot.ask("!teach Who is there? => Nobody.", here);
  assert.equal(codeIn(await bot.say("!compare", here)), "evaluation-missing");
  await bot.ask(`!test ${JSON.stringify(rows)} --no-review`, here);
  assert.match(await bot.ask("!review", here), /Nothing waits/);
  await bot.ask(`!teach ${JSON.stringify(rows)}`, here);
  await bot.ask(`!test ${JSON.stringify(rows)}`, here);
  const reply = replyIn(await bot.say("!compare", here));
  assert.match(reply.text, /is better.*won 8 rows and lost 0 \(McNemar, p = 0\.008\)/);
  const back = replyIn(await bot.say("!compare last previous", here));
  assert.match(back.text, /is worse[\s\S]*Lost, for example:\n- What is the code/);
  assert.match(await bot.ask("!compare last last", here), /No difference shown/);
  await bot.ask('!test {"prompt": "Who is there?", "answer": "Nobody."}', here);
  assert.equal(codeIn(await bot.say("!compare", here)), "evaluation-unlike");
});

test("!test --dataset asks the test part of a version, without what was retracted", async () => {
  const here = community();
  const rows = Array.from({ length: 200 }, (_, row) => ({
    prompt: `What is ${(row * 7_919).toString(36)} for?`,
    answer: `Number ${row}`,
  }));
  await bot.ask(`!teach ${JSON.stringify(rows)}`, here);
  await bot.ask("!select_dataset", here);
  const reply = replyIn(await bot.say("!test --dataset taught", here));
  const { items, right, what } = numbers(reply) as unknown as {
    items: number;
    right: number;
    what: string;
  };
  assert.ok(items > 0 && items < 200, `${items}`);
  assert.deepEqual([right, what], [items, "taught@1"]);
  const [first] = linesOf(reply, "predictions");
  const [id] = first!["exampleIds"] as string[];
  await bot.ask(`!retract ${id}`, here);
  if (items > 1) {
    const after = replyIn(await bot.say("!test --dataset taught@1", here));
    assert.equal(numbers(after)["items"], items - 1);
  }
  assert.equal(codeIn(await bot.say("!test --dataset taught@9", here)), "dataset-version-missing");
});
