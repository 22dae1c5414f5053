import type { ModelVersion } from "../core/model-version.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";
import { percent } from "./test-report.ts";

export default defineCommand({
  name: "compare",
  about: "command.compare",
  needs: "trainer",
  options: {
    first: { type: "text", about: "command.compare.first", optional: true },
    second: { type: "text", about: "command.compare.second", optional: true },
    dataset: { type: "text", about: "command.compare.dataset", optional: true },
  },
  usageExamples: ["compare", "compare 3f9a21c7 last", "compare v2 v3", "compare v2 v3 shop-faq"],
  async run({ first = "previous", second = "last", dataset }, context) {
    const { evaluations, message, say } = context;
    const tested =
      namesVersion(first) && namesVersion(second)
        ? await testBoth([first, second], dataset, context)
        : ([first, second] as const);
    const comparison = await evaluations.compare(message.workspace, ...tested);
    const { wins, losses, shared, unshared, verdict, lost } = comparison;
    const p = comparison.p < 0.001 ? "< 0.001" : `= ${Math.round(comparison.p * 1000) / 1000}`;
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

const namesVersion = (word: string): boolean => /^(?:[vв]\d{1,5}|live|candidate)$/iu.test(word);

/**
 * Tests two trained versions alone with the test split of a dataset, by default of the one that the
 * second was trained on, and gives the ids of both evaluations.
 */
async function testBoth(
  names: readonly [string, string],
  dataset: string | undefined,
  { registry, evaluations, teacher, signal }: CommandContext,
): Promise<readonly [string, string]> {
  const { workspace } = teacher;
  const first = await registry.find(workspace, names[0]);
  const second = await registry.find(workspace, names[1]);
  const { name, version: number } = second.dataset;
  const split = await evaluations.testSplit(workspace, dataset ?? `${name}@${number}`);
  const test = (version: ModelVersion) =>
    evaluations.run(teacher, { ...split, version, review: false }, { signal });
  const before = await test(first);
  return [before.id, (await test(second)).id];
}
