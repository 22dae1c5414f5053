import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openConsole } from "../../src/compose-console.ts";
import { jsonLines } from "../../src/console/pages/json-lines.ts";
import type { JobLine } from "../../src/console/routes/job-routes.ts";
import type { Console } from "../../src/console/server.ts";
import { runApp, type RunningApp } from "../running-app.ts";

const token = "a-token-for-the-jobs-of-this-test";
const lines = "door key lamp rope boat tent stove map coat drum"
  .split(" ")
  .flatMap((subject) => ["buy", "mend"].map((verb) => `${verb} a ${subject}? => the ${subject}`));

let bot: RunningApp;
let webConsole: Console;
let origin: string;
before(async () => {
  bot = await runApp({ APPRENTICE_CONSOLE_PORT: "0", APPRENTICE_RECALL_ENCODER: "none" });
  webConsole = openConsole(bot.app, token);
  ({ origin } = new URL((await webConsole.start()).url));
});
after(async () => {
  await webConsole.stop();
  await bot.close();
});

const call = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(`${origin}/api${path}`, {
    ...options,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
const post = (path: string, body: object) =>
  call(path, { method: "POST", body: JSON.stringify(body) });

test("a training over HTTP: start, follow to the end, see datasets, jobs and models", async () => {
  const started = (await (
    await post("/commands/train", {
      values: { data: lines.join("\n"), dataset: "shop", positive: true, yes: true },
    })
  ).json()) as { jobId: string };
  assert.match(started.jobId, /^[0-9a-f-]{36}$/);
  const followed = await call(`/jobs/${started.jobId}/follow`);
  const states: string[] = [];
  const numbers: number[] = [];
  for await (const line of jsonLines<JobLine>(followed.body!)) {
    assert.equal(line.kind, "job");
    states.push(line.job.state);
    numbers.push(...line.events.map(({ number }) => number));
  }
  assert.equal(states.at(-1), "succeeded");
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  );
  const again = await call(`/jobs/${started.jobId}/follow?after=${numbers.length - 1}`);
  const [rest] = await Array.fromAsync(jsonLines<JobLine>(again.body!));
  assert.deepEqual(
    rest?.events.map(({ number }) => number),
    [numbers.length],
  );

  const { jobs } = (await (await call("/jobs")).json()) as { jobs: { subject: string }[] };
  assert.deepEqual(
    jobs.map(({ subject }) => subject),
    ["shop v1, embedded"],
  );
  const { datasets } = (await (await call("/datasets")).json()) as {
    datasets: { name: string; counts: { rows: number } }[];
  };
  assert.deepEqual(
    datasets.map(({ name, counts }) => [name, counts.rows]),
    [["shop", 20]],
  );
  const { models } = (await (await call("/models")).json()) as {
    models: { number: number; aliases: string[] }[];
  };
  assert.deepEqual(
    models.map(({ number, aliases }) => [number, aliases]),
    [[1, ["candidate"]]],
  );
});

test("what cannot be done with a job is refused with a status that says so", async () => {
  const { jobs } = (await (await call("/jobs")).json()) as { jobs: { id: string }[] };
  const over = await post(`/jobs/${jobs[0]!.id}`, { action: "cancel" });
  assert.equal(over.status, 409);
  assert.match(await over.text(), /"code":"job-over"/);
  assert.equal((await call("/jobs/00000000-none/follow")).status, 404);
  assert.equal((await post(`/jobs/${jobs[0]!.id}`, { action: "explode" })).status, 400);
  const foreign = await fetch(`${origin}/api/jobs`);
  assert.equal(foreign.status, 401);
});
