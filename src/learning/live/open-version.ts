import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion, ServedModel } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import type { OpenedRecall } from "../recall/embedded-recall.ts";
import { readMemoryFile } from "../registry/artefact.ts";

/** A trained model that can be asked. */
export type OpenedVersion =
  | ({ readonly kind: "memory" } & OpenedRecall)
  | { readonly kind: "served"; readonly model: LanguageModel };

/**
 * Opens a version as it was trained. Throws `model-artefact-damaged`, `recall-snapshot-invalid` (made
 * by another version of this program) and `model-not-served`.
 */
export type OpenVersion = (version: ModelVersion) => Promise<OpenedVersion>;

export const createOpenVersion =
  (parts: {
    /** The data folder. */
    readonly data: string;
    openRecall(snapshot: Uint8Array): OpenedRecall;
    openServed(served: ServedModel): LanguageModel;
  }): OpenVersion =>
  async (version) => {
    const { artefact, served, number } = version;
    if (artefact.kind === "memory")
      return { kind: "memory", ...parts.openRecall(await readMemoryFile(parts.data, version)) };
    if (served === null) throw new ApprenticeError("model-not-served", { version: `v${number}` });
    return { kind: "served", model: parts.openServed(served) };
  };
