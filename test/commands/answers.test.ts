import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import { runApp, type RunningApp } from "../running-app.ts";
import { root } from "../source-files.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp();
});
after(() => bot.close());

/** A community of its own, so that tests do not teach each other. */
let communities = 0;
const community = () => ({ workspace: `web:answers-${(communities += 1)}` });
const replyIn = (events: readonly ChatEvent[]): Extract<ChatEvent, { kind: "reply" }> => {
  const last = events.at(-1);
  assert.equal(last?.kind, "reply", JSON.stringify(last));
  return last;
};

const faq = {
  name: "faq-en.md",
  mediaType: "text/markdown",
  bytes: readFileSync(join(root, "examples/faq-en.md")),
};
const headings = ["When are you open?", "What are your opening hours?"];

/** A community that was taught the example file. */
async function taught() {
  const here = community();
  await bot.ask("!import as=knowledge --yes", { ...here, files: [faq] });
  return here;
}

/** The answer that a correction leaves open, and its id. */
async function openQuestion(here: Awaited<ReturnType<typeof taught>>) {
  await bot.ask("what time do you open?", here);
  const reply = replyIn(await bot.say("!correct Every day from ten to six.", here));
  return { reply, question: (reply.data as { question: { id: string } | null }).question };
}

test("a corrected question is right at once, its neighbours stay, and the receipt asks about them", async () => {
  const here = await taught();
  const before = await bot.ask(headings[0]!, here);
  const { reply, question } = await openQuestion(here);
  assert.match(reply.text, /I had taken it for “.+”\. Has the answer changed there too\?/);
  assert.deepEqual(
    reply.buttons?.map(({ label }) => label),
    ["Yes, there too", "No, another question"],
  );
  assert.equal(await bot.ask("what time do you open?", here), "Every day from ten to six.");
  for (const heading of headings) assert.equal(await bot.ask(heading, here), before);

  assert.match(
    await bot.ask(`!settle ${question!.id.slice(-8)} everywhere`, here),
    /now has that answer too, in all \d wordings\. Before: /,
  );
  for (const heading of [...headings, "what time do you open?"])
    assert.equal(await bot.ask(heading, here), "Every day from ten to six.");
  await bot.ask("!undo", here);
  for (const heading of headings) assert.equal(await bot.ask(heading, here), before);
});

test("a heading that is corrected changes all its wordings, and one press keeps it to itself", async () => {
  const here = await taught();
  const before = await bot.ask(headings[1]!, here);
  await bot.ask(headings[0]!, here);
  const reply = replyIn(await bot.say("!correct Never on Mondays, else from ten.", here));
  assert.match(reply.text, /The same goes for \d more wordings? of this question/);
  assert.equal(await bot.ask(headings[1]!, here), "Never on Mondays, else from ten.");
  const [only] = reply.buttons!;
  assert.equal(only!.label, "Only this question");
  await bot.say("", { ...here, call: only!.call });
  assert.equal(await bot.ask(headings[1]!, here), before);
  assert.equal(await bot.ask(headings[0]!, here), "Never on Mondays, else from ten.");
});

test("how far a correction reaches can be said at once", async () => {
  for (const [flag, meaning] of [
    ["--everywhere", "everywhere"],
    ["--another-question", "different"],
    ["--only-this", "only-this"],
    ["--only-here", "only-this"],
  ] as const) {
    const here = await taught();
    await bot.ask("what time do you open?", here);
    const reply = replyIn(await bot.say(`!correct ${flag} At ten, now and always.`, here));
    const { meaning: told, question } = reply.data as { meaning: string; question: unknown };
    assert.deepEqual([told, question], [meaning, null], flag);
    assert.equal(await bot.ask("what time do you open?", here), "At ten, now and always.");
    const isElsewhere = (await bot.ask(headings[0]!, here)) === "At ten, now and always.";
    assert.equal(isElsewhere, meaning === "everywhere", flag);
  }
});

test("what was taught twice in different words waits, and can be taken or left", async () => {
  const here = community();
  await bot.ask("!teach Where is the kiln? => In room 4.", here);
  const taken = replyIn(await bot.say("!teach Where is the kiln? => In the yard.", here));
  assert.deepEqual(
    taken.buttons?.map(({ label }) => label),
    ["Replace it", "Only this question", "Keep it"],
  );
  const { proposal } = taken.data as { proposal: string };
  assert.match(await bot.ask("!answers --open", here), /“In the yard\.” was proposed instead of/);
  assert.match(await bot.ask(`!proposal ${proposal} replace`, here), /now answer “In the yard\.”/);
  assert.equal(await bot.ask("Where is the kiln?", here), "In the yard.");
  assert.match(await bot.ask("!answers --open", here), /No answers fit/);
});

test("an answer is found, shown with its wordings and use, confirmed, ended and retired", async () => {
  const here = await taught();
  await bot.ask(headings[0]!, here);
  const list = replyIn(await bot.say("!answers doors stay shut", here));
  const [found] = (list.data as { answers: { id: string; wordings: number }[] }).answers;
  assert.ok(found!.wordings > 1);
  const id = found!.id.slice(-8);
  assert.match(await bot.ask(`!answer ${id}`, here), /Wordings:[\s\S]*Given 1 time, to 1 people/);
  assert.match(await bot.ask(`!answer ${id} --confirm`, here), /noted as still right/);
  assert.match(await bot.ask(`!answer ${id} until=2030-12-31`, here), /true until 2030-12-31/);
  assert.match(await bot.ask(`!answer ${id}`, here), /Confirmed 20[\s\S]*True until 2030-12-31/);
  assert.match(await bot.ask(`!answer ${id} --retire`, here), /Retired: \d questions are unknown/);
  assert.match(await bot.ask(headings[0]!, here), /do not know/);
  await bot.ask("!undo", here);
  assert.doesNotMatch(await bot.ask(headings[0]!, here), /do not know/);
});

test("a thumb down changes nothing and asks what is wrong", async () => {
  const here = await taught();
  await bot.ask("what time do you open?", here);
  const reply = replyIn(await bot.say("!feedback bad", here));
  assert.match(reply.text, /Nothing has changed yet\. What is wrong\?/);
  const other = reply.buttons!.find(({ label }) => label === "I asked something else")!;
  const told = replyIn(await bot.say("", { ...here, call: other.call }));
  assert.match(told.text, /I will not give that answer to this question/);
  assert.match(await bot.ask("what time do you open?", here), /do not know/);
  await bot.ask(`!undo ${told.actionId}`, here);
  assert.doesNotMatch(await bot.ask("what time do you open?", here), /do not know/);
});
