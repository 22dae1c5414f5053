import { createHash, createHmac } from "node:crypto";
import type { CandidateRow, DatasetRow, Split } from "./dataset.ts";
import { nearPairs } from "./near-duplicates.ts";

/** The cluster of each prompt that was ever in the dataset, by `promptHash`. */
export type KnownClusters = ReadonlyMap<string, string>;

export type Placed = {
  readonly rows: readonly DatasetRow[];
  /** New rows that are nearly the same as rows of two splits: each place would leak. */
  readonly between: readonly CandidateRow[];
  readonly clusters: KnownClusters;
  /** Pairs of prompts that were nearly the same and are now in one cluster. */
  readonly nearPairs: number;
  /** Pairs of older rows that are nearly the same and yet in different splits. */
  readonly leaks: number;
};

/** Names a prompt without its words. */
export const promptHash = (key: string): string =>
  createHash("sha256").update(key).digest("base64url").slice(0, 22);

/** 80 % train, 10 % validation, 10 % test, the same for ever: HMAC-SHA-256 of the cluster, mod 100. */
export function splitOf(salt: string, cluster: string): Split {
  const share = createHmac("sha256", salt).update(cluster).digest().readUIntBE(0, 6) % 100;
  if (share < 80) return "train";
  return share < 90 ? "validation" : "test";
}

/**
 * Puts rows with the same or nearly the same prompt (by `keyOf`) into one cluster and each cluster into one split.
 * A prompt that has a cluster keeps it, and a new one joins the old cluster that it resembles. Two
 * old clusters of one split that a new prompt connects stay two. A first version always has something to
 * learn from, however few its prompts are. Throws `cancelled`.
 */
export async function placeRows(
  candidates: readonly CandidateRow[],
  keyOf: (row: CandidateRow) => string,
  known: KnownClusters,
  salt: string,
  signal?: AbortSignal,
): Promise<Placed> {
  const keys = candidates.map(keyOf);
  const prompts = [...new Set(keys)];
  const hashes = prompts.map(promptHash);
  const old = hashes.map((hash) => known.get(hash));
  const groups = createGroups(
    old.map((cluster) => (cluster === undefined ? undefined : splitOf(salt, cluster))),
  );
  const excluded = new Set<number>();
  let [pairs, leaks] = [0, 0];
  for await (const [later, earlier] of nearPairs(prompts, groups.areTogether, signal)) {
    if (excluded.has(later) || excluded.has(earlier)) continue;
    pairs += 1;
    if (groups.join(later, earlier)) continue;
    if (old[later] === undefined) excluded.add(later);
    else if (old[earlier] === undefined) excluded.add(earlier);
    else leaks += 1;
  }

  const clusterOfGroup = new Map<number, string>();
  for (const [index, cluster] of old.entries()) {
    const group = groups.of(index);
    if (cluster !== undefined && !clusterOfGroup.has(group)) clusterOfGroup.set(group, cluster);
  }
  const clusters = new Map(known);
  // With few rows, chance may leave none to learn from; another name for a cluster is as good, and stays.
  const isLearnable = prompts.some(
    (_, index) => splitOf(salt, `c_${hashes[groups.of(index)]}`) === "train",
  );
  const firstGroup =
    isLearnable || known.size > 0 || prompts.length === 0 ? undefined : groups.of(0);
  const nameFor = (hash: string, group: number): string =>
    group === firstGroup ? nameInTrain(salt, hash) : `c_${hash}`;
  const clusterOf = prompts.map((_, index) => {
    if (excluded.has(index)) return undefined;
    const group = groups.of(index);
    const cluster = old[index] ?? clusterOfGroup.get(group) ?? nameFor(hashes[index]!, group);
    if (!clusterOfGroup.has(group)) clusterOfGroup.set(group, cluster);
    clusters.set(hashes[index]!, cluster);
    return cluster;
  });

  const indexOf = new Map(prompts.map((prompt, index) => [prompt, index]));
  const rows: DatasetRow[] = [];
  const between: CandidateRow[] = [];
  for (const [place, row] of candidates.entries()) {
    const cluster = clusterOf[indexOf.get(keys[place]!)!];
    if (cluster === undefined) between.push(row);
    else rows.push({ ...row, cluster, split: splitOf(salt, cluster) });
  }
  return { rows, between, clusters, nearPairs: pairs, leaks };
}

/** The first of a hash's names that puts its cluster into the train split. */
function nameInTrain(salt: string, hash: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `c_${hash}` : `c_${hash}.${number}`;
    if (splitOf(salt, name) === "train") return name;
  }
}

/** Disjoint sets (union by attaching to the smaller index, path halving) that refuse to mix splits. */
function createGroups(splitsOfMembers: readonly (Split | undefined)[]) {
  const parents = Uint32Array.from(splitsOfMembers, (_, index) => index);
  const splits = [...splitsOfMembers];
  const of = (index: number): number => {
    let at = index;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  return {
    of,
    areTogether: (first: number, second: number): boolean => of(first) === of(second),
    /** Whether the two are together now. */
    join(first: number, second: number): boolean {
      const [one, other] = [of(first), of(second)];
      if (one === other) return true;
      const [split, otherSplit] = [splits[one], splits[other]];
      if (split !== undefined && otherSplit !== undefined && split !== otherSplit) return false;
      const [root, child] = one < other ? [one, other] : [other, one];
      parents[child] = root;
      splits[root] = split ?? otherSplit;
      return true;
    },
  };
}
