import { readFileSync } from "node:fs";

/** The rows of a file in `test/fixtures/conversation`. */
export const fixtureRows = <Row>(name: string): Row[] =>
  readFileSync(new URL(`../fixtures/conversation/${name}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
