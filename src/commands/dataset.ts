import type { Reply } from "../core/reply.ts";
import { datasetName } from "../learning/datasets/dataset-name.ts";
import { exportTargets, type ExportTarget } from "../learning/datasets/export-targets.ts";
import type { DatasetPlace } from "../learning/datasets/dataset.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { attachedFiles, labelFrom, requireOperator } from "./dataset-options.ts";
import { builtReply, cardLines, factsOf } from "./dataset-reply.ts";
import { countedReasons } from "../texts/row-reasons.ts";

export default defineCommand({
  name: "dataset",
  about: "command.dataset",
  needs: "trainer",
  options: {
    name: { type: "text", about: "command.dataset.name", suggest: "dataset", optional: true },
    number: { type: "integer", about: "command.dataset.number", optional: true },
    build: { type: "flag", about: "command.dataset.build", optional: true },
    from: { type: "text", about: "command.dataset.from", optional: true },
    positive: { type: "flag", about: "command.dataset.positive", optional: true },
    negative: { type: "flag", about: "command.dataset.negative", optional: true },
    attest: { type: "flag", about: "command.dataset.attest", optional: true },
    diff: { type: "integer", about: "command.dataset.diff", optional: true },
    export: {
      type: "choice",
      about: "command.dataset.export",
      choices: exportTargets,
      optional: true,
    },
    files: { type: "files", about: "command.dataset.files", optional: true },
  },
  usageExamples: [
    "dataset shop-faq",
    "dataset shop-faq --build",
    "dataset shop-faq --build --from letters/good --positive",
    "dataset shop-faq --diff 1 --number 2",
    "dataset shop-faq --export trl-kto",
  ],
  async run(values, context) {
    const { datasets, message } = context;
    const { workspace } = message;
    const name = datasetName(values.name ?? (await datasets.current(workspace)) ?? "taught");
    if (values.build || values.from !== undefined || (values.files?.length ?? 0) > 0) {
      return build(name, values, context);
    }
    const manifest = await datasets.describe(workspace, name, values.number);
    if (values.diff !== undefined) {
      return difference({ workspace, name, version: values.diff }, manifest.version, context);
    }
    if (values.export !== undefined) return exported(manifest, values.export, context);
    const findings = await datasets.findings(manifest);
    return {
      text: cardLines(manifest, findings, context).join("\n"),
      data: factsOf(manifest, findings),
    };
  },
});

type BuildValues = {
  readonly from?: string;
  readonly positive?: boolean;
  readonly negative?: boolean;
  readonly attest?: boolean;
  readonly files?: Parameters<typeof attachedFiles>[0];
};

async function build(name: string, values: BuildValues, context: CommandContext): Promise<Reply> {
  const { attest = false, files = [], from } = values;
  if (attest) requireOperator(context);
  const label = labelFrom(values.positive, values.negative);
  const source =
    files.length > 0
      ? ({ kind: "attached", ...(await attachedFiles(files, context)) } as const)
      : from === undefined
        ? undefined
        : from === "taught"
          ? ({ kind: "taught" } as const)
          : ({ kind: "library", path: from } as const);
  const built = await context.datasets.build({
    teacher: context.teacher,
    name,
    ...(source && { source }),
    ...(label && { label }),
    attest,
    reason: "dataset --build",
    voice: context.voice,
    signal: context.signal,
  });
  return builtReply(built, context, "dataset.built");
}

const rowsShown = 5;

async function difference(
  from: DatasetPlace,
  to: number,
  { datasets, say }: CommandContext,
): Promise<Reply> {
  const found = await datasets.difference(from, { ...from, version: to });
  const { added, removed, changed } = found;
  const short = (text: string | null) => (text ?? "-").slice(0, 60);
  return {
    text: [
      say("dataset.diff", {
        name: from.name,
        from: String(from.version),
        to: String(to),
        added: added.length,
        removed: removed.length,
        changed: changed.length,
      }),
      ...added.slice(0, rowsShown).map((row) => `+ ${short(row.prompt)} → ${short(row.answer)}`),
      ...removed.slice(0, rowsShown).map((row) => `- ${short(row.prompt)} → ${short(row.answer)}`),
      ...changed
        .slice(0, rowsShown)
        .map(
          (row) =>
            `~ ${short(row.to.prompt)} → ${short(row.from.answer)} → ${short(row.to.answer)}`,
        ),
    ].join("\n"),
    data: {
      added: added.map((row) => ({ ...row })),
      removed: removed.map((row) => ({ ...row })),
      changed: changed.map((row) => ({ from: { ...row.from }, to: { ...row.to } })),
    },
  };
}

async function exported(
  place: DatasetPlace,
  target: ExportTarget,
  { datasets, say }: CommandContext,
): Promise<Reply> {
  const report = await datasets.export(place, target);
  const left = countedReasons(report.leftOut, say);
  return {
    text: [
      say("dataset.exported", {
        name: place.name,
        version: String(place.version),
        target,
        ...report.lines,
      }),
      ...(left === "" ? [] : [say("dataset.export-left", { reasons: left })]),
    ].join("\n"),
    data: {
      ...report,
      lines: { ...report.lines },
      leftOut: { ...report.leftOut },
      files: { ...report.files },
    },
  };
}
