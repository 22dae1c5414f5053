import { defineCommand } from "./command.ts";
import { shorten } from "./shorten.ts";

export default defineCommand({
  name: "retract",
  about: "command.retract",
  needs: "member",
  options: {
    example: { type: "text", about: "command.retract.example", suggest: "example" },
    reason: { type: "rest", about: "command.retract.reason", optional: true },
  },
  usageExamples: ["retract 3f9a21c7", "retract 3f9a21c7 It names a customer."],
  async run({ example, reason = "" }, { teaching, teacher, datasets, lineage, prefix, say }) {
    const retracted = await teaching.retract(teacher, example, reason);
    const { actionId, exampleId, prompt, answer } = retracted;
    const versions = await datasets.containing(teacher.workspace, exampleId);
    const models = await lineage.modelsWith(teacher.workspace, exampleId);
    const parts = [
      say("retract.done", {
        prompt: shorten(prompt ?? exampleId),
        answer: shorten(answer ?? "-", 200),
      }),
      versions.length === 0
        ? say("retract.nowhere")
        : say("retract.versions", {
            count: versions.length,
            versions: versions.map(({ name, version }) => `${name} v${version}`).join(", "),
          }),
      ...(models.length === 0
        ? []
        : [
            say("retract.models", {
              count: models.length,
              models: models.map(({ version }) => `v${version.number}`).join(", "),
            }),
          ]),
      say("receipt.undo", { prefix, id: actionId.slice(-8) }),
    ];
    return {
      text: parts.join(" "),
      data: {
        ...retracted,
        versions: versions.map(({ name, version }) => ({ name, version })),
        models: models.map(({ version, split }) => ({
          version: `v${version.number}`,
          id: version.id,
          split,
        })),
      },
      actionId,
    };
  },
});
