import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openApp } from "../../../src/compose.ts";
import { readConfig } from "../../../src/config.ts";
import { silentLog } from "../../../src/core/log.ts";
import { startTuningDouble, tuningKey, type TuningDouble } from "../../doubles/openai/tuning.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { openTuningParts } from "./tuning-parts.ts";

const rounds = 20;
/** The service is killed so often in each round before it may go on to the end. */
const kills = 2;
const service = fileURLToPath(new URL("killed-service.ts", import.meta.url));
const program = fileURLToPath(new URL("../../doubles/training-program.ts", import.meta.url));

type Told = { readonly begun?: string; readonly state?: string; readonly code?: string | null };

describe("kill -9 of the service and of what trains", () => {
  let double: TuningDouble;
  let template: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    [double, template] = await Promise.all([startTuningDouble(), temporaryFolder()]);
    const parts = await openTuningParts();
    await cp(parts.data, join(template.path, "data"), { recursive: true });
    await parts.close();
  });
  after(() => Promise.all([double.close(), template.remove()]));

  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    APPRENTICE_RECALL_ENCODER: "none",
    APPRENTICE_TRAINERS_OPENAI_URL: double.url,
    APPRENTICE_TRAINERS_OPENAI_API_KEY: tuningKey,
    APPRENTICE_TRAINERS_OPENAI_MODEL: "gpt-4.1-nano",
    APPRENTICE_TRAINERS_POLL_SECONDS: "1",
    APPRENTICE_TRAINERS_COMMAND_PRESETS: "custom",
    APPRENTICE_TRAINERS_COMMAND_MODELS: "tiny",
    APPRENTICE_TRAINERS_COMMAND_CUSTOM: JSON.stringify(["{node}", program, "{spec}", "slow"]),
  });

  /** What a service said before it was killed after `patience` milliseconds, or ended by itself. */
  async function serve(folder: string, trainer: string, patience?: number): Promise<Told[]> {
    const child = spawn(process.execPath, [service, folder, trainer], {
      cwd: folder,
      env: environment(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    const closed = once(child, "close");
    if (patience !== undefined) {
      await Promise.race([once(child.stdout, "data"), closed]);
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await closed;
      clearTimeout(timer);
    } else {
      // A service that hangs must not hold up everything.
      const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
      await closed;
      clearTimeout(timer);
    }
    const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Told);
  }

  const programOf = async (folder: string, job: string): Promise<string> =>
    join(folder, "data", "models", "web_local", job);

  for (let round = 0; round < rounds; round += 1) {
    const trainer = round % 2 === 0 ? "openai-compatible" : "command";
    const dies = round % 4 === 3;
    test(`round ${round}: ${trainer}${dies ? ", the program is killed too" : ""}`, async () => {
      const folder = await temporaryFolder();
      await cp(template.path, folder.path, { recursive: true });
      const told: Told[] = [];
      for (let kill = 0; kill < kills; kill += 1) {
        told.push(...(await serve(folder.path, trainer, Math.random() * 1_500)));
      }
      const begun = told.find((line) => line.begun)?.begun;
      if (dies && begun) await killProgram(await programOf(folder.path, begun));
      told.push(...(await serve(folder.path, trainer)));

      const app = await openApp(readConfig(folder.path, environment()).config, silentLog);
      try {
        const jobs = await app.jobs.list({ workspace: "web:local", kind: "train", limit: 10 });
        assert.equal(jobs.length, 1);
        const [job] = jobs;
        const versions = await app.registry.list("web:local");
        const began = await beginnings(folder.path, trainer, job!.id);
        assert.equal(began, 1, JSON.stringify(job));
        if (job!.state === "succeeded") assert.equal(versions.length, 1);
        else {
          assert.ok(dies, JSON.stringify(job?.failure));
          assert.equal(job!.failure?.code, "training-program-failed");
          assert.equal(versions.length, 0);
        }
        assert.equal(told.at(-1)?.state, job!.state);
      } finally {
        await app.close();
        await folder.remove();
      }
    });
  }

  /** Kills the training program as the system would when memory is short; it may have ended already. */
  async function killProgram(folder: string): Promise<void> {
    const text = await readFile(join(folder, "process.json"), "utf8").catch(() => undefined);
    if (text === undefined) return;
    try {
      process.kill((JSON.parse(text) as { pid: number }).pid, "SIGKILL");
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
    }
  }

  async function beginnings(folder: string, trainer: string, job: string): Promise<number> {
    if (trainer === "openai-compatible") {
      return double.jobs.filter(
        ({ request }) => (request["metadata"] as Record<string, string>)["apprentice_job"] === job,
      ).length;
    }
    const started = await readFile(join(await programOf(folder, job), "started"), "utf8");
    return started.trim().split("\n").length;
  }

  test("the provider was left clean", () => {
    assert.deepEqual(double.complaints, []);
    assert.equal(double.files.length, 0);
  });
});
