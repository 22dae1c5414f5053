import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { newId } from "../../src/core/ids.ts";
import { eventually } from "../cli/running-process.ts";
import { startPostgres, type PostgresCluster } from "../postgres-cluster.ts";
import { runApp, type RunningApp } from "../running-app.ts";

let cluster: PostgresCluster;
before(async () => {
  cluster = await startPostgres();
});
after(async () => {
  if ("stop" in cluster) await cluster.stop();
});

/** Questions that share no word, so that none is answered for another. */
const subjects =
  "anchor bridge candle dragon engine forest garden harbor island jacket kettle lantern marble needle orchard pepper quarry ribbon saddle temple".split(
    " ",
  );
const rounds = subjects.length;

test("what one process is taught, corrected or has taken back, another one answers at once", async (context) => {
  if ("missing" in cluster) return context.skip(cluster.missing);
  const environment = {
    APPRENTICE_DATABASE_URL: await cluster.freshDatabase(),
    APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "10000",
  };
  const apps: RunningApp[] = [await runApp(environment), await runApp(environment)];
  let asked = 0;
  let stale = 0;
  const expect = async (
    app: RunningApp,
    question: string,
    isCurrent: (answer: string) => boolean,
  ): Promise<void> => {
    asked += 1;
    if (!isCurrent(await app.ask(question))) stale += 1;
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const [one, other] = round % 2 === 0 ? [apps[0]!, apps[1]!] : [apps[1]!, apps[0]!];
      const word = subjects[round]!;
      const question = `${word} ${word}s ${word}ing?`;
      await one.ask(`!teach ${question} => first${round}`);
      await expect(other, question, (answer) => answer === `first${round}`);
      await one.ask(`!undo`);
      await expect(other, question, (answer) => answer !== `first${round}`);
      await other.ask(`!teach ${question} => second${round}`);
      await expect(one, question, (answer) => answer === `second${round}`);
      await expect(other, question, (answer) => answer === `second${round}`);
    }
  } finally {
    for (const app of apps) await app.close();
  }
  console.log(`processes on one Postgres: ${stale} stale answers of ${asked} asked`);
  assert.equal(stale, 0);
});

test("what one process is taught reaches another that nobody asks, and a job there begins at once", async (context) => {
  if ("missing" in cluster) return context.skip(cluster.missing);
  const environment = { APPRENTICE_DATABASE_URL: await cluster.freshDatabase() };
  const [one, other] = [await runApp(environment), await runApp(environment)];
  try {
    await one.ask("!teach anchor? => first");
    assert.equal(await other.ask("anchor?"), "first");
    const { memories, database } = other.app;
    const heard = Promise.withResolvers<void>();
    database.news!.on("jobs", heard.resolve);
    const before = await memories.position("web:local");

    const taught = performance.now();
    await one.ask("!teach bridge? => second");
    // Reading the position asks nobody and brings nothing up to date.
    await eventually(async () => (await memories.position("web:local")) > before, 5_000);
    const took = performance.now() - taught;

    await one.app.jobs.start({
      id: newId(),
      workspace: "web:local",
      kind: "archive",
      order: {},
      estimate: null,
      person: "web:Ann",
      place: { platform: "web", room: "web:chat", messageId: null, language: "en" },
    });
    await heard.promise;
    console.log(
      `processes on one Postgres: another one followed after ${Math.round(took)} ms, unasked`,
    );
  } finally {
    for (const app of [one, other]) await app.close();
  }
});

test("a listener whose connection is lost hears what it missed when it is back", async (context) => {
  if ("missing" in cluster) return context.skip(cluster.missing);
  const environment = { APPRENTICE_DATABASE_URL: await cluster.freshDatabase() };
  const [one, other] = [await runApp(environment), await runApp(environment)];
  try {
    await one.ask("!teach anchor? => first");
    assert.equal(await other.ask("anchor?"), "first");
    const { memories, database } = other.app;
    const before = await memories.position("web:local");
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen %'`.execute(database.query);
    assert.equal(rows.length, 2);
    await one.ask("!teach bridge? => second");
    await eventually(async () => (await memories.position("web:local")) > before);
  } finally {
    for (const app of [one, other]) await app.close();
  }
});
