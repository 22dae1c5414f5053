import type { Json, Reply } from "../core/reply.ts";
import type { Built } from "../learning/datasets/build-version.ts";
import type { Manifest } from "../learning/datasets/dataset.ts";
import { deniedReasons } from "../learning/datasets/eligibility.ts";
import type { Findings } from "../learning/datasets/findings.ts";
import { privateKinds } from "../learning/datasets/private-data.ts";
import { rowsFile } from "../learning/datasets/versions.ts";
import type { TextKey } from "../texts/en.ts";
import type { TextValues } from "../texts/say.ts";
import type { CommandContext } from "./context.ts";

type Speaker = Pick<CommandContext, "say">;

/** The first characters of the hash that names the content of a version. */
export const shortHash = ({ files }: Manifest): string => files[rowsFile]!.sha256.slice(0, 12);

/** What a version holds, what may train weights, and what was found in it. */
export function cardLines(manifest: Manifest, findings: Findings, { say }: Speaker): string[] {
  const { counts, eligibility } = manifest;
  const denied = deniedReasons.filter((reason) => (eligibility[reason] ?? 0) > 0);
  return [
    say("dataset.title", {
      name: manifest.name,
      version: String(manifest.version),
      hash: shortHash(manifest),
    }),
    say("dataset.rows", {
      count: counts.rows,
      positive: counts.positive,
      negative: counts.negative,
      pairs: counts.pairs,
    }),
    say("dataset.splits", { ...counts.splits }),
    say("dataset.weights", { allowed: eligibility["allowed"] ?? 0, rows: counts.rows }),
    ...denied.map((reason) => `- ${say(`dataset.${reason}`, { number: eligibility[reason]! })}`),
    ...findingLines(manifest, findings, { say }),
  ];
}

function findingLines({ counts }: Manifest, findings: Findings, { say }: Speaker): string[] {
  const found: readonly (readonly [TextKey, number])[] = [
    ["finding.retracted", counts.leftOut.retracted],
    ["finding.duplicates", findings.duplicates.count],
    ["finding.near-duplicates", findings.nearDuplicates.count],
    ["finding.conflicts", findings.conflicts.count],
    ["finding.contradictory", findings.contradictory.count],
    ["finding.between-splits", findings.betweenSplits.count],
    ["finding.leakage", findings.leakage],
    ...privateKinds.map((kind) => [`finding.${kind}`, findings.privateData[kind].count] as const),
    ["finding.too-long", findings.tooLong.count],
  ];
  const lines = found
    .filter(([, number]) => number > 0)
    .map(([key, number]) => `- ${say(key, { number })}`);
  lines.push(...findings.warnings.map((warning) => `- ${say(`warning.${warning}`)}`));
  return lines.length === 0 ? [say("dataset.findings-none")] : [say("dataset.findings"), ...lines];
}

/** What building did: a sentence, and the version's card. */
export function builtReply(
  { manifest, findings, isNew }: Built,
  context: Speaker,
  key: TextKey,
  values: TextValues = {},
): Reply {
  const { say } = context;
  const { name, version, counts } = manifest;
  const told = say(key, {
    dataset: name,
    version: String(version),
    count: counts.rows,
    positive: counts.positive,
    negative: counts.negative,
    hash: shortHash(manifest),
    ...values,
  });
  const unchanged = isNew ? [] : [say("dataset.unchanged", { version: String(version) })];
  return {
    text: [told, ...unchanged, "", ...cardLines(manifest, findings, context)].join("\n"),
    data: { ...factsOf(manifest, findings), isNew, ...values },
  };
}

/** The same for programs. */
export const factsOf = (manifest: Manifest, findings: Findings): { [key: string]: Json } =>
  JSON.parse(JSON.stringify({ ...manifest, findings })) as { [key: string]: Json };
