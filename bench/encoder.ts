import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median, rounded } from "./statistics.ts";

/** What the built-in encoder may cost once it is loaded. */
const goals = { loadMs: 30, residentMb: 15 } as const;

type Once = {
  readonly loadMs: number;
  readonly residentMb: number;
  readonly heldMb: number;
  readonly firstUs: number;
  readonly againUs: number;
};

const asked = fileURLToPath(
  new URL("../test/fixtures/understanding/library-ru.jsonl", import.meta.url),
);

/**
 * The built-in encoder, each time in a process of its own: the time to load it with the first text, the
 * memory it then takes in all and after collecting, and microseconds a text. Baseline: the same process
 * just before.
 */
export async function run({ rounds = 7 }: { readonly rounds?: number }): Promise<object> {
  const runs = Array.from({ length: rounds }, () => {
    const file = fileURLToPath(new URL("./encoder-once.ts", import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", file, asked], {
      encoding: "utf8",
    });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Once;
  });
  const of = (name: keyof Once): number => rounded(median(runs.map((each) => each[name])));
  const texts = readFileSync(asked, "utf8").trim().split("\n").length;
  return {
    what: "the built-in encoder: load in milliseconds, resident memory in MB, microseconds a text",
    rounds,
    texts,
    goals,
    loadMs: of("loadMs"),
    residentMb: of("residentMb"),
    heldMb: of("heldMb"),
    firstUs: of("firstUs"),
    againUs: of("againUs"),
  };
}
