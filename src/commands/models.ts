import { isoDate } from "../core/clock.ts";
import type { Alias, ModelVersion } from "../core/model-version.ts";
import type { Reply, ReplyButton } from "../core/reply.ts";
import type { GateEvidence } from "../learning/gate/evidence.ts";
import type { Check } from "../learning/gate/rule.ts";
import { modelFacts } from "../learning/registry/model-facts.ts";
import { asJson } from "./as-json.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { checkLines } from "./gate-report.ts";
import { rollbackButton } from "./rollback-button.ts";

export default defineCommand({
  name: "models",
  about: "command.models",
  needs: "trainer",
  options: { version: { type: "text", about: "command.models.version", optional: true } },
  usageExamples: ["models", "models v3", "models live"],
  async run({ version: reference }, context) {
    if (reference === undefined) return list(context);
    return describe(await context.registry.find(context.teacher.workspace, reference), context);
  },
});

const versionsShown = 20;
const testsShown = 3;

type Speaker = Pick<CommandContext, "say">;

async function list({ registry, teacher, say, prefix }: CommandContext): Promise<Reply> {
  const versions = await registry.list(teacher.workspace);
  if (versions.length === 0) return { text: say("models.none", { prefix }), data: [] };
  const facts = await modelFacts(registry, versions);
  const lines = versions.slice(0, versionsShown).map((version, place) => {
    const line = lineOf(version, { say });
    const { aliases } = facts[place]!;
    return aliases.length > 0 ? `- **${line}** (${named(aliases, { say })})` : `- ${line}`;
  });
  if (!facts.some(({ aliases }) => aliases.includes("live")))
    lines.push(say("models.recall-answers"));
  const text = [say("models.list", { count: versions.length }), ...lines];
  return { text: [...text, say("models.how", { prefix })].join("\n"), data: asJson(facts) };
}

const named = (aliases: readonly Alias[], { say }: Speaker): string =>
  aliases.map((alias) => say(`alias.${alias}`)).join(", ");

const lineOf = ({ number, trainer, method, dataset, createdAt }: ModelVersion, { say }: Speaker) =>
  say("models.line", {
    version: `v${number}`,
    trainer: trainer === method ? trainer : `${trainer}, ${method}`,
    dataset: `${dataset.name} v${dataset.version}`,
    date: isoDate(createdAt),
  });

async function describe(version: ModelVersion, context: CommandContext): Promise<Reply> {
  const { registry, promotions, evaluations, teacher, say, prefix } = context;
  const name = `v${version.number}`;
  const [facts] = await modelFacts(registry, [version]);
  const { aliases } = facts!;
  const decisions = await promotions.history(teacher.workspace, version);
  const tests = await evaluations.ofVersion(version);
  const lines = [lineOf(version, context)];
  if (aliases.length > 0) lines.push(named(aliases, context));
  if (version.sunset) lines.push(say("models.sunset", { date: version.sunset }));
  for (const { what, rightCount, judgedCount, at } of tests.slice(0, testsShown)) {
    const values = { what, right: rightCount, judged: judgedCount, date: isoDate(at) };
    lines.push(say("models.tested", values));
  }
  const last = decisions.findLast(({ kind }) => kind === "promote");
  if (last) {
    const values = { date: isoDate(last.at), person: last.person };
    lines.push(say(last.done ? "models.promoted" : "models.blocked", values));
    // Kept as the gate made them.
    const [checks, evidence] = [last.checks as readonly Check[], last.evidence as GateEvidence];
    lines.push(...checkLines(checks, evidence, context));
  }
  lines.push(say("models.lineage", { prefix, version: name }));
  return {
    text: lines.join("\n"),
    data: asJson({ ...facts, evaluations: tests, decisions }),
    buttons: [aliases.includes("live") ? rollbackButton(context) : promoteButton(name, context)],
  };
}

const promoteButton = (version: string, { say }: Speaker): ReplyButton => ({
  label: say("promote.button"),
  call: { name: "promote", values: { version } },
});
