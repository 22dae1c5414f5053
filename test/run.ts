import { availableParallelism } from "node:os";
import { runShard, type Shard } from "./run-shard.ts";

/**
 * Runs the test files given (or all fast ones) on every core: each shard is a `node --test` process
 * with a part of the files. Their tests are shown as they end, and counted together in the form in
 * which node closes a run; what failed is told at the very end. Options go to node as they are.
 */
const words = process.argv.slice(2);
const patterns = words.filter((word) => !word.startsWith("-"));
const options = words.filter((word) => word.startsWith("-"));
const files = patterns.length > 0 ? patterns : ["test/**/!(*.slow|*.browser|*.engines).test.ts"];

// One more process than cores: tests also wait, for timeouts and for the processes they start.
const processes = Math.min(availableParallelism(), 8) + 1;
// More shards than processes: whoever is done early takes the next one.
const isOneFile = patterns.length === 1 && !patterns[0]!.includes("*");
const shards = isOneFile ? 1 : processes * 2;

const started = performance.now();
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

const ended: Shard[] = [];
let next = 1;
async function takeShards(): Promise<void> {
  while (next <= shards && !stop.signal.aborted) {
    const share = `${next++}/${shards}`;
    ended.push(await runShard([`--test-shard=${share}`, ...options, ...files], stop.signal));
  }
}
await Promise.all(Array.from({ length: processes }, takeShards));

const names = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"] as const;
const sum = (name: (typeof names)[number]): number =>
  ended.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
for (const name of names) console.log(`ℹ ${name} ${sum(name)}`);
console.log(`ℹ duration_ms ${performance.now() - started}`);
for (const { report } of ended) if (report !== "") console.log(report);
const whole = ended.length === shards && ended.every(({ succeeded }) => succeeded);
if (!whole || sum("tests") === 0) process.exitCode = 1;
