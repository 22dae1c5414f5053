import type { Config } from "../config.ts";
import { asApprenticeError } from "../core/errors.ts";
import type { JobState } from "../core/job.ts";
import { attachmentOf, type WholeFile } from "../core/attachment.ts";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Language } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import type { Message } from "../core/message.ts";
import type { Person } from "../core/person.ts";
import { openApp } from "../compose.ts";
import { exportExamples } from "../learning/export-examples.ts";
import { importFile } from "../learning/import-file.ts";
import type { Desk } from "./desk.ts";
import { openToTerminals } from "./open-to-terminals.ts";

/** Whoever can write the data folder owns it. */
const owner: Person = { id: "cli:local", name: "Admin", role: "admin" };
const room = "cli:local";

/** Opens the data folder itself. Throws `data-folder-in-use` while another process has it. */
export async function openLocalDesk(
  config: Config,
  workspace: string,
  language: Language,
  log: Log,
  signal: AbortSignal,
): Promise<Desk> {
  const app = await openApp(config, log);
  const message = (files: readonly WholeFile[]): Message => ({
    id: `cli:${newId()}`,
    platform: "cli",
    workspace,
    room,
    person: owner,
    text: "",
    files: files.map(attachmentOf),
    via: "command",
    addressed: true,
    language,
    sentAt: now(),
  });
  const voice = config.voice === "auto" ? language : config.voice;
  let closeDoor: (() => Promise<void>) | undefined;
  /** What is kept is kept, whether or not somebody waits until it is learned too. */
  const settle = (progress?: (done: number) => void): Promise<void> =>
    app.memories
      .settle(workspace, { signal, ...(progress && { progress }) })
      .catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
      });
  return {
    runCommand: (name, values, files = []) =>
      app.runCommand({ name, values }, { message: message(files), voice, language, signal }),
    ask: (prompts) => app.askAll(workspace, prompts),
    async importFile(file, progress) {
      const teacher = { workspace, person: owner, origin: "file" as const };
      const begun = await importFile(app, teacher, file, {
        voice,
        place: { platform: "cli", room, messageId: null, language },
        signal,
        progress: (done, of) => progress("teaching", done, of),
      });
      if ("job" in begun) return { jobId: begun.job.id };
      await settle((done) => progress("training", done, 1));
      return begun;
    },
    exportExamples: () => exportExamples(app.examples, workspace),
    async readAnew(progress) {
      app.reopenEncoder();
      await app.memories.renew(workspace, {
        signal,
        progress: (done, of) => progress("reading", done, of),
      });
      return true;
    },
    async *followJob(id) {
      // Nobody else is there to do it.
      app.work();
      closeDoor ??= await openToTerminals(app);
      for await (const moment of app.jobs.follow(id, signal)) {
        yield moment;
        const { kind, state } = moment.job;
        if (kind === "import" && state === "succeeded") await settle();
      }
    },
    async giveUpJob(id) {
      const job = await app.jobs.find(workspace, id);
      // A training can go on later; a file is taught as a whole or not at all.
      if (job.kind !== "import") return undefined;
      await app.jobs.cancel(job).catch((thrown: unknown) => {
        if (asApprenticeError(thrown).code !== "job-over") throw thrown;
      });
      let ended: JobState | undefined;
      const never = new AbortController().signal;
      for await (const moment of app.jobs.follow(job.id, never)) ended = moment.job.state;
      return ended;
    },
    async close() {
      await closeDoor?.();
      await app.close();
    },
  };
}
