import assert from "node:assert/strict";
import { test } from "node:test";
import { commands } from "../../../src/commands/index.ts";
import { runEvening } from "./evening.ts";

test("an evening in two guilds, with everything a bot is used for", async () => {
  const lines: string[] = [];
  await runEvening((line) => lines.push(line));
  const log = lines.join("\n");
  for (const { name } of commands) {
    assert.ok(log.includes(`Ann: !${name}`), `!${name}`);
    assert.ok(log.includes(`Ann uses /${name}`), `/${name}`);
  }
});
