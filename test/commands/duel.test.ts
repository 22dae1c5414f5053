import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import { listCorrections } from "../../src/storage/corrections.ts";
import { runApp, type RunningApp, type Speaking } from "../running-app.ts";
import { fileRow, keepTrained, makeLive } from "../trained-model.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp({
    APPRENTICE_RECALL_ENCODER: "none",
    APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000",
  });
});
after(() => bot.close());

type Reply = Extract<ChatEvent, { kind: "reply" }>;
const replyTo = async (text: string, how: Speaking): Promise<Reply> => {
  const last = (await bot.say(text, how)).at(-1);
  assert.equal(last?.kind, "reply", JSON.stringify(last));
  return last;
};
const codeOf = async (text: string, how: Speaking): Promise<string> => {
  const last = (await bot.say(text, how)).at(-1);
  assert.equal(last?.kind, "error", JSON.stringify(last));
  return (last as { code: string }).code;
};
const topics = "bread rye cake flour yeast oven mill river yard shelf".split(" ");
const rows = (word: string) =>
  topics.flatMap((topic) => [
    fileRow(`what about the ${topic}`, `The ${topic} is ${word}.`),
    fileRow(`${topic}, how so`, `The ${topic} is ${word}.`),
  ]);

/** A community whose live model says "fine" and whose candidate says "great". */
async function community(name: string): Promise<{ workspace: string }> {
  const workspace = `web:duel-${name}`;
  await makeLive(bot, await keepTrained(bot, workspace, rows("fine")));
  await keepTrained(bot, workspace, rows("great"));
  return { workspace };
}

/** Asks a question and picks the answer with a word in it, wherever it stands. */
async function pickAnswerWith(word: string, question: string, how: Speaking): Promise<Reply> {
  const asked = await replyTo(`!duel ${question}`, how);
  const { id, upper } = asked.data as { id: string; upper: string };
  const pick = upper.includes(word) ? "upper" : "lower";
  return replyTo(`!duel round=${id} pick=${pick}`, how);
}

test("!duel shows two answers blindly, and ends when the preference is clear", async () => {
  // What members choose waits for review, so that it changes no later answer.
  const here = { ...(await community("clear")), role: "member" } as const;
  let last: Reply | undefined;
  for (const topic of topics.slice(0, 8)) {
    const question = `what about the ${topic}`;
    const asked = await replyTo(`!duel ${question}`, here);
    assert.doesNotMatch(asked.text, /v1|v2|live|candidate/, "nobody may tell who is who");
    const { id, upper } = asked.data as { id: string; upper: string };
    const pick = upper.includes("great") ? "upper" : "lower";
    last = await replyTo(`!duel round=${id} pick=${pick}`, here);
    assert.equal(await codeOf(`!duel round=${id} pick=upper`, here), "duel-settled");
    if (topic !== topics[7]) assert.match(last.text, /who is who I tell once it is clear/);
  }
  assert.match(last!.text, /v2 is preferred to v1 after 8 choices/);
});

test("!duel shuffles the places", async () => {
  const here = await community("shuffled");
  const tops = new Set<boolean>();
  // Chance puts the same one on top every time once in half a billion runs.
  for (let asked = 0; asked < 30; asked += 1) {
    const { data } = await replyTo("!duel what about the rye", here);
    tops.add((data as { upper: string }).upper.includes("great"));
  }
  assert.equal(tops.size, 2);
});

test("a choice is taught with its preference pair, and undone with both", async () => {
  const here = await community("taught");
  const chosen = await pickAnswerWith("great", "what about the bread", here);
  const pairs = () => listCorrections(bot.app.database.query, here.workspace);
  const [pair] = await pairs();
  assert.deepEqual(
    [pair?.prompt, pair?.chosen, pair?.rejected],
    ["what about the bread", "The bread is great.", "The bread is fine."],
  );
  assert.equal(await bot.ask("what about the bread", here), "The bread is great.");
  assert.ok(chosen.actionId);
  await bot.ask("!undo", here);
  assert.deepEqual(await pairs(), []);
  assert.equal(await bot.ask("what about the bread", here), "The bread is fine.");
});

test("a member's choice waits for review; equal and neither teach nothing", async () => {
  const here = { ...(await community("members")), role: "member", name: "Bob" } as const;
  await pickAnswerWith("great", "what about the bread", here);
  assert.equal(await bot.ask("what about the bread", here), "The bread is fine.");
  for (const pick of ["equal", "neither"]) {
    const asked = await replyTo("!duel what about the rye", here);
    const { id } = asked.data as { id: string };
    assert.match((await replyTo(`!duel round=${id} pick=${pick}`, here)).text, /choices? so far/);
  }
  assert.equal((await listCorrections(bot.app.database.query, here.workspace)).length, 1);
});

test("two names before the question say who answers, and one alone is not enough", async () => {
  const here = await community("named");
  assert.match(await bot.ask("!duel recall recall what about the rye", here), /needs two/);
  const asked = await replyTo("!duel v2 recall what about the rye", here);
  assert.match(asked.text, /The rye is great\./);
  assert.match(asked.text, /do not know/);
  assert.match(await bot.ask("!duel v1 v2 nothing that they know of", here), /Both say the same/);
  assert.equal(await codeOf("!duel v1 v9 what about the rye", here), "model-version-missing");
  assert.equal(
    await codeOf("!duel what about the rye", { workspace: "web:duel-empty" }),
    "duel-needs-two",
  );
  assert.equal(await codeOf("!duel round=00000000 pick=upper", here), "duel-missing");
  assert.match(await bot.ask("!duel", here), /two will answer it/);
});
