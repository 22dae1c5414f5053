import type { Label, Origin } from "../core/example.ts";
import type { Reply } from "../core/reply.ts";
import { importJob } from "../learning/import-work.ts";
import { keptApart } from "../learning/incoming-files.ts";
import type { CommandContext } from "./context.ts";
import { placeOf, startedReply } from "./job-reply.ts";

/** Files of the library that are taught as a job, because that takes long. */
export type LongImport = {
  /** Their names. */
  readonly what: string;
  readonly path: string;
  readonly label: Label;
  readonly origin: Origin;
};

export async function startImport(
  { what, path, label, origin }: LongImport,
  context: CommandContext,
): Promise<Reply> {
  const { jobs, library, message, teacher, voice } = context;
  const { workspace, ...who } = teacher;
  const task = {
    what,
    path: await keptApart(path, { library, workspace }),
    label,
    format: null,
    teacher: { ...who, origin },
    voice,
  };
  const place = placeOf(context);
  const job = importJob(task, { workspace, person: message.person.id, place });
  return startedReply(await jobs.start(job), context);
}
