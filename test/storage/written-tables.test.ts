import assert from "node:assert/strict";
import { test } from "node:test";
import { tableWrittenBy } from "../../src/storage/written-tables.ts";

test("of a statement it is known which table it writes, or that this is not known", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['select * from "workspace"', undefined],
    ["  SELECT 1", undefined],
    ["begin", undefined],
    ["pragma synchronous = full", undefined],
    ['insert into "workspace" ("name") values (?)', "workspace"],
    ['insert or replace into "person_role" values (?)', "person_role"],
    ['update "listening_room" set "room" = ?', "listening_room"],
    ["update example_search set scope = ?", "example_search"],
    ['delete from "person_role" where 1', "person_role"],
    ['with "x" as (select 1) update "workspace" set "prefix" = ?', "any"],
    ["drop table workspace", "any"],
    ["insert into workspace(name) values (?)", "workspace"],
  ];
  for (const [statement, table] of cases) assert.equal(tableWrittenBy(statement), table, statement);
});
