import { z } from "zod";
import { asApprenticeError } from "../core/errors.ts";
import type { Label } from "../core/example.ts";
import { newId } from "../core/ids.ts";
import type { Job } from "../core/job.ts";
import type { Json } from "../core/reply.ts";
import type { NewJob } from "../storage/jobs.ts";
import type { Library } from "../storage/library.ts";
import { previewFile } from "./preview-file.ts";
import { importError } from "./importers/read.ts";
import type { ImportColumns, ImportFormat } from "./importers/importer.ts";
import { discard, filesToImport, liesThere } from "./incoming-files.ts";
import type { JobRun, JobWork } from "./jobs/work.ts";
import type { Lesson, Receipt, Teacher, Teaching } from "./teaching.ts";
import { isStopping } from "./trainers/held.ts";
import type { Voice } from "../texts/say.ts";

/** From so many lessons on, an import is long work: a job. */
export const longImport = 5_000;

/** What a job of the kind `import` is told to do. */
export type ImportTask = {
  /** The files' names, for people. */
  readonly what: string;
  /** Where they lie in the library. */
  readonly path: string;
  readonly label: Label;
  readonly format: ImportFormat | null;
  readonly columns?: ImportColumns | null;
  readonly teacher: Omit<Teacher, "workspace">;
  /** For mistakes in the files, which are looked for before the job is started. */
  readonly voice: Voice;
};

/** An import as a job, before it is queued. */
export const importJob = (
  task: ImportTask,
  job: Pick<NewJob, "workspace" | "person" | "place">,
): NewJob => ({
  ...job,
  id: newId(),
  kind: "import",
  order: JSON.parse(JSON.stringify(task)) as Json,
  estimate: null,
});

export const importTaskOf = (job: Job): ImportTask => job.order as unknown as ImportTask;

/** Lessons that are written at once: others get their turn in between, and a kill costs no more. */
const partSize = 2_000;

const stateShape = z.object({
  actionId: z.string(),
  /** How many lessons are dealt with, and of how many. */
  done: z.number(),
  of: z.number().nullable(),
  added: z.number(),
  skipped: z.number(),
  conflicts: z.number(),
  status: z.enum(["active", "pending"]),
  exampleIds: z.array(z.string()),
});
type ImportState = z.infer<typeof stateShape>;

export type ImportWorkParts = {
  readonly library: Library;
  readonly teaching: Pick<Teaching, "importLessons" | "undo">;
  /** Throws `disk-full` unless so many bytes can still be kept. */
  requireRoom(bytes: number): Promise<void>;
};

/** What a lesson takes on disk beside its words, which are kept several times: as they are, and for search. */
const bytesPerLesson = 2_000;
const timesKept = 10;

/**
 * What a whole import takes at most. Asked for before anything is written: on a disk that fills up on the
 * way, what was taught already could not be taken back either.
 */
const bytesFor = (lessons: readonly Lesson[]): number =>
  lessons.reduce(
    (sum, { prompt, answer }) =>
      sum +
      bytesPerLesson +
      timesKept * (Buffer.byteLength(prompt) + Buffer.byteLength(answer ?? "")),
    0,
  );

/**
 * Teaches the files part by part as one act. Each part notes in its own transaction that it is done, so
 * after a kill the rest is taught, and nothing twice. What is cancelled or fails is taken back whole.
 */
export const createImportWork = (parts: ImportWorkParts): JobWork => ({
  canPause: () => false,
  isPossible: (job) => liesThere(importTaskOf(job).path, { ...parts, workspace: job.workspace }),
  async run(job, run) {
    const { library, teaching } = parts;
    const { workspace } = job;
    const task = importTaskOf(job);
    const teacher = { ...task.teacher, workspace };
    let state = stateShape.catch(begun()).parse(run.handle);
    try {
      if (run.handle === null) await run.remember(state);
      if (state.of === null || state.done < state.of) {
        const lessons = await lessonsOf(task, { library, workspace }, run);
        await parts.requireRoom(bytesFor(lessons.slice(state.done)));
        for (const part of partsOf(lessons, state.done)) {
          run.signal.throwIfAborted();
          state = await teachPart(teaching, teacher, { part, of: lessons.length, state }, run);
          run.progress({ step: state.done, total: lessons.length });
        }
      }
    } catch (error) {
      if (!isStopping(run.signal)) {
        await takeBack(teaching, teacher, state.actionId);
        // Should it be tried again, it begins anew.
        await run.remember(begun());
      }
      throw error;
    }
    await discard(task.path, { library, workspace });
    return { cost: null, conclude: async () => receiptOf(state) };
  },
});

const begun = (): ImportState => ({
  actionId: newId(),
  done: 0,
  of: null,
  added: 0,
  skipped: 0,
  conflicts: 0,
  status: "active",
  exampleIds: [],
});

async function lessonsOf(
  { path, label, format, columns, voice }: ImportTask,
  place: { readonly library: Library; readonly workspace: string },
  { signal }: JobRun,
): Promise<readonly Lesson[]> {
  const lessons: Lesson[] = [];
  for (const file of await filesToImport(path, place)) {
    const given = { ...file, label, ...(format && { format }), ...(columns && { columns }) };
    const imported = await previewFile(given, signal);
    if (imported.problemCount > 0) throw importError(file.name, imported, voice);
    for (const lesson of imported.lessons) lessons.push(lesson);
  }
  return lessons;
}

function* partsOf(lessons: readonly Lesson[], from: number): Generator<readonly Lesson[]> {
  for (let start = from; start < lessons.length; start += partSize) {
    yield lessons.slice(start, start + partSize);
  }
}

type Step = {
  readonly part: readonly Lesson[];
  readonly of: number;
  readonly state: ImportState;
};

async function teachPart(
  teaching: ImportWorkParts["teaching"],
  teacher: Teacher,
  { part, of, state }: Step,
  run: JobRun,
): Promise<ImportState> {
  let isNoted = false;
  const after = ({ added, skipped, conflicts, status, exampleIds }: Receipt): ImportState => ({
    ...state,
    of,
    done: state.done + part.length,
    added: state.added + added,
    skipped: state.skipped + skipped,
    conflicts: state.conflicts + conflicts,
    status,
    exampleIds: [...state.exampleIds, ...exampleIds].slice(0, 100),
  });
  const receipt = await teaching.importLessons(teacher, part, {
    signal: run.signal,
    part: {
      actionId: state.actionId,
      async done(query, taught) {
        isNoted = true;
        await run.rememberWithin(query, after(taught));
      },
    },
  });
  const next = after(receipt);
  // Nothing was new, so nothing was written.
  if (!isNoted) await run.remember(next);
  return next;
}

/** What was taught already is forgotten again, as if nothing had been begun. */
async function takeBack(
  teaching: ImportWorkParts["teaching"],
  teacher: Teacher,
  actionId: string,
): Promise<void> {
  await teaching.undo(teacher, actionId).catch((error: unknown) => {
    const { code } = asApprenticeError(error);
    if (code !== "action-missing" && code !== "action-undone") throw error;
  });
}

const receiptOf = ({ done: _done, of: _of, actionId, ...counts }: ImportState): Receipt => ({
  ...counts,
  actionId: counts.added > 0 ? actionId : "",
  kind: "imported",
  superseded: 0,
});

/** What came of an import; `undefined` before its end. */
export const importedBy = (job: Job): Receipt | undefined =>
  job.kind === "import" && job.state === "succeeded"
    ? (job.result as unknown as Receipt)
    : undefined;
