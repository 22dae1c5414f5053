import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { ZipFile } from "yazl";
import type { ChatInput } from "../../src/core/chat.ts";
import { runApp, type RunningApp } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp();
});
after(() => bot.close());

let communities = 0;
const community = () => ({ workspace: `web:datasets-${(communities += 1)}` });
const file = (name: string, content: string | Uint8Array): ChatInput["files"][number] => {
  return { name, mediaType: "text/plain", bytes: Buffer.from(content as string) };
};
const letters = "Q: Когда вы открыты?\nA: В девять 👋\n\nQ: שלום?\nA: שלום\n";
const put = (here: { workspace: string }, path: string, text: string) =>
  bot.app.library.write(here.workspace, path, Buffer.from(text));
const teachSome = async (here: { workspace: string }, count: number) => {
  for (let index = 0; index < count; index += 1) {
    await bot.ask(`!teach What is ${(index * 7_919).toString(36)} for? => Number ${index}`, here);
  }
};

test("!select_dataset makes a dataset of what was taught, archives it, and remembers it", async () => {
  const here = community();
  assert.match(await bot.ask("!datasets", here), /no dataset here yet/);
  assert.match(await bot.ask("!select_dataset", here), /nothing to build taught from/);
  await teachSome(here, 12);
  const told = await bot.ask("!select_dataset", here);
  assert.match(told, /Dataset taught selected and archived: version 1, content [0-9a-f]{12}\./);
  assert.match(told, /Archive: taught-v1-\d{4}-\d\d-\d\d\.zip/);
  assert.match(told, /12 rows: 12 positive, 0 negative/);
  assert.match(told, /May train model weights: 0 of 12/);
  assert.match(await bot.ask("!datasets", here), /\*\*taught: version 1, 12 rows.*\(current\)/);
  assert.equal(await bot.app.datasets.current(here.workspace), "taught");
  assert.match(await bot.ask("!archive", here), /1 archive:\n- taught-v1-/);
  const attested = await bot.ask("!select_dataset --attest", here);
  assert.match(attested, /version 2.*\n\n.*\n.*\n.*\nMay train model weights: 12 of 12/);
});

test("!select_dataset asks what the rows of files show, in every way of saying it", async () => {
  const here = community();
  await put(here, "letters/good mail/a.txt", letters);
  const asked = await bot.ask('!select_dataset "letters/good mail"', here);
  assert.match(asked, /how to answer, or how not to\?.*nothing was selected/);
  assert.deepEqual(await bot.app.datasets.names(here.workspace), []);
  for (const [words, counts] of [
    ["positive=False", /0 positive, 2 negative/],
    ["--negative", /0 positive, 2 negative/],
    ["нет", /0 positive, 2 negative/],
    ["no", /0 positive, 2 negative/],
    ["positive=yes", /2 positive, 0 negative/],
    ["да", /2 positive, 0 negative/],
    ["--no-positive", /0 positive, 2 negative/],
  ] as const) {
    assert.match(
      await bot.ask(`!select_dataset "letters/good mail" ${words}`, here),
      counts,
      words,
    );
  }
  assert.match(
    await bot.ask('!select_dataset "letters/good mail" --positive --negative', here),
    /how to answer, or how not to/,
  );
  assert.match(await bot.ask("!select_dataset good-mail", here), /Dataset good-mail selected/);
});

