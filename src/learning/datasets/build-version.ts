import { createHash } from "node:crypto";
import { join } from "node:path";
import { isoTime, now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { Label, Origin } from "../../core/example.ts";
import type { DatasetMemory } from "../../storage/datasets.ts";
import type { Examples } from "../../storage/examples.ts";
import type { Voice } from "../../texts/say.ts";
import type { Teacher } from "../teaching.ts";
import { fileRows, pseudonym, taughtRows, type SourceFile } from "./candidates.ts";
import { cardOf } from "./card.ts";
import type { Attestation, CandidateRow, DatasetSource, Manifest } from "./dataset.ts";
import type { Findings } from "./findings.ts";
import { linesOf } from "./lines.ts";
import { putTogether } from "./put-together.ts";
import {
  clustersFile,
  listVersions,
  manifestFile,
  readManifest,
  readVersionRows,
  reportFile,
  rowsFile,
  versionFolder,
} from "./versions.ts";
import { writeFolder } from "./write-version.ts";

/** What building stands on. */
export type BuildParts = {
  /** The data folder. */
  readonly data: string;
  readonly examples: Examples;
  readonly memory: DatasetMemory;
  /** The importable files at a path of the library, a file or a folder. */
  libraryFiles(workspace: string, path: string): Promise<readonly SourceFile[]>;
};

/** What is wanted of the next version. */
export type BuildOrder = {
  readonly teacher: Teacher;
  readonly name: string;
  /** Where the rows come from; without it, as before, and at first from what was taught. */
  readonly source?:
    | { readonly kind: "taught" }
    | { readonly kind: "library"; readonly path: string }
    | { readonly kind: "attached"; readonly files: readonly SourceFile[]; readonly origin: Origin };
  /** For rows of files that say none themselves. */
  readonly label?: Label;
  /** The person gives their word that the rows may train a model. */
  readonly attest: boolean;
  readonly reason: string;
  readonly voice: Voice;
  readonly signal?: AbortSignal;
};

export type Built = {
  readonly manifest: Manifest;
  readonly findings: Findings;
  /** False when the latest version already was exactly this, so that none was made. */
  readonly isNew: boolean;
};

/**
 * Builds the next version of a dataset, whole or not at all. Builds of one dataset must not overlap.
 * Throws `dataset-empty` and what reading files throws.
 */
export async function buildVersion(parts: BuildParts, order: BuildOrder): Promise<Built> {
  const { data, memory } = parts;
  const { name, teacher, signal } = order;
  const { workspace } = teacher;
  const latest = (await listVersions(data, workspace, name)).at(-1);
  const parent =
    latest === undefined
      ? undefined
      : await readManifest(data, { workspace, name, version: latest });
  const salt = await memory.salt(workspace);
  const { candidates, source } = await gather(parts, order, parent, salt);
  const attestation: Attestation | null = order.attest
    ? { by: teacher.person.id, at: isoTime(now()) }
    : null;
  const draft = await putTogether({
    candidates,
    retracted: await memory.retracted(workspace),
    known: await knownClusters(data, parent),
    salt,
    attestation,
    ...(signal && { signal }),
  });
  if (draft.rows.length === 0) throw new ApprenticeError("dataset-empty", { name });

  const sha256 = createHash("sha256");
  for (const line of asLines(draft.rows)) sha256.update(line);
  const isSame = parent?.files[rowsFile]?.sha256 === sha256.digest("hex");
  const isAttested = !order.attest || parent?.attestation !== null;
  if (parent && isSame && isAttested) {
    return { manifest: parent, findings: draft.findings, isNew: false };
  }

  const described: Omit<Manifest, "files"> = {
    format: 1,
    workspace,
    name,
    version: (latest ?? 0) + 1,
    parent: latest ?? null,
    createdAt: isoTime(now()),
    author: teacher.person.id,
    reason: order.reason,
    source,
    attestation,
    splitSalt: salt,
    counts: draft.counts,
    eligibility: draft.eligibility,
  };
  const files = await writeFolder(
    versionFolder(data, described),
    {
      [rowsFile]: asLines(draft.rows),
      [clustersFile]: asLines(
        [...draft.clusters].map(([prompt, cluster]) => ({ prompt, cluster })),
      ),
      [reportFile]: [`${JSON.stringify(draft.findings, undefined, 2)}\n`],
      "card.md": [cardOf(described, draft.findings)],
    },
    {
      name: manifestFile,
      content: (written) => `${JSON.stringify({ ...described, files: written }, undefined, 2)}\n`,
    },
  );
  return { manifest: { ...described, files }, findings: draft.findings, isNew: true };
}

type Gathered = { readonly candidates: readonly CandidateRow[]; readonly source: DatasetSource };

/** The candidates, and how to find them again. */
async function gather(
  parts: BuildParts,
  order: BuildOrder,
  parent: Manifest | undefined,
  salt: string,
): Promise<Gathered> {
  const { workspace, person } = order.teacher;
  const wanted = order.source ?? parent?.source ?? { kind: "taught" };
  if (wanted.kind === "taught") {
    return { candidates: await taughtRows(parts.examples, workspace, salt), source: wanted };
  }
  const label =
    order.label ?? (parent && parent.source.kind !== "taught" ? parent.source.label : undefined);
  const reading = {
    ...(label && { label }),
    author: pseudonym(salt, person.id),
    at: now(),
    voice: order.voice,
    ...(order.signal && { signal: order.signal }),
  };
  const earlier = await earlierRows(parts.data, parent);
  if (wanted.kind === "library") {
    const files = await parts.libraryFiles(workspace, wanted.path);
    const rows = await fileRows(files, { ...reading, origin: "file" });
    return {
      candidates: asBefore(rows, earlier),
      source: { kind: "library", path: wanted.path, label: label ?? "positive" },
    };
  }
  const isNew = "origin" in wanted;
  const added = isNew ? await fileRows(wanted.files, { ...reading, origin: wanted.origin }) : [];
  const names = isNew ? wanted.files.map((file) => file.name) : [];
  const before = parent?.source.kind === "attached" ? parent.source.files : [];
  // Files that were sent are not kept, so their rows are taken from the version before.
  const kept = parent?.source.kind === "attached" ? [...earlier.values()] : [];
  return {
    candidates: asBefore([...kept, ...added], earlier),
    source: {
      kind: "attached",
      files: [...new Set([...before, ...names])],
      label: label ?? "positive",
    },
  };
}

/** The rows of the version before, by id, without their places. */
async function earlierRows(
  data: string,
  parent: Manifest | undefined,
): Promise<ReadonlyMap<string, CandidateRow>> {
  const rows = new Map<string, CandidateRow>();
  if (!parent) return rows;
  for await (const { cluster: _cluster, split: _split, ...row } of readVersionRows(data, parent)) {
    rows.set(row.id, row);
  }
  return rows;
}

/** A row that was there before keeps its author and date; the same row twice is one. */
const asBefore = (
  rows: readonly CandidateRow[],
  earlier: ReadonlyMap<string, CandidateRow>,
): readonly CandidateRow[] => rows.map((row) => earlier.get(row.id) ?? row);

async function knownClusters(
  data: string,
  parent: Manifest | undefined,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  if (!parent) return known;
  for await (const line of linesOf(join(versionFolder(data, parent), clustersFile))) {
    const { prompt, cluster } = JSON.parse(line) as { prompt: string; cluster: string };
    known.set(prompt, cluster);
  }
  return known;
}

function* asLines(values: readonly object[]): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}
