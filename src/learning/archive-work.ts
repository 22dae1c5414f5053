import { z } from "zod";
import type { Job } from "../core/job.ts";
import type { ArchiveContent } from "../storage/archive-manifest.ts";
import type { ArchiveFormat } from "../storage/archive.ts";
import type { PackedArchive } from "../storage/archives.ts";
import type { Archiving } from "./datasets/archiving.ts";
import type { JobWork } from "./jobs/work.ts";

/** From so many bytes, or files, on, packing is long work: a job. */
export const longArchive = { bytes: 64 * 1024 * 1024, files: 2_000 } as const;

/** What a job of the kind `archive` is told to do. */
export type ArchiveTask = {
  /** What is packed, for people. */
  readonly what: string;
  readonly content: ArchiveContent;
  readonly format: ArchiveFormat;
};

export const archiveTaskOf = (job: Job): ArchiveTask => job.order as unknown as ArchiveTask;

/** What came of it. */
export type ArchiveResult = Pick<PackedArchive, "name" | "size"> & { readonly files: number };

const stateShape = z.object({
  /** The archives that were there before. */
  before: z.array(z.string()),
});

/** Packs into an archive that is there whole or not at all; one that is there already is not made twice. */
export const createArchiveWork = (archiving: Archiving): JobWork => ({
  canPause: () => false,
  async run(job, run) {
    const { workspace } = job;
    const { content, format } = archiveTaskOf(job);
    const earlier = stateShape.safeParse(run.handle);
    const { signal } = run;
    const packed =
      (earlier.success &&
        (await archiving.findPacked(workspace, content, earlier.data.before, signal))) ||
      (await pack());
    const { name, size, manifest } = packed;
    const result: ArchiveResult = { name, size, files: manifest.files.length };
    return { cost: null, conclude: async () => result };

    async function pack(): Promise<PackedArchive> {
      const before = (await archiving.list(workspace)).map((archive) => archive.name);
      await run.remember({ before });
      const { bytes: total } = await archiving.measure(workspace, content);
      let step = 0;
      const read = (bytes: number): void => {
        step += bytes;
        run.progress({ step, total });
      };
      return archiving.pack(workspace, content, { format, signal, read });
    }
  },
});

/** What came of packing; `undefined` before its end. */
export const packedBy = (job: Job): ArchiveResult | undefined =>
  job.kind === "archive" && job.state === "succeeded"
    ? (job.result as unknown as ArchiveResult)
    : undefined;
