import { defineCommand } from "./command.ts";
import { shorten } from "./shorten.ts";
import { percent } from "./test-report.ts";

export default defineCommand({
  name: "compare",
  about: "command.compare",
  needs: "trainer",
  options: {
    first: { type: "text", about: "command.compare.first", optional: true },
    second: { type: "text", about: "command.compare.second", optional: true },
  },
  usageExamples: ["compare", "compare 3f9a21c7 last"],
  async run({ first = "previous", second = "last" }, { evaluations, message, say }) {
    const comparison = await evaluations.compare(message.workspace, first, second);
    const { wins, losses, shared, unshared, verdict, lost } = comparison;
    const p = comparison.p < 0.001 ? "< 0.001" : Math.round(comparison.p * 1000) / 1000;
    const [before, after] = [comparison.first, comparison.second];
    const names = { first: before.id.slice(-8), second: after.id.slice(-8) };
    const lines = [
      say(`compare.${verdict}`, { ...names, wins, losses, p }),
      say("compare.sides", {
        ...names,
        shared,
        firstRight: before.right,
        firstAccuracy: percent(before.accuracy),
        firstLow: percent(before.interval.low),
        firstHigh: percent(before.interval.high),
        firstVersion: before.modelVersion,
        secondRight: after.right,
        secondAccuracy: percent(after.accuracy),
        secondLow: percent(after.interval.low),
        secondHigh: percent(after.interval.high),
        secondVersion: after.modelVersion,
      }),
    ];
    if (unshared > 0) lines.push(say("compare.unshared", { count: unshared }));
    if (lost.length > 0) {
      lines.push(say("compare.lost"), ...lost.map(({ prompt }) => `- ${shorten(prompt)}`));
    }
    return { text: lines.join("\n"), data: { ...comparison } };
  },
});
