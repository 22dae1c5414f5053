import { isoDate } from "../core/clock.ts";
import type { Reply } from "../core/reply.ts";
import { asJson } from "./as-json.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";
import { missingOption } from "./missing-option.ts";

export default defineCommand({
  name: "lineage",
  about: "command.lineage",
  needs: "trainer",
  options: {
    model: { type: "text", about: "command.lineage.model", optional: true },
    example: { type: "text", about: "command.lineage.example", optional: true },
  },
  usageExamples: ["lineage v3", "lineage live", "lineage --example 3f9a21c7"],
  async run({ model, example }, context) {
    if (example !== undefined) return ofExample(example, context);
    if (model !== undefined) return ofModel(model, context);
    throw missingOption("lineage", "model", context);
  },
});

const correctionsShown = 10;
const sourceOrder = ["taught", "corrected", "rated", "imported", "file"] as const;

async function ofModel(reference: string, context: CommandContext): Promise<Reply> {
  const { registry, lineage, teacher, say, prefix } = context;
  const version = await registry.find(teacher.workspace, reference);
  const { ancestors, manifest, rows, corrections } = await lineage.ofVersion(version);
  const name = `v${version.number}`;
  const parts = sourceOrder
    .filter((source) => rows[source])
    .map((source) => `${say(`source.${source}`)} ${rows[source]}`);
  const lines = [
    say("lineage.title", {
      version: name,
      dataset: `${manifest.name} v${manifest.version}`,
      hash: version.dataset.sha256.slice(0, 12),
      trainer: version.trainer,
      date: isoDate(version.createdAt),
      job: version.jobId.slice(-8),
    }),
    say("lineage.rows", { rows: parts.join(", ") || "0" }),
    ...ancestors.map(({ number }) => say("lineage.base", { version: `v${number}` })),
    say(corrections.length === 0 ? "lineage.no-corrections" : "lineage.corrections", {
      count: corrections.length,
    }),
    ...corrections.slice(0, correctionsShown).map(({ exampleId, prompt, answer, author, at }) =>
      say("lineage.correction", {
        id: exampleId.slice(-8),
        prompt: shorten(prompt, 60),
        answer: shorten(answer ?? "-", 60),
        author,
        date: isoDate(at),
      }),
    ),
  ];
  const hidden = corrections.length - correctionsShown;
  if (hidden > 0) lines.push(say("lineage.more", { count: hidden, prefix, version: name }));
  const { workspace: _same, splitSalt: _secret, ...dataset } = manifest;
  return {
    text: lines.join("\n"),
    data: asJson({
      version: name,
      model: version,
      ancestors: ancestors.map(({ number, id }) => ({ version: `v${number}`, id })),
      dataset,
      rows,
      corrections,
    }),
  };
}

async function ofExample(example: string, context: CommandContext): Promise<Reply> {
  const { lineage, teacher, say } = context;
  const found = await lineage.ofExample(teacher.workspace, example);
  const { exampleId, prompt, answer, datasets, models } = found;
  const named = models.map(({ version, split }) =>
    split === "train"
      ? `v${version.number}`
      : say("lineage.tuned", { version: `v${version.number}` }),
  );
  const lines = [
    say("lineage.example", {
      id: exampleId.slice(-8),
      prompt: shorten(prompt, 60),
      answer: shorten(answer ?? "-", 60),
    }),
    say(datasets.length === 0 ? "lineage.no-datasets" : "lineage.datasets", {
      count: datasets.length,
      datasets: datasets
        .map(({ name, version, split }) => `${name} v${version} (${split})`)
        .join(", "),
    }),
    say(models.length === 0 ? "lineage.no-models" : "lineage.models", {
      count: models.length,
      models: named.join(", "),
    }),
  ];
  return {
    text: lines.join("\n"),
    data: asJson({
      ...found,
      datasets: datasets.map(({ name, version, split }) => ({ name, version, split })),
      models: models.map(({ version, split }) => ({
        version: `v${version.number}`,
        id: version.id,
        split,
      })),
    }),
  };
}
