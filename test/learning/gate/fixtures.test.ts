import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { isoDate, now } from "../../../src/core/clock.ts";
import type { ModelVersion } from "../../../src/core/model-version.ts";
import type { Check } from "../../../src/learning/gate/rule.ts";
import {
  readManifest,
  readVersionRows,
  rowsFile,
  versionFolder,
} from "../../../src/learning/datasets/versions.ts";
import type { Split } from "../../../src/learning/datasets/dataset.ts";
import type { Taught } from "../../../src/learning/recall/recall.ts";
import { asTaught } from "../../../src/learning/taught.ts";
import { runApp, wordsIn, type RunningApp } from "../../running-app.ts";
import { root } from "../../source-files.ts";
import { fileRow, keepTrained, makeLive } from "../../trained-model.ts";

type Wording = { readonly prompt: string; readonly answer: string };
/** See test/fixtures/gate/README.md. */
type Fixture = {
  readonly taught?: readonly Wording[];
  readonly corrected?: readonly Wording[];
  readonly live?: boolean;
  readonly mislabelled?: number;
  readonly remembers?: boolean;
  readonly extra?: readonly Wording[];
  readonly leaked?: number;
  readonly damaged?: "artefact" | "dataset";
  readonly unserved?: boolean;
  readonly daysLeft?: number;
  readonly override?: string;
  readonly blockedBy: readonly string[];
};

const folder = join(root, "test/fixtures/gate");
const day = 86_400_000;

describe("the gate", () => {
  let bot: RunningApp;
  let shop: Uint8Array;
  before(async () => {
    bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
    shop = await readFile(join(folder, "shop.jsonl"));
  });
  after(() => bot.close());

  /** A community whose shop dataset is split the same way every time. */
  async function community(name: string) {
    const workspace = `web:gate-${name}`;
    await bot.app.database.query
      .insertInto("workspace_dataset")
      .values({ workspace, current: null, salt: "the same every time" })
      .execute();
    const files = [{ name: "shop.jsonl", mediaType: "application/jsonl", bytes: shop }];
    const built = await bot.say("!dataset shop --build --positive", { workspace, files });
    assert.equal(built.at(-1)?.kind, "reply", wordsIn(built));
    const data = bot.app.config.data;
    const place = { workspace, name: "shop", version: 1 };
    const manifest = await readManifest(data, place);
    const rowsOf = async (split: Split): Promise<readonly Taught[]> =>
      (await Array.fromAsync(readVersionRows(data, place, split))).map((row) => ({
        ...row,
        corrects: false,
      }));
    return {
      workspace,
      place,
      train: await rowsOf("train"),
      heldOut: await rowsOf("test"),
      dataset: { name: "shop", version: 1, sha256: manifest.files[rowsFile]!.sha256 },
    };
  }

  type Community = Awaited<ReturnType<typeof community>>;

  async function teach({ workspace }: Community, { taught = [], corrected = [] }: Fixture) {
    for (const { prompt, answer } of corrected) {
      await bot.ask(prompt, { workspace });
      await bot.ask(`!correct ${answer}`, { workspace });
    }
    for (const { prompt, answer } of taught)
      await bot.ask(`!teach ${prompt} => ${answer}`, { workspace });
  }

  async function trainedRows({ workspace, train, heldOut }: Community, fixture: Fixture) {
    const { mislabelled = 0, remembers, extra = [], leaked = 0 } = fixture;
    const wrong = Math.round(train.length * mislabelled);
    const rows = train.map((row, place) =>
      place < wrong ? { ...row, answer: train[(place + wrong) % train.length]!.answer } : row,
    );
    const examples = await bot.app.examples.list({ workspace, status: "active", limit: 200 });
    return [
      ...rows,
      ...(remembers ? examples.map(asTaught) : []),
      ...extra.map(({ prompt, answer }) => fileRow(prompt, answer)),
      ...heldOut.slice(0, leaked),
    ];
  }

  async function candidateOf(here: Community, fixture: Fixture): Promise<ModelVersion> {
    const { daysLeft, unserved } = fixture;
    return keepTrained(bot, here.workspace, await trainedRows(here, fixture), {
      dataset: here.dataset,
      ...(daysLeft !== undefined && { sunset: isoDate(now() + daysLeft * day) }),
      ...(unserved && {
        method: "sft",
        artefact: { kind: "adapter", folder: "models", files: [] },
      }),
    });
  }

  for (const path of globSync(join(folder, "*.json")).toSorted()) {
    const name = basename(path, ".json");
    test(`${name} is decided as it must be`, async () => {
      const fixture = JSON.parse(await readFile(path, "utf8")) as Fixture;
      const here = await community(name);
      const { workspace } = here;
      await teach(here, fixture);
      const live = fixture.live
        ? await keepTrained(bot, workspace, here.train, { dataset: here.dataset })
        : undefined;
      if (live) await makeLive(bot, live);
      const candidate = await candidateOf(here, fixture);
      const data = bot.app.config.data;
      if (fixture.damaged === "dataset")
        await appendFile(join(versionFolder(data, here.place), rowsFile), "\n");
      if (fixture.damaged === "artefact" && candidate.artefact.kind === "memory")
        await appendFile(join(data, candidate.artefact.folder, candidate.artefact.file.path), "x");

      const override = fixture.override ? ` override="${fixture.override}"` : "";
      const events = await bot.say(`!promote${override}`, { workspace });
      const reply = events.at(-1);
      assert.equal(reply?.kind, "reply", wordsIn(events));
      const { promoted, checks } = (reply as { data: unknown }).data as {
        promoted: boolean;
        checks: readonly Check[];
      };
      const stopping = checks.filter(({ state }) => state === "failed" || state === "missing");
      assert.deepEqual(
        stopping.map((check) => check.name).toSorted(),
        [...fixture.blockedBy].toSorted(),
        JSON.stringify(checks, undefined, 1),
      );
      assert.equal(promoted, fixture.blockedBy.length === 0);
      const answering = await bot.app.registry.under(workspace, "live");
      assert.equal(answering?.id, promoted ? candidate.id : live?.id);
      const [kept, ...others] = await bot.app.promotions.history(workspace);
      assert.equal(others.length, 0);
      assert.deepEqual(
        [kept?.done, kept?.checks, kept?.overrideReason],
        [promoted, checks, fixture.override ?? null],
      );
    });
  }
});
