import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
