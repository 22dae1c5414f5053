import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { commands } from "../../src/commands/index.ts";
import type { ChatEvent } from "../../src/core/chat.ts";
import { languages } from "../../src/core/language.ts";
import { say } from "../../src/texts/say.ts";
import { root } from "../source-files.ts";
import { runApp, wordsIn, type RunningApp } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp();
});
after(() => bot.close());

/** A community of its own, so that tests do not teach each other. */
let communities = 0;
const community = () => ({ workspace: `web:community-${(communities += 1)}` });
const replyIn = (events: readonly ChatEvent[]): Extract<ChatEvent, { kind: "reply" }> => {
  const last = events.at(-1);
  assert.equal(last?.kind, "reply", JSON.stringify(last));
  return last;
};

test("every command is named as all platforms can, and described in every language", () => {
  assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length);
  for (const { name, about, options } of commands) {
    assert.match(name, /^[a-z][a-z0-9_]{0,31}$/);
    for (const language of languages) {
      for (const key of [about, ...Object.values(options).map((option) => option.about)]) {
        const text = say(language, key);
        assert.ok(text.length > 5 && text.length <= 100, `${language} ${key}: ${text.length}`);
      }
    }
  }
});

test("!hi greets, says how to begin, and then how much is known", async () => {
  const here = community();
  assert.match(await bot.ask("!hi", here), /know nothing here yet.*!teach/);
  assert.match(await bot.ask("!hi", { ...here, language: "ru" }), /^Привет!.*!teach/);
  await bot.ask("!teach a? => b", here);
  assert.match(await bot.ask("!HI", here), /I know 1 answer here/);
});

test("!help lists every command, explains one, and helps with a wrong name", async () => {
  const here = community();
  const all = await bot.ask("!help", here);
  for (const { name } of commands) assert.ok(all.includes(`!${name}`), name);
  assert.match(await bot.ask("!help teach", here), /!teach \[prompt\] \[answer\.\.\.\]/);
  assert.match(await bot.ask("!help teahc", here), /Did you mean !teach\?/);
  assert.match(
    await bot.ask("!halp", here),
    /do not know the command !halp\. Did you mean !help\?/,
  );
});

test("!instruction puts the community's own words above the generated ones", async () => {
  const here = community();
  assert.match(await bot.ask("!instruction", here), /^\*\*How to teach me/);
  await bot.app.library.write(
    here.workspace,
    "instruction.md",
    new TextEncoder().encode("# Наши правила 👋\n"),
  );
  const own = await bot.ask("!instruction", here);
  assert.ok(own.startsWith("# Наши правила 👋\n\n**How to teach me"), own.slice(0, 80));
});

