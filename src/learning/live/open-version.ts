import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion, ServedModel } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import type { OpenedRecall } from "../recall/embedded-recall.ts";
import { readMemoryFile } from "../registry/artefact.ts";
import { loadedAgain } from "../serving/loaded-again.ts";
import { serveVersion } from "../serving/serve-version.ts";
import type { Serving } from "../serving/serving.ts";

/** A trained model that can be asked. */
export type OpenedVersion =
  | ({ readonly kind: "memory" } & OpenedRecall)
  | { readonly kind: "served"; readonly model: LanguageModel };

/**
 * Opens a version as it was trained. Throws `model-artefact-damaged`, `recall-snapshot-invalid` (made
 * by another version of this program), `model-not-served`, and
 * what `serveVersion` throws.
 */
export type OpenVersion = (version: ModelVersion) => Promise<OpenedVersion>;

export const createOpenVersion =
  (parts: {
    /** The data folder. */
    readonly data: string;
    openRecall(snapshot: Uint8Array): OpenedRecall;
    openServed(served: ServedModel): LanguageModel;
    /** Where adapters are loaded, so that they answer. */
    readonly serving?: Serving;
  }): OpenVersion =>
  async (version) => {
    const { artefact, number } = version;
    const { data, serving } = parts;
    if (artefact.kind === "memory")
      return { kind: "memory", ...parts.openRecall(await readMemoryFile(data, version)) };
    if (artefact.kind === "adapter" && serving !== undefined) {
      // A server that was restarted, now or later, has forgotten what it was told to load.
      const load = () => serveVersion({ serving, data }, version);
      const model = parts.openServed(await load());
      return { kind: "served", model: loadedAgain(model, load) };
    }
    if (version.served === null) {
      throw new ApprenticeError("model-not-served", { version: `v${number}` });
    }
    return { kind: "served", model: parts.openServed(version.served) };
  };
