import { test } from "node:test";
import { runs } from "../../runs.ts";
import { temporaryParts } from "../temporary-parts.ts";
import { walk } from "./walk.ts";

const parts = temporaryParts();

test("whatever a community does, each question is answered as its acts add up", async () => {
  const first = Number(process.env["APPRENTICE_TEST_SEED"] ?? 1);
  let checks = 0;
  for (let seed = first; seed < first + runs(10); seed += 1)
    checks += (await walk(seed, 40, parts())).checks;
  console.log(
    `answers: ${runs(10)} walks of 40 acts from seed ${first}, ${checks} states compared`,
  );
});
