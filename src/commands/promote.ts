import { ApprenticeError } from "../core/errors.ts";
import { asJson } from "./as-json.ts";
import { defineCommand } from "./command.ts";
import { requireOperator } from "./dataset-options.ts";
import { checkLines } from "./gate-report.ts";
import { rollbackButton } from "./rollback-button.ts";

export default defineCommand({
  name: "promote",
  about: "command.promote",
  needs: "trainer",
  options: {
    version: { type: "text", about: "command.promote.version", optional: true },
    override: { type: "text", about: "command.promote.override", optional: true },
  },
  usageExamples: ["promote", "promote v3", 'promote v3 override="It answers more politely."'],
  async run({ version: reference = "candidate", override: given }, context) {
    const { registry, promotions, teacher, signal, say, prefix } = context;
    if (given !== undefined) requireOperator(context);
    const override = given?.trim();
    if (override === "") {
      throw new ApprenticeError("promotion-reason-missing", { version: reference });
    }
    const version = await registry.find(teacher.workspace, reference);
    const { promoted, evidence, checks } = await promotions.promote(teacher, version, {
      ...(override && { override }),
      signal,
    });
    const values = { version: `v${version.number}`, against: evidence.against };
    const lines = checkLines(checks, evidence, context);
    const data = asJson({ ...values, promoted, checks, evidence });
    if (promoted) {
      const text = [say("promote.done", values), ...lines].join("\n");
      return { text, data, buttons: [rollbackButton(context)] };
    }
    const text = [say("promote.blocked", { ...values, prefix }), ...lines].join("\n");
    return { text, data, done: false };
  },
});