test("!teach takes effect on the next answer and its receipt can be undone", async () => {
  const here = community();
  assert.match(await bot.ask("When do you open?", here), /do not know/i);
  const receipt = replyIn(await bot.say("!teach When do you open? => At nine, every day.", here));
  assert.match(receipt.text, /Learned.*I now answer.*!undo [0-9a-f]{8}/);
  assert.ok(receipt.actionId);
  assert.equal(await bot.ask("When do you open?", here), "At nine, every day.");
  assert.equal(await bot.ask("when do you open", here), "At nine, every day.");
  const lines = await bot.ask(`!teach List? => # One\n\n- two\n${"x".repeat(300)}`, here);
  assert.match(lines, /^Learned: to “List\?” I now answer “# One - two x{10,188}…”\. Undo/);
  const id = /!undo (\w+)/.exec(receipt.text)![1];
  assert.match(await bot.ask(`!undo ${id}`, here), /Undone/);
  assert.match(await bot.ask("When do you open?", here), /do not know/i);
});

test("!teach keeps the answer that a question has, unless told to replace it", async () => {
  const here = community();
  await bot.ask("!teach Where are you? => In the old mill.", here);
  assert.match(
    await bot.ask("!teach where are you => At the port.", here),
    /already answer “In the old mill\.” .*Nothing changed/,
  );
  assert.equal(await bot.ask("Where are you?", here), "In the old mill.");
  assert.match(
    await bot.ask('!teach "where are you" "At the port." --replace', here),
    /now answer “At the port\.”\. Before: “In the old mill\.”/,
  );
  assert.equal(await bot.ask("Where are you?", here), "At the port.");
});

test("!teach takes JSON leniently, several lessons at once, and says what it mended", async () => {
  const here = community();
  const text = await bot.ask(
    "!teach [{'prompt': 'Сколько стоит?', 'answer': 'Бесплатно 🎉'}, {prompt: 'Где вы?', answer: 'На мельнице'},]",
    here,
  );
  assert.match(text, /Запомнил 2 ответа[\s\S]*поправил ваш JSON в строке 1/);
  assert.equal(await bot.ask("Сколько стоит?", here), "Бесплатно 🎉");
});

test("!teach without an answer says what is missing and learns nothing", async () => {
  const here = community();
  assert.match(await bot.ask("!teach When?", here), /nothing to learn/);
  assert.match(await bot.ask("!teach", here), /teach needs prompt\. Usage: !teach/);
  assert.match(await bot.ask("!tech", here), /Did you mean !teach\? !help lists all commands\./);
  assert.match(await bot.ask("!hi", here), /know nothing/);
});

test("!correct makes the very next answer right, for the last answer, by reply, and by id", async () => {
  const here = community();
  await bot.ask("!teach When do you open? => At nine.", here);
  const first = (await bot.say("When do you open?", here)).at(-1)!;
  assert.ok(first.kind === "done");
  await bot.ask("When is it closed?", here);
  const receipt = replyIn(
    await bot.say("!correct At ten since May.", { ...here, replyTo: first.answer.turnId }),
  );
  assert.match(receipt.text, /now answer “At ten since May\.”\. Before: “At nine\.”/);
  assert.equal(await bot.ask("When do you open?", here), "At ten since May.");
  await bot.ask("!correct last At eleven.", here);
  assert.equal(await bot.ask("When do you open?", here), "At eleven.");
  await bot.ask(`!correct ${first.answer.turnId} At twelve.`, here);
  assert.equal(await bot.ask("When do you open?", here), "At twelve.");
});

test("!correct without an answer to correct says so", async () => {
  assert.match(await bot.ask("!correct That is wrong.", community()), /cannot find that answer/);
  assert.equal(
    await bot
      .ask("!correct x", { ...community(), language: "ru" })
      .then((text) => /не нахожу/.test(text)),
    true,
  );
});

test("a member's teaching waits for review; a trainer's counts at once", async () => {
  const here = community();
  assert.match(
    await bot.ask("!teach a b c? => d", { ...here, role: "member", name: "Max" }),
    /waits for a trainer/,
  );
  assert.match(await bot.ask("a b c?", here), /do not know/i);
  assert.match(
    await bot.ask("!teach a b c? => d", { ...here, role: "trainer", name: "Tia" }),
    /now answer “d”/,
  );
  assert.equal(await bot.ask("a b c?", here), "d");
});

test("a correction costs no other question its answer, however near it is", async () => {
  const here = community();
  const bytes = readFileSync(join(root, "examples/faq-en.md"));
  const file = { name: "faq-en.md", mediaType: "text/markdown", bytes };
  await bot.ask("!import as=knowledge --yes", { ...here, files: [file] });
  const headings = ["When are you open?", "What are your opening hours?"];
  const before = await Promise.all(headings.map((question) => bot.ask(question, here)));
  await bot.ask("what time do you open?", here);
  await bot.ask("!correct Every day from ten to six.", here);
  assert.equal(await bot.ask("what time do you open?", here), "Every day from ten to six.");
  const after = await Promise.all(headings.map((question) => bot.ask(question, here)));
  assert.deepEqual(after, before);

  await bot.ask("!teach Who runs this club? => Anna.", here);
  await bot.ask("who runs Microsoft?", here);
  await bot.ask("!correct Satya Nadella.", here);
  assert.equal(await bot.ask("who runs Microsoft?", here), "Satya Nadella.");
  assert.equal(await bot.ask("Who runs this club?", here), "Anna.");
});

test("!feedback is noted with the answer, and a bad one takes no answer away", async () => {
  const here = community();
  await bot.ask("!teach What is the price? => Ten euros.", here);
  await bot.ask("What is the price?", here);
  assert.match(await bot.ask("!feedback Nice and short.", here), /Thank you/);
  assert.match(await bot.ask("!feedback good", here), /Thank you/);
  assert.equal(await bot.ask("What is the price?", here), "Ten euros.");
  assert.match(await bot.ask("!feedback bad out of date", here), /Thank you/);
  assert.equal(await bot.ask("What is the price?", here), "Ten euros.");
  await bot.ask("!undo", here);
  assert.equal(await bot.ask("What is the price?", here), "Ten euros.");
});

test("!undo without anything to undo says so, and members undo only their own", async () => {
  const here = community();
  assert.match(await bot.ask("!undo", here), /taught nothing here/);
  await bot.ask("!teach a? => b", here);
  assert.match(
    await bot.ask("!undo", { ...here, role: "member", name: "Max" }),
    /taught nothing here/,
  );
  assert.match(await bot.ask("!undo 00000000", here), /cannot find that teaching/);
});

test("!why explains an answer with its examples", async () => {
  const here = community();
  await bot.ask("!teach Who leads? => Nobody leads.", here);
  await bot.ask("Who leads?", here);
  const reply = replyIn(await bot.say("!why", here));
  assert.match(reply.text, /recall@1/);
  assert.match(reply.text, /Nobody leads\./);
  const data = reply.data as { tier: string; examples: { prompt: string }[] };
  assert.equal(data.tier, "exact");
  assert.deepEqual(
    data.examples.map(({ prompt }) => prompt),
    ["Who leads?"],
  );
  assert.match(await bot.ask("!why", { ...here, language: "ru" }), /Nobody leads/);
});

test("!ask answers as a message would", async () => {
  const here = community();
  await bot.ask("!teach Who? => Me.", here);
  const reply = replyIn(await bot.say("!ask Who?", here));
  assert.equal(reply.text, "Me.");
  assert.deepEqual((reply.data as { answer: string; tier: string }).answer, "Me.");
  const unknown = replyIn(await bot.say("!ask What is the meaning of the universe", here));
  assert.equal((unknown.data as { answer: null }).answer, null);
});

test("!new forgets the conversation, not the knowledge", async () => {
  const here = community();
  await bot.ask("!teach Who? => Me.", here);
  await bot.ask("Who?", here);
  assert.match(await bot.ask("!new", here), /new conversation/);
  assert.deepEqual(
    await bot.app.turns.list(here.workspace, "web:chat", { limit: 5, history: true }),
    [],
  );
  assert.equal(await bot.ask("Who?", here), "Me.");
});

test("!getfile lists and sends library files, and nothing else", async () => {
  const here = community();
  assert.match(await bot.ask("!getfile", here), /no files here yet/);
  await bot.app.library.write(
    here.workspace,
    "заметки/план 1.md",
    new TextEncoder().encode("שלום 👍🏽"),
  );
  assert.match(await bot.ask("!getfile", here), /1 file.*\n- заметки\/план 1\.md/);
  const [sent] = replyIn(await bot.say("!getfile заметки/план 1.md", here)).files!;
  assert.equal(Buffer.from(sent!.base64, "base64").toString(), "שלום 👍🏽");
  for (const path of [
    "../../apprentice.db",
    "/etc/hostname",
    "a/../../x",
    "C:\\x",
    "con",
    "x".repeat(4_096),
  ]) {
    const [event] = await bot.say(`!getfile ${path}`, here);
    assert.equal(event?.kind, "error", path);
    assert.match((event as { code: string }).code, /^library-(path-refused|file-missing)$/, path);
  }
  assert.match(await bot.ask("!getfile x", { ...here, role: "member" }), /Only a trainer/);
});

test("!persona is for admins to set and for all to read", async () => {
  const here = community();
  assert.match(await bot.ask("!persona", { ...here, role: "member" }), /no persona of my own/);
  assert.match(
    await bot.ask("!persona You are a pirate.", { ...here, role: "trainer" }),
    /Only a admin|Only an admin/,
  );
  assert.match(await bot.ask("!persona You are a pirate.", here), /persona is set/);
  assert.match(await bot.ask("!persona", here), /You are a pirate\./);
  assert.match(await bot.ask("!persona --reset", here), /usual one again/);
  assert.equal((await bot.app.workspaces.settings(here.workspace)).persona, null);
});

test("!voice shows how the bot listens; its settings are for admins, being heard is everybody's own", async () => {
  const here = community();
  const member = { ...here, role: "member", name: "Bob" } as const;
  assert.match(await bot.ask("!voice", member), /in no voice channel.*I listen.*I hear you/s);
  assert.match(await bot.ask("!voice listen=no", member), /Only an? admin/);
  assert.match(await bot.ask("!voice me=no", member), /I do not hear you/);
  assert.match(await bot.ask("!voice", here), /I hear you there/);
  const set = await bot.ask(
    '!voice listen=no language=en-US name="Robo Bot" talkers=trainer',
    here,
  );
  assert.match(set, /do not listen.*en-US.*Robo Bot.*trainer and above/s);
  assert.match(await bot.ask("!voice language=default", here), /Language: as set/);
  assert.match(await bot.ask("!voice me=yes", member), /I hear you there/);
});

test("!join and !leave say where there are voice rooms when there are none", async () => {
  for (const command of ["!join", "!leave"]) {
    assert.match(await bot.ask(command, community()), /no voice rooms here/);
  }
});

test("!status says what is on and what is off", async () => {
  const text = await bot.ask("!status", community());
  for (const part of [/Recall: 0 taught answers/, /No language model/, /SQLite/])
    assert.match(text, part);
});

test("a workspace can have the original's voice", async () => {
  const here = community();
  await bot.app.workspaces.change(here.workspace, { voice: "classic" });
  assert.equal(await bot.ask("!hi", here), "HI!");
  await bot.ask("!teach a? => b", here);
  await bot.ask("a?", here);
  assert.match(await bot.ask("!correct c", here), /^Correction received: c/);
  assert.match(
    await bot.ask("!feedback fine", here),
    /^Thank you for your feedback\. We will use it to improve the model\./,
  );
});

test("communities do not know what others were taught", async () => {
  await bot.ask("!teach What is the secret? => 42", community());
  const events = await bot.say("What is the secret?", community());
  assert.match(wordsIn(events), /do not know/i);
  assert.doesNotMatch(JSON.stringify(events), /"42"/);
});

test("what could be a mark, a number or a name is asked back, and a greeting greets", async () => {
  const here = community();
  assert.match(await bot.ask("!hi Bob", here), /^Hi!/);
  assert.match(
    await bot.ask("!feedback 5", here),
    /rating cannot be "5"[^]+\nFor example: !feedback good/,
  );
  assert.match(
    await bot.ask('!archive directory="x y" name="z"', here),
    /archive does not know what to do with "z"[^]+\nFor example: !archive dataset shop-faq/,
  );
  await bot.ask("!teach Where is the kiln? => In room four.", here);
  await bot.ask("Where is the kiln?", here);
  assert.match(await bot.ask("!feedback 👍🏽", here), /^Thank you/);
});

test("what a help text calls a choice is one, in every language", () => {
  for (const { name, options } of commands)
    for (const [option, { about, choices }] of Object.entries(options))
      for (const language of choices ? languages : [])
        for (const [, word] of say(language, about).matchAll(/(?:^|[\s,;])([a-z]+):/g))
          if (word !== "or") assert.ok(choices?.includes(word!), `${name} ${option}: ${word}`);
});

test("a lone yes or no to consent is about what was taught last", async () => {
  const here = community();
  await bot.ask("!teach Where is the kiln? => In room four.", here);
  assert.match(await bot.ask("!consent no", here), /^Taken back/);
  assert.match(await bot.ask("!consent yes", here), /^Noted/);
});
