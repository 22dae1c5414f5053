import { open, type FileHandle } from "node:fs/promises";

/** Brings the write-ahead log of an embedded database to the disk, without stopping the process. */
export type LogSync = {
  sync(): Promise<void>;
  close(): Promise<void>;
};

/**
 * SQLite itself waits for the disk inside its commit and nothing else can happen in the process. The
 * same wait in another thread is as safe: a commit is one with its log's last frame on disk, and the log
 * file is there as long as the database is open.
 */
export function createLogSync(databaseFile: string): LogSync {
  let opening: Promise<FileHandle> | undefined;
  return {
    async sync() {
      opening ??= open(`${databaseFile}-wal`, "r+");
      try {
        await (await opening).datasync();
      } catch (error) {
        // The next one tries anew.
        await opening.then((file) => file.close()).catch(() => {});
        opening = undefined;
        throw error;
      }
    },
    async close() {
      await (await opening)?.close();
    },
  };
}
