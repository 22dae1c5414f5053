import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Command as Program } from "commander";
import { isoTime, now } from "../core/clock.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { lockFolder } from "../storage/lock.ts";
import { say, type Voice } from "../texts/say.ts";
import { print } from "./output.ts";
import { showProgress } from "./progress-bar.ts";
import { withSession, type CommonOptions } from "./session.ts";

/** `apprentice backup` and `apprentice restore`: everything in one file, and back. */
export function addBackup(program: Program, voice: Voice): void {
  program
    .command("backup")
    .description(say(voice, "cli.backup"))
    .argument("[target]", say(voice, "cli.backup.target"))
    .option("--json", say(voice, "cli.json"))
    .addHelpText(
      "after",
      "\n  $ apprentice backup\n  $ apprentice backup /mnt/safe/apprentice.tar.zst",
    )
    .action(backUp);
  program
    .command("restore")
    .description(say(voice, "cli.restore"))
    .argument("<archive>", say(voice, "cli.restore.archive"))
    .option("--json", say(voice, "cli.json"))
    .addHelpText(
      "after",
      "\n  $ APPRENTICE_DATA=./restored apprentice restore data/backups/2026-11-21T10-00-00Z.tar.zst",
    )
    .action(putBack);
}

async function backUp(given: string | undefined, options: CommonOptions): Promise<void> {
  await withSession(options, async ({ config, output, log, signal }) => {
    const { openDatabase } = await import("../storage/database.ts");
    const { backup } = await import("../storage/backup.ts");
    const target = given ?? (await datedTarget(config.data));
    const url = config["database.url"];
    const folder = config.data;
    const database = await openDatabase({ folder, log, ...(url && { url }) });
    const bar = await showProgress(output.voice, output.json);
    const progress = (done: number, of: number): void => bar.progress("packing", done, of);
    await backup({ folder, database, target, signal, progress }).finally(async () => {
      bar.stop();
      await database.close();
    });
    const { size } = await stat(target);
    const megabytes = (size / 1024 / 1024).toFixed(1);
    print(
      { file: target, bytes: size },
      say(output.voice, "cli.backup.done", { file: target, megabytes }),
      output,
    );
  });
}

async function putBack(archive: string, options: CommonOptions): Promise<void> {
  await withSession(options, async ({ config, output, log, signal }) => {
    const { restore } = await import("../storage/restore.ts");
    const url = config["database.url"];
    const lock = await lockFolder(config.data);
    const bar = await showProgress(output.voice, output.json);
    const progress = (done: number, of: number): void => bar.progress("unpacking", done, of);
    await restore({
      archive,
      folder: config.data,
      log,
      signal,
      progress,
      ...(url && { url }),
    }).finally(async () => {
      bar.stop();
      await lock.release();
    });
    print(
      { folder: config.data },
      say(output.voice, "cli.restore.done", { folder: config.data }),
      output,
    );
  });
}

/** A name with the moment in it, in the data folder's `backups`. */
async function datedTarget(folder: string): Promise<string> {
  const backups = join(folder, "backups");
  await makeFolder(backups);
  return join(backups, `${isoTime(now()).replaceAll(":", "-").replace(/\.\d+/, "")}.tar.zst`);
}
