import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "rollback",
  about: "command.rollback",
  needs: "trainer",
  options: {},
  usageExamples: ["rollback"],
  async run(_values, { promotions, teacher, say }) {
    const { from, now } = await promotions.rollback(teacher);
    const values = { from: `v${from.number}`, now: now ? `v${now.number}` : "recall" };
    return {
      text: say(now ? "rollback.done" : "rollback.to-recall", values),
      data: { from: values.from, live: now ? values.now : null },
    };
  },
});
