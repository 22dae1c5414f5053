import { jobStates } from "../core/job.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { defineCommand } from "./command.ts";
import { subjectOf } from "./job-outcome.ts";
import { jobFacts, stateWords } from "./job-words.ts";

const shown = 15;

export default defineCommand({
  name: "jobs",
  about: "command.jobs",
  needs: "member",
  atOnce: true,
  options: {
    state: { type: "choice", about: "command.jobs.state", choices: jobStates, optional: true },
  },
  usageExamples: ["jobs", "jobs running"],
  async run({ state }, context) {
    const { jobs, message, prefix, say } = context;
    const found = await jobs.list({
      workspace: message.workspace,
      ...(state && { states: [state] }),
      limit: shown,
    });
    const lines = found.map((job) =>
      [`- \`${shortJobId(job)}\` ${say(`job.kind.${job.kind}`)} ${subjectOf(job)}`.trimEnd()]
        .concat(stateWords(job, context))
        .join(": "),
    );
    const title = found.length === 0 ? say("jobs.none", { prefix }) : say("jobs.list");
    return {
      text: [title, ...lines].join("\n"),
      data: found.map((job) => jobFacts(job, context)),
    };
  },
});
