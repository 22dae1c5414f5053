import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createConsoleClient } from "../../src/console/client.ts";
import { silentLog } from "../../src/core/log.ts";
import { listModelVersions } from "../../src/storage/model-versions.ts";
import { jobEvents, listJobs } from "../../src/storage/jobs.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { startServer, workFolder, type RunningServer } from "../cli/running-process.ts";

const rounds = 20;
/** About how long the training takes: it is killed at a random moment of it. */
const longestLife = 3_000;
const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");

/** Rows enough that a training takes seconds, nets included. */
const rows = (round: number): string =>
  Array.from({ length: 2_000 }, (_, row) => {
    const subject = subjects[row % subjects.length]!;
    const words = [row, row * 7_919, row * 104_729, round].map((each) => each.toString(36));
    return JSON.stringify({ prompt: `${subject} ${words.join(" ")}?`, answer: `The ${subject}` });
  }).join("\n");

const clientOf = ({ url }: RunningServer) =>
  createConsoleClient(url, {
    workspace: "web:local",
    room: "web:kill",
    language: "en",
    signal: AbortSignal.timeout(120_000),
  });

async function killedMidTraining(round: number): Promise<void> {
  const work = workFolder();
  try {
    const server = await startServer(work.path);
    const reply = await clientOf(server).runCommand("train", { positive: true, yes: true }, [
      { name: "shop.jsonl", mediaType: "text/plain", bytes: Buffer.from(rows(round)) },
    ]);
    assert.ok(reply.jobId, reply.text);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLife));
    await server.stop("SIGKILL");

    const again = await startServer(work.path);
    let state = "";
    for await (const { job } of clientOf(again).followJob(reply.jobId)) state = job.state;
    assert.equal(state, "succeeded");
    // A second kill right after the end changes nothing any more.
    await again.stop("SIGKILL");
    await assertOnce(join(work.path, "data"), reply.jobId);
  } finally {
    work.remove();
  }
}

/** Exactly one job, ended once, with exactly one model, whose file is whole. */
async function assertOnce(folder: string, jobId: string): Promise<void> {
  const database = await openDatabase({ folder, log: silentLog });
  try {
    const jobs = await listJobs(database.query, { limit: 10 });
    assert.deepEqual(
      jobs.map(({ id, state }) => [id, state]),
      [[jobId, "succeeded"]],
    );
    const versions = await listModelVersions(database.query, "web:local");
    assert.deepEqual(
      versions.map((version) => [version.number, version.jobId]),
      [[1, jobId]],
    );
    const events = await jobEvents(database.query, jobId, 0, 10_000);
    const ends = events.filter((event) => event.kind === "state" && event.state === "succeeded");
    assert.equal(ends.length, 1);
    const artefact = versions[0]?.artefact;
    assert.ok(artefact?.kind === "memory");
    const bytes = readFileSync(join(folder, artefact.folder, artefact.file.path));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), artefact.file.sha256);
  } finally {
    await database.close();
  }
}

describe("kill -9 in the middle of a training", () => {
  test(`${rounds} rounds: one job, one model, the right end`, async () => {
    for (let round = 0; round < rounds; round += 1) await killedMidTraining(round);
  });
});
