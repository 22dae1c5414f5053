import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "../src/core/ids.ts";
import type { ModelVersion } from "../src/core/model-version.ts";
import { createRecall } from "../src/learning/recall/embedded-recall.ts";
import type { Taught } from "../src/learning/recall/recall.ts";
import { moveAlias, type NewModelVersion } from "../src/storage/model-versions.ts";
import { workspaceFolder } from "../src/storage/workspace-folder.ts";
import type { RunningApp } from "./running-app.ts";

/** A row that only a dataset holds. */
export const fileRow = (prompt: string, answer: string | null): Taught => ({
  id: `f_${createHash("sha256").update(`${prompt}\n${answer}`).digest("hex").slice(0, 24)}`,
  prompt,
  answer,
  label: "positive",
  corrects: false,
});

const memories = new Map<string, Uint8Array>();

/** The same rows are trained once. */
function memoryOf(rows: readonly Taught[]): Uint8Array {
  const key = JSON.stringify(rows);
  const known = memories.get(key);
  if (known) return known;
  const recall = createRecall();
  recall.apply({ add: rows, remove: [] });
  const bytes = recall.snapshot();
  memories.set(key, bytes);
  return bytes;
}

/** A model that the embedded learner trained on these rows, kept as a job's end would keep it. */
export async function keepTrained(
  { app }: Pick<RunningApp, "app">,
  workspace: string,
  rows: readonly Taught[],
  changes: Partial<NewModelVersion> = {},
): Promise<ModelVersion> {
  const bytes = memoryOf(rows);
  const jobId = newId();
  const place = `models/${workspaceFolder(workspace)}/${jobId}`;
  await mkdir(join(app.config.data, place), { recursive: true });
  await writeFile(join(app.config.data, place, "memory.bin"), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return app.database.transaction((query) =>
    app.registry.add(query, {
      workspace,
      method: "embedded",
      trainer: "embedded",
      base: null,
      jobId,
      dataset: { name: "taught", version: 1, sha256: "0".repeat(64) },
      artefact: {
        kind: "memory",
        folder: place,
        file: { path: "memory.bin", sha256, bytes: bytes.length },
      },
      served: null,
      sunset: null,
      author: "web:Ann",
      ...changes,
    }),
  );
}

/** Lets a version answer, without asking whether it should. */
export const makeLive = ({ app }: Pick<RunningApp, "app">, version: ModelVersion): Promise<void> =>
  moveAlias(app.database.query, version.workspace, "live", version.id);
