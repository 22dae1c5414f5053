import type { Job, JobPlace } from "../core/job.ts";
import { isFinal } from "../core/job.ts";
import type { Reply, ReplyButton } from "../core/reply.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import type { Speaker } from "./speaker.ts";
import { countedReasons } from "../texts/row-reasons.ts";
import type { CommandContext } from "./context.ts";
import { jobFacts, resultOf, stateWords, subjectOf } from "./job-words.ts";

/** Where news of a job that is started here will be told. */
export const placeOf = ({ message, language }: CommandContext): JobPlace => ({
  platform: message.platform,
  room: message.room,
  messageId: null,
  language,
});

/** A job was started: its id, and how to follow it. */
export function startedReply(job: Job, context: CommandContext): Reply {
  const { say, prefix } = context;
  const short = shortJobId(job);
  return {
    text: [
      say("train.started", { id: short }),
      say("train.follow", { line: `${prefix}job ${short}` }),
    ].join(" "),
    data: { job: jobFacts(job, context), started: true },
    jobId: job.id,
    buttons: openJobButtons(job, context),
  };
}

/** How a job stands: the words of the message in which somebody follows it. */
export function followReply(job: Job, speaker: Speaker, prefix: string): Reply {
  const short = shortJobId(job);
  const title = speaker.say("job.title", { id: short, subject: subjectOf(job) });
  const state = stateWords(job, speaker);
  const result = resultOf(job);
  const lines = [title, state];
  if (result) lines.push(resultWords(result, speaker, prefix));
  return {
    text: lines.join("\n"),
    data: { job: jobFacts(job, speaker) },
    buttons: isFinal(job.state) ? endedJobButtons(job, speaker) : openJobButtons(job, speaker),
  };
}

/** Which model version came of it, how good it is, and what to do next. */
export function resultWords(
  { model, metrics, unused }: NonNullable<ReturnType<typeof resultOf>>,
  { say }: Speaker,
  prefix: string,
): string {
  const version = `v${model.number}`;
  const accuracy = metrics["validation_accuracy"];
  const parts = [say("job.model", { version })];
  if (accuracy !== undefined) {
    parts.push(say("job.accuracy", { percent: Math.round(accuracy * 1_000) / 10 }));
  }
  const left = countedReasons(unused, say);
  if (left !== "") parts.push(say("job.unused", { reasons: left }));
  parts.push(say("job.next", { line: `${prefix}promote ${version}` }));
  return parts.join(" ");
}

export function openJobButtons(job: Job, { say }: Pick<Speaker, "say">): readonly ReplyButton[] {
  const id = shortJobId(job);
  return [
    { label: say("job.show"), call: { name: "job", values: { id } } },
    { label: say("job.cancel"), call: { name: "cancel", values: { id } }, style: "bad" },
  ];
}

function endedJobButtons(job: Job, { say }: Pick<Speaker, "say">): readonly ReplyButton[] {
  const id = shortJobId(job);
  const show: ReplyButton = { label: say("job.show"), call: { name: "job", values: { id } } };
  const result = resultOf(job);
  if (result) {
    const values = { version: `v${result.model.number}` };
    return [show, { label: say("job.promote"), call: { name: "promote", values }, style: "good" }];
  }
  if (job.state === "succeeded") return [show];
  return [show, { label: say("job.retry"), call: { name: "job", values: { id, retry: true } } }];
}
