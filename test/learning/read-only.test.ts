import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { asApprenticeError } from "../../src/core/errors.ts";
import { sayError } from "../../src/texts/say.ts";
import { runApp } from "../running-app.ts";

test("what may not be written to disk says so with its code, and not that something went wrong inside", async (context) => {
  const bot = await runApp();
  context.after(() => bot.close());
  await bot.ask("!teach hello? => hi");
  const readOnly = (on: boolean) =>
    sql.raw(`pragma query_only = ${on ? "on" : "off"}`).execute(bot.app.database.query);
  await readOnly(true);
  const [refused] = (await bot.say("!teach bye? => bye")).slice(-1);
  assert.ok(refused?.kind === "error");
  assert.equal(refused.code, "write-refused");
  assert.match(refused.text, /readonly database.*Nothing was saved.*data folder/);
  assert.match(await bot.ask("!teach bye? => bye", { language: "ru" }), /Ничего не сохранено/);
  await readOnly(false);
  assert.match(await bot.ask("!teach bye? => bye"), /now answer “bye”/);
});

test("a folder that may not be written to is told in people's words, wherever it is met", () => {
  for (const [code, syscall] of [
    ["EROFS", "open"],
    ["EACCES", "mkdir"],
    ["EPERM", "rename"],
  ] as const) {
    const error = asApprenticeError(Object.assign(new Error(code), { code, syscall }));
    assert.equal(error.code, "write-refused");
    assert.match(sayError("en", error), /I have no right to.*data folder/);
    assert.match(sayError("ru", error), /нет прав.*папку данных/);
  }
  const elsewhere = Object.assign(new Error("listen"), { code: "EACCES", syscall: "listen" });
  assert.equal(asApprenticeError(elsewhere).code, "internal");
});
