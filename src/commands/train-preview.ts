import type { Reply } from "../core/reply.ts";
import type { Manifest } from "../learning/datasets/dataset.ts";
import type { TrainingPlan } from "../learning/start-training.ts";
import type { TrainingFinding } from "../learning/trainers/trainer.ts";
import { rowReasons } from "../texts/row-reasons.ts";
import type { CommandContext } from "./context.ts";
import { howTrained } from "./job-outcome.ts";
import { costWords } from "./job-words.ts";
import { shortHash } from "./dataset-reply.ts";

/** What stands against a training or should be known before it, in words. */
export const findingWords = (
  findings: readonly TrainingFinding[],
  { say }: Pick<CommandContext, "say">,
): readonly string[] =>
  findings.map(({ code, values }) => {
    const { reasons } = values;
    return say(`training-finding.${code}`, {
      ...values,
      ...(typeof reasons === "string" && { reasons: rowReasons(reasons, say) }),
    });
  });

/** What would be trained on what, what is doubtful about it, and the button that starts it. */
export function previewReply(
  { task, findings, estimate }: TrainingPlan,
  manifest: Manifest,
  context: CommandContext,
): Reply {
  const { say, prefix } = context;
  const { trainer, method, base, settings } = task;
  const { name, version, counts } = manifest;
  const values = {
    dataset: name,
    number: version,
    trainer,
    ...(method !== "embedded" && { method }),
    ...(base !== null && { base }),
    ...settings,
    yes: true,
  };
  const typed = Object.entries(values)
    .filter(([option]) => option !== "dataset")
    .map(([option, value]) => (value === true ? `--${option}` : `--${option} ${String(value)}`));
  const facts = [
    say("dataset.rows", {
      count: counts.rows,
      positive: counts.positive,
      negative: counts.negative,
      pairs: counts.pairs,
    }),
    say("dataset.splits", { ...counts.splits }),
    ...(trainer === "embedded"
      ? []
      : [
          say("dataset.weights", {
            allowed: manifest.eligibility["allowed"] ?? 0,
            rows: counts.rows,
          }),
        ]),
    ...findingWords(findings, context),
    ...costWords(estimate, context).map((words) => say("train.estimate", { cost: words })),
  ];
  return {
    text: [
      say("train.preview", {
        name,
        version: String(version),
        hash: shortHash(manifest),
        how: howTrained({ trainer, method }),
      }),
      ...facts.map((words) => `- ${words}`),
      "",
      say("train.confirm", { line: `${prefix}train ${name} ${typed.join(" ")}` }),
    ].join("\n"),
    data: {
      dataset: { ...task.dataset },
      trainer,
      method,
      base,
      settings: { ...settings },
      counts: { ...counts.splits },
      estimate: { ...estimate },
      findings: findings.map((finding) => ({ ...finding, values: { ...finding.values } })),
      started: false,
    },
    buttons: [{ label: say("train.start"), call: { name: "train", values }, style: "good" }],
  };
}
