import type { Job, JobCost } from "../core/job.ts";
import type { Json } from "../core/reply.ts";
import { isoTime } from "../core/clock.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { taskOf } from "../learning/training-work.ts";
import type { Speaker } from "./speaker.ts";
import { failureText } from "./job-log.ts";
import { subjectOf, trainedBy } from "./job-outcome.ts";

/** `2 min 5 s`, as coarse as it is uncertain. */
export function duration(seconds: number, { say }: Pick<Speaker, "say">): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return say("duration.seconds", { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return say("duration.minutes", { minutes, seconds: whole % 60 });
  return say("duration.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** What is known of a cost; nothing when nobody can tell. */
export function costWords(
  { seconds, tokens, dollars }: JobCost,
  speaker: Pick<Speaker, "say">,
): readonly string[] {
  const parts = [
    ...(seconds === null ? [] : [duration(seconds, speaker)]),
    ...(tokens === null ? [] : [speaker.say("cost.tokens", { count: tokens })]),
    ...(dollars === null || dollars === 0
      ? []
      : [speaker.say("cost.dollars", { dollars: Math.round(dollars * 100) / 100 })]),
  ];
  return parts.length === 0 ? [] : [parts.join(", ")];
}

/** How a job stands, in one sentence. */
export function stateWords(job: Job, speaker: Speaker): string {
  const { say } = speaker;
  switch (job.state) {
    case "queued":
      return say(job.attempts === 0 ? "job.queued" : "job.queued-again");
    case "running":
    case "paused":
      return [say(`job.${job.state}`), progressWords(job, speaker)]
        .filter((part) => part !== "")
        .join(" ");
    case "succeeded":
      return say("job.succeeded", { took: costWords(job.cost ?? noCost, speaker).join() || "-" });
    case "cancelled":
      return say("job.cancelled");
    case "failed":
    case "lost":
      return failureWords(job, speaker) ?? say("job.failed");
  }
}

const noCost: JobCost = { seconds: null, tokens: null, dollars: null };

/** `45 %, 310 a second, about 20 s left` */
export function progressWords({ progress, state }: Job, speaker: Speaker): string {
  if (!progress) return "";
  const { step, total, rate, remaining } = progress;
  const { say } = speaker;
  const parts = [
    total === null || total === 0
      ? say("job.steps", { count: step })
      : say("job.percent", { percent: Math.min(100, Math.floor((100 * step) / total)) }),
  ];
  if (state === "running" && rate !== null && rate >= 1) {
    parts.push(say("job.rate", { rate: Math.round(rate) }));
  }
  if (state === "running" && remaining !== null) {
    parts.push(say("job.remaining", { time: duration(remaining, speaker) }));
  }
  return parts.join(", ");
}

/** Why a job failed; `undefined` when it did not. */
export const failureWords = ({ failure }: Job, speaker: Pick<Speaker, "voice">) =>
  failure ? failureText(failure, speaker) : undefined;

/** A job for programs. */
export function jobFacts(job: Job, speaker: Speaker): { readonly [name: string]: Json } {
  const time = (at: number | null) => (at === null ? null : isoTime(at));
  const facts = {
    id: job.id,
    short: shortJobId(job),
    workspace: job.workspace,
    kind: job.kind,
    state: job.state,
    ...(job.kind === "train" ? taskOf(job) : { what: subjectOf(job) }),
    progress: job.progress,
    estimate: job.estimate,
    cost: job.cost,
    ...trainedBy(job),
    failure: job.failure && { ...job.failure, text: failureWords(job, speaker) },
    person: job.person,
    attempts: job.attempts,
    createdAt: time(job.createdAt),
    startedAt: time(job.startedAt),
    finishedAt: time(job.finishedAt),
  };
  return JSON.parse(JSON.stringify(facts)) as { readonly [name: string]: Json };
}
