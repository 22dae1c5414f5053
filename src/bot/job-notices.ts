import { elapsed, sleep } from "../core/clock.ts";
import { asApprenticeError, causeCode, isClosedPlace } from "../core/errors.ts";
import { isFinal, type Job } from "../core/job.ts";
import type { Log } from "../core/log.ts";
import type { Outbound, Reach } from "../core/platform.ts";
import type { Reply } from "../core/reply.ts";
import { followReply } from "../commands/job-reply.ts";
import { speakerOf } from "../commands/speaker.ts";
import type { Jobs } from "../learning/jobs/jobs.ts";
import type { Database } from "../storage/database.ts";
import { setJobMessage, setJobTold, untoldJobs } from "../storage/jobs.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { Voice } from "../texts/say.ts";
import { splitText } from "./split.ts";

/** Tells people how the jobs go that they have started, in the message that said they were. */
export type JobNotices = {
  /** The message that tells of a job was sent: from now on it is edited as the job goes on. */
  shown(jobId: string, messageId: string): Promise<void>;
  /** Goes on with what an earlier process did not tell to the end. */
  resume(): void;
  close(): Promise<void>;
};

export type JobNoticesParts = {
  readonly database: Database;
  readonly jobs: Pick<Jobs, "follow">;
  readonly reach: Reach;
  readonly workspaces: Pick<Workspaces, "settings">;
  readonly log: Log;
  readonly voice: Voice | "auto";
  readonly prefix: string;
};

/** Least milliseconds between two edits: more often nobody reads it, and platforms count. */
const leastInterval = 4_000;
/** Milliseconds after which the end is told again, when the platform could not be reached. */
const againAfter = 30_000;
const mostAttempts = 20;

export function createJobNotices(parts: JobNoticesParts): JobNotices {
  const { database, log } = parts;
  const { query } = database;
  const closing = new AbortController();
  const following = new Map<string, Promise<void>>();

  const follow = (id: string): void => {
    if (following.has(id) || closing.signal.aborted) return;
    const task = tell(parts, id, closing.signal)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        log.warn("A job's news could not be told", {
          job: id,
          code: asApprenticeError(error).code,
        });
      })
      .finally(() => following.delete(id));
    following.set(id, task);
  };

  return {
    async shown(jobId, messageId) {
      await setJobMessage(query, jobId, messageId);
      follow(jobId);
    },
    resume() {
      const task = untoldJobs(query)
        .then((ids) => ids.forEach(follow))
        .catch((error: unknown) => {
          log.warn("Jobs to tell of could not be read", { code: asApprenticeError(error).code });
        })
        .finally(() => following.delete(""));
      following.set("", task);
    },
    async close() {
      closing.abort();
      await Promise.all(following.values());
    },
  };
}

/** Edits one message until the job has ended and that is told. */
async function tell(parts: JobNoticesParts, id: string, closing: AbortSignal): Promise<void> {
  const { jobs, reach, database } = parts;
  let written = "";
  let writtenAt = Number.NEGATIVE_INFINITY;
  for await (const { job } of jobs.follow(id, closing)) {
    const outbound = reach(job.place.room);
    // The console and the command line follow a job by themselves.
    if (!outbound && isFollowedThere(job)) return setJobTold(database.query, id);
    const interval = Math.max(leastInterval, outbound?.limits.editInterval ?? 0);
    const ended = isFinal(job.state);
    if (!ended && elapsed() - writtenAt < interval) continue;
    const reply = await replyTo(parts, job);
    if (reply.text === written) continue;
    if (ended) {
      await tellEnd(parts, job, reply, closing);
      return setJobTold(database.query, id);
    }
    if (!outbound) continue;
    await show(parts, outbound, job, reply).catch(() => {});
    written = reply.text;
    writtenAt = elapsed();
  }
}

const isFollowedThere = ({ place }: Job): boolean =>
  place.platform === "web" || place.platform === "cli";

/** The end must reach the person, also when their platform is away for a while. */
async function tellEnd(
  parts: JobNoticesParts,
  job: Job,
  reply: Reply,
  closing: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const outbound = parts.reach(job.place.room);
    try {
      if (outbound) return await show(parts, outbound, job, reply);
    } catch (error) {
      const failure = asApprenticeError(error);
      const facts = { job: job.id, code: failure.code, cause: causeCode(failure) };
      if (isClosedPlace(failure))
        return parts.log.warn("A job's end cannot be told: its place is closed", facts);
      parts.log.warn("A job's end could not be told yet", facts);
    }
    await sleep(againAfter, closing);
  }
}

/** Edits the message, or sends a new one where it is gone. */
async function show(
  { database }: JobNoticesParts,
  outbound: Outbound,
  job: Job,
  reply: Reply,
): Promise<void> {
  const fitting = { ...reply, text: splitText(reply.text, outbound.limits.text)[0] ?? "" };
  const { messageId } = job.place;
  try {
    if (messageId !== null) return await outbound.edit(messageId, fitting);
  } catch (error) {
    if (asApprenticeError(error).code !== "message-vanished") throw error;
  }
  const sent = await outbound.send(fitting);
  await setJobMessage(database.query, job.id, sent);
}

async function replyTo(parts: JobNoticesParts, job: Job): Promise<Reply> {
  const settings = await parts.workspaces.settings(job.workspace);
  const own = parts.voice === "auto" ? job.place.language : parts.voice;
  const { data: _data, ...reply } = followReply(
    job,
    speakerOf(settings.voice ?? own),
    settings.prefix ?? parts.prefix,
  );
  return reply;
}
