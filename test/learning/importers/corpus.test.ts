import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { previewFile } from "../../../src/learning/preview-file.ts";
import { facts, workFolder } from "../../cli/running-process.ts";
import { runConsole, type RunningConsole } from "../../console/running-console.ts";
import { runApp, wordsIn, type RunningApp } from "../../running-app.ts";

const folder = new URL("../../fixtures/imports/", import.meta.url);

/** What must come of a file: its answers with their questions before them, or why it is refused. */
type Case = {
  readonly file: string;
  readonly items?: readonly (readonly (string | null)[])[];
  /** How many lessons, with those of answers not to give. */
  readonly lessons?: number;
  readonly leftOut?: readonly number[];
  readonly problem?: readonly [line: number, key: string];
  /** Where the problem is, as people are told. */
  readonly place?: string;
  readonly error?: string;
};
const cases = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as Case[];

/** One process reads them all, also on a busy machine. */
const wholeCorpus = { timeout: 300_000 };

/** What the command line tells of a file. */
type Plan = {
  readonly name: string;
  readonly items?: readonly {
    readonly wordings: readonly string[];
    readonly answer: string | null;
  }[];
  readonly leftOut?: readonly { readonly line: number }[];
  readonly problems?: readonly {
    readonly line: number;
    readonly place: string;
    readonly text: string;
  }[];
  readonly error?: { readonly code: string };
};
/** What the console tells of a file before it is taught. */
type Preview = {
  readonly count: number;
  readonly leftOutCount: number;
  readonly problems: readonly {
    readonly line: number;
    readonly place: string;
    readonly text: string;
  }[];
  readonly error?: { readonly code: string };
};

describe("every file of the corpus teaches what it says, or is refused with its reason", () => {
  const plans = new Map<string, Plan>();
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({
      APPRENTICE_RECALL_ENCODER: "none",
      APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "10000",
    });
    const work = workFolder();
    // Given together, the halves of a Rasa project are one file; here each stands for itself.
    const apart = cases.filter(({ file }) => file === "export-rasa-domain.yml");
    for (const files of [cases.filter((each) => !apart.includes(each)), apart]) {
      const paths = files.map(({ file }) => fileURLToPath(new URL(file, folder)));
      const { lines } = await facts(work.path, ["import", ...paths, "--dry-run"]);
      for (const plan of lines as readonly unknown[] as readonly Plan[]) plans.set(plan.name, plan);
    }
    work.remove();
  }, wholeCorpus);
  after(() => bot.close());

  for (const wanted of cases) {
    const bytes = readFileSync(new URL(wanted.file, folder));

    test(`${wanted.file} on the command line`, () => {
      const plan = plans.get(wanted.file);
      assert.ok(plan);
      assert.equal(plan.error?.code, wanted.error);
      assert.deepEqual(
        plan.items?.map(({ wordings, answer }) => [...wordings, answer]) ?? [],
        wanted.items ?? [],
      );
      assert.deepEqual(plan.leftOut?.map(({ line }) => line) ?? [], wanted.leftOut ?? []);
      const [first] = plan.problems ?? [];
      assert.equal(first?.line, wanted.problem?.[0]);
      if (wanted.place !== undefined) assert.equal(first?.place, wanted.place);
    });

    test(`${wanted.file} in the console`, async (context) => {
      const console = await realConsole(context);
      const body = new FormData();
      body.set("file", new File([bytes], wanted.file));
      const answer = await console.fetch("/api/import/preview", { method: "POST", body });
      const preview = (await answer.json()) as Preview;
      assert.equal(preview.error?.code, wanted.error);
      if (wanted.error !== undefined) return;
      assert.equal(preview.problems[0]?.line, wanted.problem?.[0]);
      assert.equal(preview.count, lessonsOf(wanted));
      assert.equal(preview.leftOutCount, wanted.leftOut?.length ?? 0);
    });

    test(`${wanted.file} in a chat`, async () => {
      const sent = { name: wanted.file, mediaType: "application/octet-stream", bytes };
      const events = await bot.say("!import as=knowledge", { files: [sent] });
      const last = events.at(-1);
      if (wanted.error === undefined && wanted.problem === undefined) {
        assert.equal(last?.kind, "reply", wordsIn(events));
        assert.ok(last?.kind === "reply");
        const { count } = last.data as { count: number };
        assert.equal(count, lessonsOf(wanted));
      } else {
        assert.equal(last?.kind, "error");
        assert.ok(last?.kind === "error");
        assert.equal(last.code, wanted.error ?? "import-invalid");
      }
    });
  }
});

const realConsole = (context: Parameters<typeof runConsole>[0]): Promise<RunningConsole> =>
  runConsole(context, (parts) => ({
    ...parts,
    operations: { ...parts.operations, previewFile },
  }));

/** A lesson for each wording, unless the file also says what not to answer. */
const lessonsOf = ({ items = [], lessons }: Case): number =>
  lessons ?? items.reduce((sum, { length }) => sum + length - 1, 0);

test("the manifest names every file of the corpus", () => {
  const files = readdirSync(folder).filter((name) => name !== "manifest.json");
  assert.deepEqual(files.toSorted(), cases.map(({ file }) => file).toSorted());
  assert.ok(files.length >= 120);
});

test("docs/import.md counts what each kind of file of the corpus teaches", () => {
  const docs = readFileSync(new URL("../../../docs/import.md", import.meta.url), "utf8");
  for (const ending of new Set(cases.map(({ file }) => file.split(".").at(-1) ?? ""))) {
    const own = cases.filter(({ file }) => file.endsWith(`.${ending}`));
    const count = (list: "items" | "leftOut"): number =>
      own.reduce((sum, each) => sum + (each[list]?.length ?? 0), 0);
    const refused = own.filter((each) => each.problem ?? each.error).length;
    const row = [ending, own.length, count("items"), count("leftOut"), refused];
    const rows = docs.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    assert.ok(
      rows.some((cells) => cells.slice(1, 6).join() === row.join()),
      `missing row: ${row.join(" | ")}`,
    );
  }
});
