import type { Job, JobPlace } from "../core/job.ts";
import { isFinal } from "../core/job.ts";
import type { Reply, ReplyButton } from "../core/reply.ts";
import { importedBy } from "../learning/import-work.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import type { Speaker } from "./speaker.ts";
import type { CommandContext } from "./context.ts";
import { outcomeFacts, outcomeWords, subjectOf, trainedBy } from "./job-outcome.ts";
import { jobFacts, stateWords } from "./job-words.ts";

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
      say(job.kind === "train" ? "train.started" : "job.started", { id: short }),
      say("train.follow", { line: `${prefix}job ${short}` }),
    ].join(" "),
    data: { job: jobFacts(job, context), started: true },
    jobId: job.id,
    buttons: openJobButtons(job, context),
  };
}

/** That a job is there and how far it is, for those who may not see what it made. */
export function stateReply(job: Job, speaker: Speaker): Reply {
  const kind = speaker.say(`job.kind.${job.kind}`);
  const title = speaker.say("job.title-alone", { id: shortJobId(job), kind });
  return {
    text: [title, stateWords(job, speaker)].join("\n"),
    data: { job: { id: job.id, kind: job.kind, state: job.state } },
  };
}

/** How a job stands: the words of the message in which somebody follows it. */
export function followReply(job: Job, speaker: Speaker, prefix: string): Reply {
  const short = shortJobId(job);
  const kind = speaker.say(`job.kind.${job.kind}`);
  const title = speaker.say("job.title", { id: short, kind, subject: subjectOf(job) });
  const outcome = outcomeWords(job, speaker, prefix);
  const actionId = importedBy(job)?.actionId;
  return {
    text: [title, stateWords(job, speaker), ...(outcome === undefined ? [] : [outcome])].join("\n"),
    data: { job: jobFacts(job, speaker), ...outcomeFacts(job) },
    ...(actionId && { actionId }),
    buttons: isFinal(job.state) ? endedJobButtons(job, speaker) : openJobButtons(job, speaker),
  };
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
  const result = trainedBy(job);
  if (result) {
    const values = { version: `v${result.model.number}` };
    return [show, { label: say("job.promote"), call: { name: "promote", values }, style: "good" }];
  }
  if (job.state === "succeeded") return [show];
  return [show, { label: say("job.retry"), call: { name: "job", values: { id, retry: true } } }];
}
