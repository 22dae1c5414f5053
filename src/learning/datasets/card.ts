import type { Manifest } from "./dataset.ts";
import type { Finding, Findings } from "./findings.ts";

/** What a version is, for people who read its folder: `card.md`. */
export function cardOf(manifest: Omit<Manifest, "files">, findings: Findings): string {
  const { counts, source } = manifest;
  const attested = manifest.attestation
    ? `${manifest.attestation.by} at ${manifest.attestation.at}`
    : "nobody";
  return [
    `# ${manifest.name}, version ${manifest.version}`,
    "",
    `Made ${manifest.createdAt} by ${manifest.author}: ${manifest.reason}`,
    manifest.parent === null ? "The first version." : `Follows version ${manifest.parent}.`,
    "",
    "## Content",
    "",
    `- Source: ${sourceWords(source)}`,
    `- Rows: ${counts.rows} (${counts.positive} positive, ${counts.negative} negative; ${counts.unknown} with "not known" as the right answer)`,
    `- Preference pairs: ${counts.pairs}`,
    `- Splits: train ${counts.splits.train}, validation ${counts.splits.validation}, test ${counts.splits.test}, by HMAC-SHA-256 of the cluster (${counts.clusters} clusters of nearly equal prompts)`,
    `- Languages: ${pairs(findings.languages)}`,
    `- Left out: ${pairs(counts.leftOut)}`,
    "",
    "## Use",
    "",
    `- May train model weights: ${pairs(manifest.eligibility)}`,
    `- Right to train given by: ${attested}`,
    "- Recall may use all of it: that changes no weights.",
    "",
    "## Findings",
    "",
    ...findingLines(findings).map(([name, finding]) => `- ${name}: ${finding.count}`),
    `- Leakage across splits: ${findings.leakage}`,
    `- Warnings: ${findings.warnings.join(", ") || "none"}`,
    "",
  ].join("\n");
}

const findingLines = (findings: Findings): readonly (readonly [string, Finding])[] => [
  ["Duplicates left out", findings.duplicates],
  ["Rows with nearly the same prompt as another", findings.nearDuplicates],
  ["Rows with conflicting answers", findings.conflicts],
  ["Contradictory rows left out", findings.contradictory],
  ["Rows between two splits left out", findings.betweenSplits],
  ["Email addresses", findings.privateData.email],
  ["Telephone numbers", findings.privateData.phone],
  ["Payment card numbers", findings.privateData.card],
  ["Secrets", findings.privateData.secret],
  ["Too long", findings.tooLong],
];

function sourceWords(source: Manifest["source"]): string {
  switch (source.kind) {
    case "taught":
      return "everything taught in this workspace";
    case "library":
      return `library files at ${source.path}; rows without a label count as ${source.label}`;
    case "attached":
      return `files sent (${source.files.join(", ")}); rows without a label count as ${source.label}`;
  }
}

const pairs = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "none";
