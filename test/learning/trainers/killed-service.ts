import { writeSync } from "node:fs";
import { openApp } from "../../../src/compose.ts";
import { readConfig } from "../../../src/config.ts";
import { silentLog } from "../../../src/core/log.ts";
import type { TrainerName } from "../../../src/learning/trainers/trainer.ts";

/**
 * Run as its own process, until it is killed or the training has ended: begins one training if there is
 * none, and follows it. Each thing is written to standard output, as a line of JSON.
 */
const [, , folder, trainer] = process.argv;
const workspace = "web:local";
const say = (what: object): void => {
  writeSync(1, `${JSON.stringify(what)}\n`);
};

const app = await openApp(readConfig(folder).config, silentLog);
app.work();
say({ open: true });
const [known] = await app.jobs.list({ workspace, kind: "train", limit: 1 });
const job = known ?? (await begin());
say({ begun: job.id });
for await (const { job: now } of app.jobs.follow(job.id, new AbortController().signal)) {
  say({ state: now.state, code: now.failure?.code ?? null });
}
await app.close();

async function begin() {
  const manifest = await app.datasets.describe(workspace, "faq");
  const wish = { manifest, trainer: trainer as TrainerName, settings: {} };
  const place = { platform: "cli", room: "cli", language: "en", messageId: null } as const;
  return app.training.start(await app.training.plan(wish), "cli:admin", place);
}
