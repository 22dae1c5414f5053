// Run as a process of its own by bench/train.ts, so that its memory is that of one training alone.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createEmbeddedTrainer } from "../src/learning/trainers/embedded/embedded-trainer.ts";
import { readManifest, rowsFile } from "../src/learning/datasets/versions.ts";

const { values } = parseArgs({
  options: { data: { type: "string" } },
});
const data = values.data!;
const place = { workspace: "web:bench", name: "bench", version: 1 };
const manifest = await readManifest(data, place);
const trainer = createEmbeddedTrainer({
  data,
  memory: { retracted: async () => new Set() },
  encoders: { usedName: () => "built-in", place: { folder: data, timeoutSeconds: 5 } },
});
const folder = join(data, "models", "heads");
await mkdir(folder, { recursive: true });
const before = process.resourceUsage().maxRSS;
const passes: string[] = [];
const began = performance.now();
const { metrics, artefact } = await trainer.run(
  {
    jobId: "bench",
    workspace: place.workspace,
    method: "embedded",
    base: null,
    dataset: { ...place, sha256: manifest.files[rowsFile]!.sha256 },
    folder,
    settings: {},
  },
  {
    signal: new AbortController().signal,
    resumed: async () => {},
    handle: null,
    rememberWithin: async () => {},
    remember: async () => {},
    tell(news) {
      if (news.kind === "metric") passes.push(Object.keys(news.values)[0]!);
    },
    progress() {},
  },
);
const seconds = (performance.now() - began) / 1_000;
const cpu = process.cpuUsage();
console.log(
  JSON.stringify({
    rowsToLearn: manifest.counts.splits.train,
    seconds: Math.round(seconds * 100) / 100,
    cpuSeconds: Math.round((cpu.user + cpu.system) / 1e4) / 100,
    rowsPerSecond: Math.round(manifest.counts.splits.train / seconds),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    processAloneMb: Math.round(before / 1024),
    artefactMb: artefact.kind === "memory" ? Math.round(artefact.file.bytes / 1e5) / 10 : null,
    passes: passes.length,
    validationAccuracy: Math.round((metrics["validation_accuracy"] ?? 0) * 1_000) / 1_000,
  }),
);
