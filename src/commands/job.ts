import type { Job } from "../core/job.ts";
import { mayActAs } from "../core/person.ts";
import type { OutgoingFile, Reply } from "../core/reply.ts";
import { testedBy } from "../learning/evaluation-work.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { requireRoleFor } from "./require-role.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { curveFile } from "./job-curve.ts";
import { followReply, placeOf, startedReply, stateReply } from "./job-reply.ts";
import { logLine, warningLines } from "./job-log.ts";
import { costWords } from "./job-words.ts";

export default defineCommand({
  name: "job",
  about: "command.job",
  needs: "member",
  atOnce: true,
  options: {
    id: { type: "text", about: "command.job.id", suggest: "job", optional: true },
    log: { type: "flag", about: "command.job.log", optional: true },
    pause: { type: "flag", about: "command.job.pause", optional: true },
    resume: { type: "flag", about: "command.job.resume", optional: true },
    retry: { type: "flag", about: "command.job.retry", optional: true },
  },
  usageExamples: ["job", "job 3f9a21c7 --log", "job 3f9a21c7 --pause", "job last --retry"],
  async run({ id = "last", log, pause, resume, retry }, context) {
    const { jobs, message, say } = context;
    const job = await jobs.find(message.workspace, id);
    if (pause || resume || retry) requireRoleFor(context, "trainer");
    if (retry) {
      return startedReply(await jobs.retry(job, message.person.id, placeOf(context)), context);
    }
    if (pause) await jobs.pause(job);
    if (resume) await jobs.resume(job);
    if (pause || resume) {
      return { text: say(pause ? "job.pausing" : "job.resuming"), data: { job: job.id } };
    }
    return shownJob(job, log ?? false, context);
  },
});

const linesShown = 20;

async function shownJob(job: Job, withLog: boolean, context: CommandContext): Promise<Reply> {
  const { jobs, prefix, say } = context;
  // Only trainers start jobs: what came of one, and its log, are for them.
  if (!mayActAs(context.message.person.role, "trainer")) return stateReply(job, context);
  const events = await Array.fromAsync(jobs.events(job.id));
  const reply = followReply(job, context, prefix);
  const lines = [reply.text];
  for (const words of costWords(job.estimate ?? nothing, context)) {
    lines.push(say("job.estimate", { cost: words }));
  }
  const told = events.flatMap((event) => logLine(event, context) ?? []);
  const shown = withLog ? told.slice(-linesShown) : warningLines(events, context).slice(-3);
  if (shown.length > 0) lines.push("```", ...shown, "```");
  const curve = curveFile(job, events);
  const files = [...(curve ? [curve] : []), ...(await resultFiles(job, context))];
  return {
    ...reply,
    text: lines.join("\n"),
    data: {
      ...(reply.data as object),
      metrics: events.flatMap((event) =>
        event.kind === "metric" ? [{ step: event.step, values: { ...event.values } }] : [],
      ),
      log: told,
    },
    ...(files.length > 0 && { files }),
  };
}

/** What platforms take as files; the rest is in the library, and the reply says where. */
const mostAttached = 8_000_000;

/** What was predicted for each row of a test. */
async function resultFiles(
  job: Job,
  { library, message }: CommandContext,
): Promise<readonly OutgoingFile[]> {
  const files: OutgoingFile[] = [];
  const isHere = message.platform === "cli";
  for (const path of testedBy(job)?.files ?? []) {
    const bytes = await library.read(message.workspace, path).catch(() => undefined);
    if (!bytes || (!isHere && bytes.length > mostAttached)) continue;
    const [name] = path.split("/").at(-1)!.split(".");
    files.push({ name: `${name}-${shortJobId(job)}.jsonl`, mediaType: "application/jsonl", bytes });
  }
  return files;
}

const nothing = { seconds: null, tokens: null, dollars: null };