test("!select_dataset takes attached files and zip archives, and refuses hostile ones whole", async () => {
  const here = community();
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(letters), "a/привет.txt");
  zip.addBuffer(Buffer.from('{"prompt":"x?","answer":"y"}\n'), "b.jsonl");
  zip.end();
  const bytes = await buffer(zip.outputStream as AsyncIterable<Buffer> as never);
  const told = await bot.ask("!select_dataset mail yes", {
    ...here,
    files: [file("all.zip", bytes), file("more.csv", "prompt,answer\nc?,d\n")],
  });
  assert.match(told, /Dataset mail selected.*\n\n.*\n4 rows: 4 positive/);
  const lone = await bot.ask("!select_dataset нет", {
    ...here,
    files: [file("a.txt", letters)],
  });
  assert.match(lone, /Набор files выбран[^]*положительных 0, отрицательных 2/);
  const bomb = new ZipFile();
  bomb.addBuffer(Buffer.alloc(40 * 1024 * 1024), "zeros.txt");
  bomb.end();
  const packed = await buffer(bomb.outputStream as AsyncIterable<Buffer> as never);
  const refused = await bot.ask("!select_dataset bomb yes", {
    ...here,
    files: [file("bomb.zip", packed)],
  });
  assert.match(refused, /do not open bomb\.zip.*Nothing was taken/);
  assert.deepEqual(await bot.app.datasets.names(here.workspace), ["files", "mail"]);
});

test("!dataset shows, builds, compares and exports", async () => {
  const here = community();
  await teachSome(here, 14);
  assert.match(await bot.ask("!dataset", here), /no dataset taught here/);
  assert.match(
    await bot.ask("!dataset faq --build --attest", here),
    /Dataset faq: version 1 is built/,
  );
  assert.match(await bot.ask("!dataset faq --build", here), /Nothing has changed since version 1/);
  await bot.ask("!teach Something new? => Yes, this.", here);
  assert.match(await bot.ask("!dataset faq --build --attest", here), /version 2 is built/);
  const told = await bot.ask("!dataset faq --diff 1", here);
  assert.equal(await bot.ask("!dataset faq --diff 1 2", here), told);
  assert.match(told, /version 1 to 2: 1 added, 0 removed, 0 changed\.\n\+ Something new\?/);
  assert.match(await bot.ask("!dataset faq 1", here), /\*\*faq\*\*, version 1/);
  assert.match(await bot.ask("!dataset faq --number 9", here), /no version 9/);
  assert.match(await bot.ask("!dataset fag", here), /no dataset fag here\. Did you mean faq\?/);
  assert.match(await bot.ask("!dataset ../..", here), /cannot name a dataset/);
  assert.match(
    await bot.ask("!dataset faq --export trl-kto", here),
    /exported for trl-kto: \d+ lines/,
  );
  const none = await bot.ask("!dataset faq --export openai-dpo", here);
  assert.match(none, /Nothing was exported.*worse answer to compare with: 15/);
  const folder = join(bot.folder, "data", "datasets", here.workspace.replace(":", "_"), "faq");
  assert.deepEqual(readdirSync(folder), ["1", "2"]);
});

test("!retract takes an example back, names the datasets that hold it, and can be undone", async () => {
  const here = community();
  await bot.ask("!teach When do you open? => At nine.", here);
  await bot.ask("!select_dataset", here);
  const [example] = await bot.app.examples.list({ workspace: here.workspace, limit: 1 });
  const told = await bot.ask(`!retract ${example!.id.slice(-8)} names a person`, here);
  assert.match(
    told,
    /Taken back: “When do you open\?”.*1 dataset version holds it: taught v1.*!undo/,
  );
  assert.match(await bot.ask("When do you open?", here), /do not know/i);
  assert.match(await bot.ask("!dataset taught --build", here), /nothing to build taught from/);
  assert.match(await bot.ask("!undo", here), /is back/);
  assert.equal(await bot.ask("When do you open?", here), "At nine.");
  assert.match(await bot.ask("!retract 00000000", here), /no taught example/);
});

