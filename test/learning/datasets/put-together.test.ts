import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitOf } from "../../../src/learning/datasets/clusters.ts";
import type { CandidateRow } from "../../../src/learning/datasets/dataset.ts";
import { nearPairs } from "../../../src/learning/datasets/near-duplicates.ts";
import { shingles } from "../../../src/learning/datasets/shingles.ts";
import { draftOf, row } from "./rows.ts";
import { runs } from "../../runs.ts";

const jaccard = (first: string, second: string): number => {
  const [one, other] = [new Set(shingles(first)), new Set(shingles(second))];
  return one.intersection(other).size / one.union(other).size;
};

test("every pair that is reported is near, and nearly every near pair is reported", async () => {
  const words = "order parcel refund price open close today address change доставка".split(" ");
  const texts = Array.from({ length: 240 }, (_, index) =>
    Array.from({ length: 7 }, (__, place) => words[(index * (place + 3) + place) % 10]!).join(" "),
  ).flatMap((text, index) => (index % 3 === 0 ? [text, `${text} ${index}`] : [text]));
  const reported = new Set<string>();
  for await (const [later, earlier] of nearPairs(texts, () => false)) {
    assert.ok(later > earlier);
    assert.ok(jaccard(texts[later]!, texts[earlier]!) >= 0.7, texts[later]);
    reported.add(`${later} ${earlier}`);
  }
  // Crowded buckets are compared in part: what counts is that a near text finds company.
  const alone = texts.filter((text, index) => {
    const hasTwin = texts.some((other, at) => at !== index && jaccard(text, other) >= 0.7);
    return hasTwin && ![...reported].some((pair) => pair.split(" ").includes(String(index)));
  });
  assert.ok(reported.size > 80);
  assert.deepEqual(alone, []);
});

test("nearly equal prompts share a cluster, a cluster never straddles, and splits are 80/10/10", async () => {
  const candidates: CandidateRow[] = [];
  for (let number = 0; number < 1_500; number += 1) {
    const key = (number * 7_919).toString(36).repeat(3);
    const prompt = `How does ${key} behave when ${key.split("").toReversed().join("")} is given`;
    candidates.push(row(prompt, "a"), row(`${prompt}, please`, "b"));
  }
  const { rows, counts, findings } = await draftOf(candidates);
  const splitsOf = Map.groupBy(rows, (each) => each.cluster);
  for (const members of splitsOf.values())
    assert.equal(new Set(members.map((each) => each.split)).size, 1);
  for (let index = 0; index < candidates.length; index += 2) {
    assert.equal(rows[index]!.cluster, rows[index + 1]!.cluster, rows[index]!.prompt);
  }
  assert.equal(findings.leakage, 0);
  assert.ok(Math.abs(counts.splits.train / rows.length - 0.8) < 0.04, String(counts.splits.train));
  assert.ok(counts.splits.test > 0.06 * rows.length && counts.splits.validation > 0);
});

test("a row keeps its cluster and split in every later version, whatever joins or leaves", async () => {
  const letters = fc.array(fc.constantFrom("cats", "dogs", "tea", "rain", "ёлка"), {
    minLength: 2,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(letters, { maxLength: 25 }),
      fc.array(letters, { maxLength: 25 }),
      fc.nat(3),
      async (first, second, kept) => {
        const rowsOf = (lists: readonly (readonly string[])[], from: string) =>
          lists.map((list, index) => row(list.join(" "), `${from}${index}`));
        const early = rowsOf(first, "a");
        const one = await draftOf(early);
        const stay = early.filter((_, index) => index % 4 !== kept);
        const two = await draftOf([...stay, ...rowsOf(second, "b")], { known: one.clusters });
        const placeOf = new Map(one.rows.map((each) => [each.id, `${each.cluster} ${each.split}`]));
        for (const each of two.rows) {
          const before = placeOf.get(each.id);
          if (before !== undefined) assert.equal(`${each.cluster} ${each.split}`, before);
        }
        for (const each of two.rows) {
          for (const other of two.rows) {
            if (each.prompt === other.prompt) assert.equal(each.split, other.split);
          }
        }
        assert.deepEqual(
          two.rows.filter((each) => each.split !== splitOf("salt", each.cluster)),
          [],
        );
      },
    ),
    { numRuns: runs(20) },
  );
});

test("a prompt that comes back has its old cluster", async () => {
  const rows = [row("When do you open?", "At nine"), row("Where are you?", "Here")];
  const one = await draftOf(rows);
  const two = await draftOf([rows[1]!], { known: one.clusters });
  const three = await draftOf([row("when do you OPEN", "At ten"), rows[1]!], {
    known: two.clusters,
  });
  const cluster = (draft: typeof one, start: string) =>
    draft.rows.find((each) => each.prompt.toLowerCase().startsWith(start))?.cluster;
  assert.equal(cluster(three, "when"), cluster(one, "when"));
});

test("a new row that resembles rows of two splits is left out and told", async () => {
  const base = "the quick brown fox jumps over the lazy dog near the old mill by the river";
  const [left, right] = [`${base} on monday mornings`, `every saturday at noon ${base}`];
  const bridge = base;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const known = (await draftOf([row(left, "a")])).clusters;
    const salt = `salt ${attempt}`;
    const rightClusters = (await draftOf([row(right, "b")], { salt })).clusters;
    const all = new Map([...known, ...rightClusters]);
    const splits = [...all.values()].map((cluster) => splitOf(salt, cluster));
    if (splits[0] === splits[1]) continue;
    const rows = [row(left, "a"), row(right, "b"), row(bridge, "c")];
    const draft = await draftOf(rows, { known: all, salt });
    const near = [jaccard(left, bridge), jaccard(right, bridge)];
    assert.ok(
      near.every((similarity) => similarity >= 0.7),
      String(near),
    );
    assert.equal(draft.counts.leftOut["between-splits"], 1);
    assert.equal(draft.rows.length, 2);
    return;
  }
  assert.fail("no salt put the two into different splits");
});

test("what is retracted, said twice or contradictory is left out, and conflicts are found", async () => {
  const rows = [
    row("When do you open?", "At nine"),
    row("when do you open", "At nine "),
    row("When do you open?", "At ten"),
    row("Is it free?", "Yes"),
    row("Is it free?", "Yes", { label: "negative" }),
    row("Where are you?", "Here"),
    row("Where are you?", "There", { label: "negative" }),
    row("Who are you?", null),
  ];
  const draft = await draftOf(rows, { retracted: new Set([rows[5]!.id]) });
  assert.deepEqual(draft.counts.leftOut, {
    retracted: 1,
    duplicate: 1,
    contradictory: 2,
    "between-splits": 0,
  });
  assert.deepEqual(draft.findings.conflicts, { count: 2, rows: [rows[0]!.id, rows[2]!.id] });
  assert.deepEqual(
    [draft.counts.rows, draft.counts.positive, draft.counts.unknown, draft.counts.pairs],
    [4, 3, 1, 0],
  );
  assert.ok(draft.findings.warnings.includes("few-rows"));
});

test("one row, one answer and only negatives are told as what they are", async () => {
  assert.ok((await draftOf([row("a?", "b")])).findings.warnings.includes("few-rows"));
  const same = Array.from({ length: 12 }, (_, index) => row(`What is ${index * 971}?`, "42"));
  assert.ok((await draftOf(same)).findings.warnings.includes("one-answer"));
  const bad = same.map((each) => ({ ...each, label: "negative" as const }));
  assert.ok((await draftOf(bad)).findings.warnings.includes("all-negative"));
});
