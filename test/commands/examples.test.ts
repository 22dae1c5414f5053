import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { runApp, type RunningApp } from "../running-app.ts";
import { fixtureRows } from "../conversation/fixture-rows.ts";

type Row = { readonly search: string; readonly wording: string; readonly is: "found" | "related" };

describe("search in what was taught", () => {
  const rows = fixtureRows<Row>("search.jsonl");
  const wordings = [...new Set(rows.map(({ wording }) => wording))];
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000" });
    for (const wording of wordings) await bot.ask(`!teach "${wording}" "Ask at the desk."`);
  });
  after(() => bot.close());
  const found = async (search: string) => {
    const { found: words, related } = await bot.app.searchExamples({
      workspace: "web:local",
      search,
      limit: 50,
    });
    return {
      found: words.map(({ prompt }) => prompt),
      related: related.map(({ prompt }) => prompt),
    };
  };

  test("finds whatever people fold: hyphens, case, ё, accents, plurals and cases, in both languages", async () => {
    const missing: Row[] = [];
    for (const row of rows) {
      const all = await found(row.search);
      if (!all[row.is].includes(row.wording)) missing.push(row);
    }
    assert.deepEqual(missing, []);
  });

  test("what nobody taught is neither found nor related", async () => {
    for (const search of ["dragon", "spreadsheet", "вулкан"])
      assert.deepEqual(await found(search), { found: [], related: [] }, search);
  });

  test("!examples shows what was found, and apart from it what is related", async () => {
    const text = await bot.ask("!examples wifi");
    assert.match(text, /^Found:\n- (?:What is the Wi-Fi password|Is there WiFi upstairs)\?/);
    assert.match(await bot.ask("!examples dog"), /holds these words: dog\n\nRelated:\n- Are pets/);
    assert.match(await bot.ask("!примеры собаки"), /^Таких слов.*\n\nБлизко по смыслу:\n- /);
    assert.match(await bot.ask("!examples dragon"), /^Nothing taught here holds/);
    assert.match(
      await bot.ask("!examples"),
      /^The newest .*\n(?:- .*\n){15}These are the first 15/,
    );
    const empty = await bot.ask("!examples", { workspace: "web:empty" });
    assert.match(empty, /^Nothing has been taught here yet/);
  });
});
