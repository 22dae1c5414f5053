import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { InstantEncoder } from "../encoders/encoder.ts";
import { workspaceFolder } from "../storage/workspace-folder.ts";
import type { Recall } from "./recall/recall.ts";
import { openVectorFile, removeVectorFile, type VectorFile } from "./vector-file.ts";

/** Lets encoders read what communities teach, each wording once. */
export type LessonReader = {
  /** Makes wordings ready to be learned. Rejects only with the signal's reason. */
  read(
    workspace: string,
    recall: Recall,
    prompts: readonly string[],
    signal?: AbortSignal,
  ): Promise<void>;
  /** Forgets the vectors of what is no longer taught, and of encoders that are no longer used. */
  keepOnly(workspace: string, recall: Recall, prompts: AsyncIterable<string>): Promise<void>;
  /** Lets go of what it holds in memory. */
  drop(workspace: string): void;
};

export function createLessonReader(parts: {
  /** Where the memories lie: the vectors stand beside them. */
  readonly folder: string;
  encoderOf(id: string): InstantEncoder | undefined;
}): LessonReader {
  const files = new Map<string, { readonly id: string; readonly opening: Promise<VectorFile> }>();

  const costly = ({ encoder: id }: Recall): InstantEncoder | undefined => {
    const encoder = id === null ? undefined : parts.encoderOf(id);
    return encoder?.isCostly ? encoder : undefined;
  };
  const folderOf = (workspace: string): string => join(parts.folder, workspaceFolder(workspace));
  const nameOf = (id: string): string =>
    `vectors-${createHash("sha256").update(id).digest("hex").slice(0, 12)}.bin`;

  const fileOf = (workspace: string, encoder: InstantEncoder): Promise<VectorFile> => {
    const known = files.get(workspace);
    if (known?.id === encoder.id) return known.opening;
    const opening = openVectorFile(join(folderOf(workspace), nameOf(encoder.id)), encoder);
    files.set(workspace, { id: encoder.id, opening });
    return opening;
  };

  return {
    async read(workspace, recall, prompts, signal) {
      const encoder = costly(recall);
      if (!encoder) return recall.prepare(prompts, "learn", signal);
      const file = await fileOf(workspace, encoder);
      const fresh = prompts.filter((prompt) => {
        const vector = file.find(prompt);
        if (vector) encoder.remember(prompt, vector);
        return vector === undefined;
      });
      if (fresh.length === 0) return;
      await recall.prepare(fresh, "learn", signal);
      await file.add(
        fresh.flatMap((prompt) => {
          const vector = encoder.vectorOf(prompt);
          return vector ? [[prompt, vector] as const] : [];
        }),
      );
    },
    async keepOnly(workspace, recall, prompts) {
      const encoder = costly(recall);
      const own = encoder && nameOf(encoder.id);
      for (const name of await readdir(folderOf(workspace)).catch(() => []))
        if (/^vectors-[0-9a-f]{12}\.bin$/.test(name) && name !== own)
          await removeVectorFile(join(folderOf(workspace), name));
      if (encoder) await (await fileOf(workspace, encoder)).keepOnly(prompts);
    },
    drop: (workspace) => void files.delete(workspace),
  };
}
