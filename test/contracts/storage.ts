import assert from "node:assert/strict";
import { test } from "node:test";
import { now } from "../../src/core/clock.ts";
import { newId } from "../../src/core/ids.ts";
import { addAction } from "../../src/storage/actions.ts";
import { createCommandMessages } from "../../src/storage/command-messages.ts";
import type { Database } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { addExamples, type NewExample } from "../storage/add-examples.ts";
import { createPlatformNotes } from "../../src/storage/platform-notes.ts";
import { createVoiceMemory } from "../../src/storage/voice-memory.ts";
import { erasePerson, personalData } from "../../src/storage/personal-data.ts";
import { renameWorkspace } from "../../src/storage/rename-workspace.ts";
import { createTurns } from "../../src/storage/turns.ts";
import type { NewTurn } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const newTurn = (changes: Partial<NewTurn> = {}): NewTurn => ({
  workspace: `web:${newId()}`,
  room: "web:room",
  person: "web:anna",
  personName: "Анна 🦊 שלום",
  messageId: `web:${newId()}`,
  prompt: "Как дела?",
  language: "ru",
  modelVersion: "recall@0",
  ...changes,
});

const finished = {
  answer: "Хорошо 👍🏽",
  known: true,
  tier: "hint",
  score: 0.1 + 0.2,
  exampleIds: ["one", "two"],
  modelVersion: "recall@7",
} as const;

const newExample = (workspace: string, prompt: string, answer: string | null): NewExample => ({
  id: newId(),
  workspace,
  prompt,
  answer,
  label: "positive",
  source: "taught",
  origin: "console",
  author: "web:anna",
  consent: { textVersion: "1", at: 5 },
  status: "active",
  turnId: null,
  language: "ru",
  tags: ["учёба", "🎓"],
  createdAt: 1_795_000_000_000,
});

