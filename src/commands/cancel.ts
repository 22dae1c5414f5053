import { isFinal, openJobStates } from "../core/job.ts";
import { ApprenticeError } from "../core/errors.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { defineCommand } from "./command.ts";
import { requireRoleFor } from "./require-role.ts";

export default defineCommand({
  name: "cancel",
  about: "command.cancel",
  needs: "member",
  atOnce: true,
  options: { id: { type: "text", about: "command.job.id", suggest: "job", optional: true } },
  usageExamples: ["cancel", "cancel 3f9a21c7"],
  async run({ id = "last" }, context) {
    const { jobs, message, say } = context;
    const { workspace, person } = message;
    const open = await jobs.list({ workspace, states: openJobStates, limit: 1 });
    const job = id === "last" && open[0] ? open[0] : await jobs.find(workspace, id);
    if (job.person !== person.id) requireRoleFor(context, "trainer");
    if (isFinal(job.state)) throw new ApprenticeError("job-over", { job: shortJobId(job) });
    await jobs.cancel(job);
    return {
      text: say("cancel.done", { id: shortJobId(job) }),
      data: { job: job.id },
    };
  },
});
