import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Answer } from "../../src/core/answer.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import { explainTurn } from "../../src/conversation/explain.ts";
import { createRespond } from "../../src/conversation/respond.ts";
import { previewFile } from "../../src/learning/preview-file.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { teacherIn, teachingParts } from "../learning/teaching-parts.ts";

test("an imported answer is given, corrected, explained and taken back, each on the next answer", async () => {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-learning-"));
  const database = await openDatabase({ folder, log: silentLog });
  try {
    const parts = teachingParts(database, folder);
    const { turns, workspaces, memories, answers, examples, teaching } = parts;
    const windows = { historyTurns: 12, historyCharacters: 12_000, prefix: "!" };
    const respond = createRespond({ turns, workspaces, answers, log: silentLog, ...windows });
    const teacher = teacherIn("web:local", "trainer");
    const ask = async (text: string, workspace = "web:local"): Promise<Answer> => {
      const message = {
        id: newId(),
        platform: "web",
        workspace,
        room: "web:room",
        person: teacher.person,
        text,
        files: [],
        via: "text",
        addressed: true,
        sentAt: 0,
      } as const;
      for await (const event of respond(message)) if (event.kind === "done") return event.answer;
      return assert.fail("no answer came");
    };

    const bytes = Buffer.from("В: Где вы?\nО: На Ивовой улице 👋\n");
    const { lessons } = await previewFile({ name: "faq.txt", bytes });
    await teaching.importLessons(teacher, lessons);
    const imported = await ask("Где вы?");
    assert.deepEqual([imported.text, imported.tier], ["На Ивовой улице 👋", "exact"]);
    assert.equal((await ask("Где вы?", "web:other")).known, false);

    const turn = (await turns.find("web:local", imported.turnId)) ?? assert.fail();
    await teaching.correct(teacher, turn, "На Вербной улице");
    const corrected = await ask("Где вы?");
    assert.equal(corrected.text, "На Вербной улице");
    assert.notEqual(corrected.modelVersion, imported.modelVersion);

    const explained = (await turns.find("web:local", corrected.turnId)) ?? assert.fail();
    const shaped = await Promise.all(
      corrected.exampleIds.map((id) => examples.find("web:local", id)),
    );
    const words = explainTurn(
      explained,
      shaped.filter((example) => example !== undefined),
      "ru",
    );
    assert.match(words, /«Где вы\?» -> «На Вербной улице» \(от web:trainer, \d{4}-\d\d-\d\d/);

    await teaching.undo(teacher);
    assert.equal((await ask("Где вы?")).text, "На Ивовой улице 👋");
    await memories.close();
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
});