/** What every database engine must do the same. The database may be used by other tests too. */
export function storageContract(opened: () => Database): void {
  const teach = (database: Database, workspace: string, examples: readonly NewExample[]) =>
    database.transaction(async (query) => {
      const actionId = await addAction(query, { workspace, kind: "taught", person: "web:anna" });
      const position = await createLedger({ ...database, query }).position(workspace);
      return addExamples(query, actionId, examples, position);
    });

  test("a turn comes back as it was stored", async () => {
    const turns = createTurns(opened());
    const given = newTurn();
    const begun = await turns.begin(given);
    assert.ok(begun);
    assert.equal(begun.answer, null);
    await turns.finish(begun.id, finished);
    await turns.sent(
      begun.id,
      ["web:b", "web:a"].map((id) => id + begun.id),
    );
    const found = await turns.find(given.workspace, begun.id);
    assert.deepEqual(found, {
      ...begun,
      ...finished,
      finishedAt: found?.finishedAt,
      answerMessageIds: [`web:b${begun.id}`, `web:a${begun.id}`],
    });
    assert.equal(typeof found?.finishedAt, "number");
  });

  test("a message that arrives twice is one turn", async () => {
    const turns = createTurns(opened());
    const given = newTurn();
    const both = await Promise.all([turns.begin(given), turns.begin(given)]);
    assert.equal(both.filter((turn) => turn !== undefined).length, 1);
  });

  test("turns that begin and end at the same time are all stored, and one failure is only its own", async () => {
    const turns = createTurns(opened());
    const workspace = `web:${newId()}`;
    const given = Array.from({ length: 300 }, () => newTurn({ workspace }));
    const twice = [...given, given[0]!];
    const begun = await Promise.all(twice.map((turn) => turns.begin(turn)));
    assert.equal(begun.filter((turn) => turn === undefined).length, 1);
    const ids = begun.flatMap((turn) => turn?.id ?? []);
    const ends = await Promise.allSettled([
      ...ids.map((id) => turns.finish(id, finished)),
      // There is no such turn, so no message can carry its answer.
      turns.sent("no-such-turn", [`answer:${newId()}`]),
      ...ids.map((id) => turns.sent(id, [`answer:${id}`])),
    ]);
    assert.equal(ends.filter(({ status }) => status === "rejected").length, 1);
    for (const id of ids) {
      const turn = await turns.find(workspace, `answer:${id}`);
      assert.equal(turn?.answer, finished.answer);
    }
  });

  test("a turn that comes with its answer is stored once, and a message never has two", async () => {
    const turns = createTurns(opened());
    const given = newTurn();
    const both = await Promise.all([turns.add(given, finished), turns.add(given, finished)]);
    const ids = both.flatMap((turn) => turn?.id ?? []);
    assert.equal(ids.length, 1);
    assert.equal(await turns.begin(given), undefined);
    const found = await turns.find(given.workspace, given.messageId);
    assert.deepEqual(
      [found?.id, found?.answer, found?.tier, typeof found?.finishedAt],
      [ids[0], finished.answer, finished.tier, "number"],
    );
  });

  test("what is remembered of settings, roles and rooms is never older than what was written", async () => {
    const database = opened();
    const workspaces = createWorkspaces(database);
    const workspace = `web:${newId()}`;
    const looks = async () => [
      (await workspaces.settings(workspace)).prefix,
      await workspaces.roleOf(workspace, "web:anna"),
      await workspaces.isListening(workspace, "web:room"),
    ];
    assert.deepEqual(await looks(), [null, "member", false]);
    await workspaces.change(workspace, { prefix: "?" });
    await workspaces.giveRole(workspace, "web:anna", "trainer");
    await workspaces.setListening(workspace, "web:room", true);
    assert.deepEqual(await looks(), ["?", "trainer", true]);
    // Whoever else writes these tables, in a transaction too.
    const other = createWorkspaces(database);
    const asked: Promise<unknown>[] = [];
    await database.transaction(async (query) => {
      await query.deleteFrom("person_role").where("workspace", "=", workspace).execute();
      asked.push(workspaces.roleOf(workspace, "web:anna"));
      await query.updateTable("workspace").set({ prefix: "%" }).execute();
    });
    await Promise.all(asked);
    await other.setListening(workspace, "web:room", false);
    assert.deepEqual(await looks(), ["%", "member", false]);
  });

  test("a quick transaction is whole or not at all, and the next ones wait for the disk again", async () => {
    const database = opened();
    const workspaces = createWorkspaces(database);
    const workspace = `web:${newId()}`;
    const write = (prefix: string, fails: boolean) =>
      database.quickTransaction(async (query) => {
        await query
          .insertInto("workspace")
          .values({
            name: workspace,
            persona: null,
            voice: null,
            review_members: null,
            prefix,
            threads: null,
          })
          .execute();
        if (fails) throw new Error("no");
      });
    await assert.rejects(write("x", true));
    assert.equal((await workspaces.settings(workspace)).prefix, null);
    await write("y", false);
    await database.sync();
    assert.equal((await workspaces.settings(workspace)).prefix, "y");
  });

  test("a turn is found by id, ending, and the messages around it, only in its workspace", async () => {
    const turns = createTurns(opened());
    const given = newTurn();
    const { id } = (await turns.begin(given))!;
    await turns.sent(id, [`answer:${id}`]);
    for (const reference of [
      id,
      id.slice(-6),
      id.slice(-20).toUpperCase(),
      given.messageId,
      `answer:${id}`,
    ]) {
      assert.equal((await turns.find(given.workspace, reference))?.id, id, reference);
      assert.equal(await turns.find("web:elsewhere", reference), undefined, reference);
    }
    assert.equal(await turns.find(given.workspace, id.slice(-5)), undefined);
    assert.equal(await turns.find(given.workspace, "%"), undefined);
  });

  test("a room lists its answered turns, and history begins after the last new", async () => {
    const turns = createTurns(opened());
    const { workspace } = newTurn();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const turn = (await turns.begin(newTurn({ workspace })))!;
      if (count !== 1) await turns.finish(turn.id, finished);
      if (count === 2) await turns.startAnew(workspace, "web:room");
      ids.push(turn.id);
    }
    const listed = async (options: { limit: number; history?: boolean; before?: string }) =>
      (await turns.list(workspace, "web:room", options)).map((turn) => ids.indexOf(turn.id));
    assert.deepEqual(await listed({ limit: 10 }), [0, 2, 3, 4]);
    assert.deepEqual(await listed({ limit: 2 }), [3, 4]);
    assert.deepEqual(await listed({ limit: 2, before: ids[3]! }), [0, 2]);
    assert.deepEqual(await listed({ limit: 10, history: true }), [3, 4]);
    await turns.startAnew(workspace, "web:room");
    assert.deepEqual(await listed({ limit: 10, history: true }), []);
    assert.deepEqual(await turns.list(workspace, "web:other", { limit: 9 }), []);
  });

  test("settings change one by one and roles are members by default", async () => {
    const workspaces = createWorkspaces(opened());
    const workspace = `web:${newId()}`;
    const unset = {
      persona: null,
      voice: null,
      reviewMembers: null,
      prefix: null,
      taughtOnly: null,
      threads: null,
    };
    assert.deepEqual(await workspaces.settings(workspace), unset);
    await workspaces.change(workspace, { persona: "Ты — лиса 🦊" });
    await workspaces.change(workspace, { reviewMembers: false, voice: "classic" });
    await workspaces.change(workspace, {});
    assert.deepEqual(await workspaces.settings(workspace), {
      ...unset,
      persona: "Ты — лиса 🦊",
      voice: "classic",
      reviewMembers: false,
    });
    await workspaces.change(workspace, { persona: null, reviewMembers: null });
    assert.deepEqual(await workspaces.settings(workspace), { ...unset, voice: "classic" });
    assert.equal(await workspaces.roleOf(workspace, "web:anna"), "member");
    await workspaces.giveRole(workspace, "web:anna", "trainer");
    await workspaces.giveRole(workspace, "web:anna", "admin");
    assert.equal(await workspaces.roleOf(workspace, "web:anna"), "admin");
    assert.equal(await workspaces.roleOf("web:elsewhere", "web:anna"), "member");
    assert.ok((await workspaces.list()).includes(workspace));
  });

  test("an example comes back as it was taught, only in its workspace", async () => {
    const database = opened();
    const examples = createExamples(database);
    const workspace = `web:${newId()}`;
    const given = newExample(workspace, "Что такое ёж? שלום 🦔", null);
    await teach(database, workspace, [given]);
    const expected = {
      ...given,
      status: "active",
      supersededBy: null,
      answerId: null,
      reach: "general",
      isCorrected: false,
    };
    assert.deepEqual(await examples.find(workspace, given.id), expected);
    assert.deepEqual(await examples.list({ workspace, limit: 5 }), [expected]);
    assert.equal(await examples.find("web:elsewhere", given.id), undefined);
    assert.equal((await examples.count(workspace)).active, 1);
    assert.equal(await createLedger(database).position(workspace), 1);
  });

  test("active examples come in pages, in the order they were taught", async () => {
    const database = opened();
    const workspace = `web:${newId()}`;
    const given = Array.from({ length: 2_345 }, (_, number) =>
      newExample(workspace, `question ${number}`, `answer ${number}`),
    );
    for (let start = 0; start < given.length; start += 400) {
      await teach(database, workspace, given.slice(start, start + 400));
    }
    const pages = await Array.fromAsync(createExamples(database).active(workspace));
    assert.ok(pages.length > 1);
    assert.deepEqual(
      pages.flat().map((example) => example.prompt),
      given.map((example) => example.prompt),
    );
  });

  test("a list pages back from an example", async () => {
    const database = opened();
    const examples = createExamples(database);
    const workspace = `web:${newId()}`;
    const given = ["a", "b", "c", "d"].map((prompt) => newExample(workspace, prompt, "x"));
    await teach(database, workspace, given);
    const prompts = async (before?: string) =>
      (await examples.list({ workspace, limit: 2, ...(before !== undefined && { before }) })).map(
        (example) => example.prompt,
      );
    assert.deepEqual(await prompts(), ["d", "c"]);
    assert.deepEqual(await prompts(given[2]!.id), ["b", "a"]);
  });

  test("search finds every grammatical form in Russian and English", async () => {
    const database = opened();
    const examples = createExamples(database);
    const workspace = `web:${newId()}`;
    const texts: readonly (readonly [string, string])[] = [
      ["Модели быстро обучались на датасетах", "да"],
      ["Ёлки горят красным", "it's a dog's life"],
      ["The trained models answered quickly", "нет"],
      ["Исправление ответа бота сохранено", "a".repeat(30_000)],
      [
        "Пользователи пишут сообщения в каналы",
        "C++ & 'quotes' \"double\" \\ back | or: not! (x) <-> *",
      ],
      ["שלום עולם", "日本語 テスト"],
    ];
    await teach(
      database,
      workspace,
      texts.map(([prompt, answer]) => newExample(workspace, prompt, answer)),
    );
    const hits = async (search: string) =>
      (await examples.list({ workspace, search, limit: 9 }))
        .map((example) => texts.findIndex(([prompt]) => prompt === example.prompt))
        .toSorted((first, second) => first - second);
    const expected: Readonly<Record<string, readonly number[]>> = {
      "обученная модель": [],
      "обучаться моделями": [0],
      датасет: [0],
      елка: [1],
      ЁЛКОЙ: [1],
      dog: [1],
      "training model": [2],
      answers: [2],
      "исправления ботом": [3],
      "сообщениями пользователей": [4],
      "C++": [4],
      "quote \" ' \\ | & ! ( ) : *": [4],
      עולם: [5],
      テスト: [5],
      scope: [],
      "and or not near": [],
      "🙂": [],
      "": [0, 1, 2, 3, 4, 5],
      ["a".repeat(30_000)]: [3],
    };
    for (const [search, numbers] of Object.entries(expected)) {
      assert.deepEqual(await hits(search), numbers, search.slice(0, 40));
    }
    assert.deepEqual(
      await examples.list({ workspace: "web:elsewhere", search: "dog", limit: 9 }),
      [],
    );
  });

  test("NUL and lone surrogates become U+FFFD, everything else is kept", async () => {
    const database = opened();
    const turns = createTurns(database);
    const given = newTurn({ prompt: "a\0b \ud83d c \udc00 🦊 \ufeff\u202e e\u0301 \u00e9" });
    const { id } = (await turns.begin(given))!;
    const found = await turns.find(given.workspace, id);
    assert.equal(found?.prompt, "a\ufffdb \ufffd c \ufffd 🦊 \ufeff\u202e e\u0301 \u00e9");
    await createWorkspaces(database).change(given.workspace, { persona: "x\0y" });
    const { persona } = await createWorkspaces(database).settings(given.workspace);
    assert.equal(persona, "x\ufffdy");
  });

  test("a platform finds its notes again, by name and by how names begin, and only its own", async () => {
    const notes = createPlatformNotes(opened(), "telegram");
    const others = createPlatformNotes(opened(), "discord");
    const start = `${newId()}:`;
    for (const name of ["b", "a", "c"]) await notes.put(start + name, `{"is": "${name} 🦊"}`);
    await others.put(`${start}a`, "other");
    await notes.put(`${start}a`, "new");
    await notes.remove(`${start}c`);
    assert.deepEqual(await notes.list(start), [
      { name: `${start}a`, body: "new" },
      { name: `${start}b`, body: '{"is": "b 🦊"}' },
    ]);
    assert.deepEqual(
      [await notes.get(`${start}b`), await notes.get(`${start}c`), await others.get(`${start}a`)],
      ['{"is": "b 🦊"}', undefined, "other"],
    );
    await notes.prune(start, now() - 60_000);
    assert.equal((await notes.list(start)).length, 2);
    await notes.prune(start, now() + 1);
    assert.deepEqual(await notes.list(start), []);
  });

  test("voice remembers choices, who is not to be heard, and where it belongs", async () => {
    const memory = createVoiceMemory(opened());
    const [workspace, other] = [`discord:${newId()}`, `discord:${newId()}`];
    const usual = {
      language: null,
      speaker: null,
      listen: true,
      wakeName: null,
      talkers: "member",
    } as const;
    assert.deepEqual(await memory.choices(workspace), usual);
    await memory.choose(workspace, { listen: false, wakeName: "Робо" });
    await memory.choose(workspace, { language: "ru-RU", wakeName: null });
    assert.deepEqual(await memory.choices(workspace), {
      ...usual,
      language: "ru-RU",
      listen: false,
    });
    for (const person of ["discord:1", "discord:1", "discord:2"]) {
      await memory.setOptedOut(workspace, person, true);
    }
    await memory.setOptedOut(workspace, "discord:2", false);
    assert.deepEqual([...(await memory.optedOut(workspace))], ["discord:1"]);
    assert.equal((await memory.optedOut(other)).size, 0);
    const place = { workspace, room: "discord:5", textRoom: "discord:6", language: "ru" } as const;
    await memory.keepPlace(place);
    await memory.keepPlace({ ...place, room: "discord:7" });
    const mine = async () => (await memory.places()).filter((kept) => kept.workspace === workspace);
    assert.deepEqual(await mine(), [{ ...place, room: "discord:7" }]);
    await memory.forgetPlace(workspace);
    assert.deepEqual(await mine(), []);
  });

  test("a command's message is begun once, and it is known whether it was finished", async () => {
    const messages = createCommandMessages(opened());
    const id = `telegram:${newId()}`;
    assert.equal(await messages.begin(id), "new");
    assert.equal(await messages.begin(id), "unfinished");
    await messages.finish(id);
    assert.equal(await messages.begin(id), "finished");
  });

  test("a workspace gets another name with everything in it, unless that one has learned too", async () => {
    const database = opened();
    const folder = await temporaryFolder();
    const [from, to] = [`telegram:-${newId()}`, `telegram:-${newId()}`];
    const teach = (workspace: string, prompt: string) =>
      database.transaction(async (query) => {
        const actionId = await addAction(query, {
          workspace,
          kind: "taught",
          person: "telegram:1",
        });
        await addExamples(query, actionId, [newExample(workspace, prompt, "a")], 0);
      });
    await teach(from, "where is the ferry");
    const turns = createTurns(database);
    const turn = newTurn({ workspace: from, room: `${from}/main`, person: "telegram:1" });
    await turns.begin(turn);
    const workspaces = createWorkspaces(database);
    await workspaces.change(from, { persona: "old", prefix: "?" });
    await workspaces.change(to, { persona: "by chance" });
    await workspaces.setListening(from, `${from}/main`, true);
    await workspaces.giveRole(from, "telegram:1", "trainer");
    assert.ok(await renameWorkspace(database, folder.path, from, to));
    assert.ok(await renameWorkspace(database, folder.path, from, to));
    assert.ok(!(await workspaces.list()).includes(from));
    const found = await createExamples(database).list({ workspace: to, search: "ferry", limit: 9 });
    assert.deepEqual(
      found.map(({ prompt }) => prompt),
      ["where is the ferry"],
    );
    assert.equal((await turns.find(to, turn.messageId))?.room, `${to}/main`);
    assert.ok(await workspaces.isListening(to, `${to}/main`));
    assert.equal(await workspaces.roleOf(to, "telegram:1"), "trainer");
    const { persona, prefix } = await workspaces.settings(to);
    assert.deepEqual([persona, prefix], ["old", "?"]);
    assert.equal(await createLedger(database).position(to), 1);
    const other = `telegram:-${newId()}`;
    await teach(other, "something else");
    assert.equal(await renameWorkspace(database, folder.path, other, to), false);
    assert.equal(await createLedger(database).position(other), 1);
    await folder.remove();
  });

  test("a person is erased with every word, and nobody else is", async () => {
    const database = opened();
    const workspace = `web:${newId()}`;
    const turns = createTurns(database);
    for (const person of ["web:anna", "web:ben"]) {
      const turn = newTurn({ workspace, person, prompt: `question of ${person}` });
      const { id } = (await turns.begin(turn))!;
      await turns.finish(id, finished);
      await turns.sent(id, [`sent ${id}`]);
      await database.transaction(async (query) => {
        const actionId = await addAction(query, { workspace, kind: "taught", person });
        const example = { ...newExample(workspace, `lesson of ${person}`, "a"), author: person };
        await addExamples(query, actionId, [example], person === "web:anna" ? 0 : 1);
      });
    }
    await erasePerson(database, workspace, "web:anna");
    const { counts } = await personalData(database, workspace, "web:anna");
    assert.deepEqual(counts, { questions: 0, lessons: 0, ratings: 0 });
    const ben = await personalData(database, workspace, "web:ben");
    assert.deepEqual(ben.counts, { questions: 1, lessons: 1, ratings: 0 });
    const examples = createExamples(database);
    assert.deepEqual(await examples.list({ workspace, search: "anna", limit: 9 }), []);
    assert.equal((await examples.list({ workspace, search: "ben", limit: 9 })).length, 1);
    const left = await examples.list({ workspace, limit: 9 });
    assert.doesNotMatch(JSON.stringify(left), /anna/);
  });

  test("a transaction that fails leaves nothing behind", async () => {
    const database = opened();
    const workspace = `web:${newId()}`;
    const failing = database.transaction(async (query) => {
      const actionId = await addAction(query, { workspace, kind: "taught", person: "web:anna" });
      await addExamples(query, actionId, [newExample(workspace, "p", "a")], 0);
      throw new Error("in the middle");
    });
    await assert.rejects(failing, /in the middle/u);
    assert.deepEqual(await createExamples(database).list({ workspace, limit: 9 }), []);
    assert.deepEqual(await createExamples(database).list({ workspace, search: "p", limit: 9 }), []);
    assert.ok(!(await createWorkspaces(database).list()).includes(workspace));
  });
}