test("!archive packs, lists, checks and restores library files and datasets", async () => {
  const here = community();
  await put(here, "letters/good mail/a.txt", letters);
  await put(here, "letters/b.txt", letters);
  assert.match(
    await bot.ask("!archive letters", here),
    /Files in letters have been archived: 2 files/,
  );
  assert.match(await bot.ask("!archive letters/good mail", here), /archived: 1 file in good-mail-/);
  assert.match(await bot.ask("!archive letters --format tar.zst", here), /\.tar\.zst/);
  const names = (await bot.app.archiving.list(here.workspace)).map((archive) => archive.name);
  assert.equal(names.length, 3);
  for (const name of names) {
    assert.match(await bot.ask(`!archive ${name} --verify`, here), /is whole: \d file/);
    assert.match(await bot.ask(`!archive --verify ${name}`, here), /is whole: \d file/);
  }
  const back = await bot.ask(`!archive --restore ${names[1]!}`, here);
  assert.match(
    back,
    /files of .* are back: restored-letters-|file of .* is back: restored-letters-/,
  );
  assert.match(await bot.ask(`!archive --restore ${names[1]!}`, here), /already there/);
  for (const path of ["..", "/etc", "../web_local", "letters/../..", "none"]) {
    assert.match(await bot.ask(`!archive ${path}`, here), /only open files|no file/, path);
  }
  await bot.ask("!select_dataset letters yes", here);
  assert.match(await bot.ask("!archive dataset letters", here), /Files in letters v1.*letters-v1-/);
  assert.match(
    await bot.ask(`!archive --restore letters-v1-${names[0]!.slice(-14)}`, here),
    /already there/,
  );
});

test("members may neither select, build nor archive, and only an admin attests", async () => {
  const here = community();
  for (const command of ["select_dataset", "datasets", "dataset", "archive letters"]) {
    assert.match(await bot.ask(`!${command}`, { ...here, role: "member" }), /Only a trainer/);
  }
  await teachSome(here, 2);
  assert.match(
    await bot.ask("!select_dataset --attest", { ...here, role: "trainer" }),
    /Only a admin|Only an? admin/,
  );
});

test("the classic replies are the original's", async () => {
  const here = community();
  await bot.app.workspaces.change(here.workspace, { voice: "classic" });
  await put(here, "letters/a.txt", letters);
  assert.match(
    await bot.ask("!select_dataset none yes", here),
    /^File not found|^Failed to select dataset\./,
  );
  assert.match(
    await bot.ask("!select_dataset letters positive=False", here),
    /^Dataset selected and archived\. Dataset: letters\n/,
  );
  assert.equal(await bot.ask("!archive letters", here), "Files in letters have been archived.");
});

test("files that are only to be kept can be selected, archived and fetched again", async () => {
  const here = community();
  const sent = { ...here, files: [file("a.txt", letters), file("b.txt", letters)] };
  assert.match(
    await bot.ask("!import library letters/good", sent),
    /^Kept in the library, 2 files: letters\/good\/a\.txt, letters\/good\/b\.txt$/,
  );
  assert.match(await bot.ask("!select_dataset letters/good True", here), /2 positive, 0 negative/);
  assert.match(await bot.ask("!archive letters", here), /2 files in letters-/);
  const listed = await bot.ask("!getfile", here);
  assert.match(listed, /2 files in the library:\n- letters\/good\/a\.txt/);
  const [archive] = /letters-\d{4}-\d\d-\d\d\.zip/.exec(listed) ?? [];
  const reply = (await bot.say(`!getfile ${archive}`, here)).at(-1);
  assert.ok(reply?.kind === "reply");
  assert.equal(reply.files?.[0]?.name, archive);
  const asked = await bot.say("!import", { ...here, files: [file("c.md", letters)] });
  const last = asked.at(-1);
  assert.ok(last?.kind === "reply");
  const keep = last.buttons?.find(({ label }) => label === "Only keep them");
  assert.match(await bot.ask("", { ...here, call: keep!.call }), /^Kept in the library: c\.md$/);
});

test("a folder's name with a file attached names the dataset too", async () => {
  const here = community();
  const sent = { ...here, files: [file("a.txt", letters)] };
  assert.match(await bot.ask("!select_dataset letters/good True", sent), /Dataset good selected/);
});

test("!archive taught packs what was taught, without making a dataset first", async () => {
  const here = community();
  assert.match(await bot.ask("!archive taught", here), /nothing to build taught from/);
  await teachSome(here, 3);
  assert.match(await bot.ask("!archive taught", here), /files in taught-v1-/);
  assert.match(await bot.ask("!archive dataset taught", here), /files in taught-v1-.+-2\.zip/);
});
