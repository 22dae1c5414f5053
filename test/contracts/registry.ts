import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/core/ids.ts";
import { createRegistry } from "../../src/learning/registry/registry.ts";
import type { Database } from "../../src/storage/database.ts";
import { addDuel, chooseInDuel, duelCounts, findDuel } from "../../src/storage/duels.ts";
import { addPromotion, listPromotions, liveChain } from "../../src/storage/promotions.ts";
import type { NewModelVersion } from "../../src/storage/model-versions.ts";

export const newModelVersion = (
  workspace: string,
  changes: Partial<NewModelVersion> = {},
): NewModelVersion => ({
  workspace,
  method: "embedded",
  trainer: "embedded",
  base: null,
  jobId: newId(),
  dataset: { name: "вопросы", version: 2, sha256: "ab".repeat(32) },
  artefact: {
    kind: "memory",
    folder: "models/web_local/a",
    file: { path: "memory.bin", sha256: "cd".repeat(32), bytes: 12 },
  },
  served: null,
  sunset: null,
  author: "web:anna",
  ...changes,
});

/** What the registry must do over every database engine. */
export function registryContract(opened: () => Database): void {
  const add = async (version: NewModelVersion) => {
    const database = opened();
    return database.transaction((query) => createRegistry(database).add(query, version));
  };

  test("trained models are numbered, and found by number, id, ending and alias", async () => {
    const registry = createRegistry(opened());
    const workspace = `web:${newId()}`;
    const first = await add(newModelVersion(workspace));
    const hosted = {
      method: "dpo",
      trainer: "together",
      base: "tiny",
      artefact: { kind: "hosted", provider: "together", url: "https://example.org", name: "ft:1" },
      served: { provider: "openai-compatible", url: "https://example.org/v1", name: "ft:1" },
      sunset: "2027-01-06",
    } as const;
    const second = await add(newModelVersion(workspace, hosted));
    assert.deepEqual([first.number, second.number], [1, 2]);
    for (const reference of ["v2", "2", "В2", second.id, second.id.slice(-8), "candidate"])
      assert.deepEqual(await registry.find(workspace, reference), second);
    assert.deepEqual(await registry.list(workspace), [second, first]);
    assert.deepEqual(await registry.under(workspace, "candidate"), second);
    assert.equal(await registry.under(workspace, "live"), undefined);
  });

  test("a workspace does not see the models of another", async () => {
    const registry = createRegistry(opened());
    const [ours, theirs] = [`web:${newId()}`, `web:${newId()}`];
    const version = await add(newModelVersion(theirs));
    assert.deepEqual(await registry.list(ours), []);
    for (const reference of ["v1", version.id, "candidate", "live", "", "%"])
      await assert.rejects(registry.find(ours, reference), { code: "model-version-missing" });
  });

  test("trainings that end at once get different numbers", async () => {
    const workspace = `web:${newId()}`;
    const versions = await Promise.all(
      Array.from({ length: 4 }, () => add(newModelVersion(workspace))),
    );
    assert.deepEqual(new Set(versions.map(({ number }) => number)), new Set([1, 2, 3, 4]));
  });

  test("a job leaves one model, however often its end is written", async () => {
    const version = newModelVersion(`web:${newId()}`);
    await add(version);
    await assert.rejects(add(version));
    assert.equal((await createRegistry(opened()).list(version.workspace)).length, 1);
  });

  test("what a failed transaction added is gone, its number is not used up", async () => {
    const database = opened();
    const registry = createRegistry(database);
    const workspace = `web:${newId()}`;
    const failing = database.transaction(async (query) => {
      await registry.add(query, newModelVersion(workspace));
      throw new Error("the job's end could not be written");
    });
    await assert.rejects(failing, /could not be written/);
    assert.equal(await registry.under(workspace, "candidate"), undefined);
    assert.equal((await add(newModelVersion(workspace))).number, 1);
  });

  test("decisions are kept as they were made, and a rollback takes the last promotion away", async () => {
    const { query } = opened();
    const workspace = `web:${newId()}`;
    const [first, second] = [
      await add(newModelVersion(workspace)),
      await add(newModelVersion(workspace)),
    ];
    const decide = (versionId: string, kind: "promote" | "rollback", done: boolean) =>
      addPromotion(query, {
        workspace,
        kind,
        versionId,
        liveBefore: null,
        done,
        evidence: { против: "recall", שלום: 0.1 + 0.2 },
        checks: null,
        overrideReason: "потому что",
        person: "web:anna",
      });
    await decide(first.id, "promote", true);
    await decide(second.id, "promote", false);
    assert.deepEqual(await liveChain(query, workspace), [first.id]);
    await decide(second.id, "promote", true);
    assert.deepEqual(await liveChain(query, workspace), [first.id, second.id]);
    await decide(second.id, "rollback", true);
    assert.deepEqual(await liveChain(query, workspace), [first.id]);
    const [kept, ...others] = await listPromotions(query, workspace, first.id);
    assert.deepEqual(kept?.evidence, { против: "recall", שלום: 0.1 + 0.2 });
    assert.deepEqual([kept?.done, kept?.overrideReason, others.length], [true, "потому что", 0]);
  });

  test("of a blind comparison the first choice counts, and choices add up", async () => {
    const { query } = opened();
    const pair = { workspace: `web:${newId()}`, firstName: "recall", secondName: newId() };
    const ask = () =>
      addDuel(query, {
        ...pair,
        prompt: "?",
        firstAnswer: null,
        secondAnswer: "да",
        swapped: true,
      });
    const id = await ask();
    assert.equal(await chooseInDuel(query, id, "second", "web:anna"), true);
    assert.equal(await chooseInDuel(query, id, "first", "web:anna"), false);
    await chooseInDuel(query, await ask(), "equal", "web:anna");
    await ask();
    assert.deepEqual(await duelCounts(query, pair), { first: 0, second: 1, equal: 1, neither: 0 });
    assert.equal((await findDuel(query, pair.workspace, id))?.choice, "second");
    assert.equal(await findDuel(query, "web:elsewhere", id), undefined);
  });
}
