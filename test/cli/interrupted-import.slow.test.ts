import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { madeUpLines } from "../made-up-lines.ts";
import { apprentice, entry, environment, facts, testInFolder } from "./running-process.ts";

const rows = 20_000;
type JobFacts = {
  readonly id: string;
  readonly state: string;
  readonly progress?: { step: number };
};

/** An import in a first terminal, once a part of the file is taught. */
async function begin(folder: string) {
  writeFileSync(join(folder, "long.jsonl"), madeUpLines(rows));
  const child = spawn(process.execPath, [entry, "import", "long.jsonl"], {
    cwd: folder,
    env: environment(),
  });
  let said = "";
  child.stderr.on("data", (piece: Buffer) => (said += String(piece)));
  child.stdout.resume();
  const ended = once(child, "close");
  for (;;) {
    const { lines } = await facts(folder, ["jobs"]);
    // While the first terminal opens the folder, nobody else can.
    const jobs: unknown = lines[0];
    const [job] = (Array.isArray(jobs) ? jobs : []) as readonly JobFacts[];
    if ((job?.progress?.step ?? 0) > 0) break;
    assert.equal(child.exitCode, null, `it ended before anybody could look: ${said}`);
  }
  return {
    interrupt: () => child.kill("SIGINT"),
    async end() {
      await ended;
      return { code: child.exitCode, said };
    },
  };
}

const knownIn = async (folder: string): Promise<unknown> =>
  (await facts(folder, ["hi"])).lines[0]!["taught"];

testInFolder("Ctrl-C in an import leaves nothing of the file, and says so", async (folder) => {
  const importing = await begin(folder);
  importing.interrupt();
  const { code, said } = await importing.end();
  assert.deepEqual([code, said], [130, "Stopped. Nothing of this file was learned.\n"]);
  assert.equal(await knownIn(folder), 0);
});

testInFolder("a second terminal sees an import and cancels it while it runs", async (folder) => {
  const importing = await begin(folder);
  const cancelled = await apprentice(folder, ["cancel"]);
  assert.match(cancelled.out, /is being cancelled/, cancelled.err);
  const { code } = await importing.end();
  assert.equal(code, 1);
  assert.equal(await knownIn(folder), 0);
});
