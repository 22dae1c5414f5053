import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { installedModels, type InstalledModel } from "./model-folder.ts";
import type { ModelKind } from "./model-catalog.ts";

/** The chosen model of a kind, or the first there is. Throws `speech-model-missing`. */
export function chosenModel(folder: string, kind: ModelKind, name: string): InstalledModel {
  const models = installedModels(folder).filter((model) => model.kind === kind);
  const found = name === "" ? models[0] : models.find((model) => model.name === name);
  if (found) return found;
  throw new ApprenticeError("speech-model-missing", { name: name || kind });
}

/** The files of a model by what they are for; engines say nothing useful about one that is missing. */
export type ModelFiles = {
  readonly tokens: string;
  /** One file that does it all, or an encoder with a decoder and, for transducers, a joiner. */
  readonly model?: string;
  readonly encoder?: string;
  readonly decoder?: string;
  readonly joiner?: string;
  /** Pronunciations, for voices that need them. */
  readonly dataDir?: string;
  readonly lexicon?: string;
};

/** Finds the files of a model, the smaller int8 ones first. Throws `speech-model-missing`. */
export function modelFiles({ folder, name }: InstalledModel): ModelFiles {
  const files = readdirSync(folder);
  const find = (part: string, ending: string): string | undefined => {
    const fitting = files.filter((file) => file.includes(part) && file.endsWith(ending));
    const best = fitting.find((file) => file.includes("int8")) ?? fitting[0];
    return best === undefined ? undefined : join(folder, best);
  };
  const [tokens, encoder, decoder] = [
    find("", "tokens.txt"),
    find("encoder", ".onnx"),
    find("decoder", ".onnx"),
  ];
  const joiner = find("joiner", ".onnx");
  const model = encoder ? undefined : find("", ".onnx");
  if (!tokens || (!model && !(encoder && decoder)))
    throw new ApprenticeError("speech-model-missing", { name });
  const dataDir = join(folder, "espeak-ng-data");
  const lexicon = find("lexicon", "lexicon.txt");
  return {
    tokens,
    ...(model && { model }),
    ...(encoder && { encoder }),
    ...(decoder && { decoder }),
    ...(joiner && { joiner }),
    ...(existsSync(dataDir) && { dataDir }),
    ...(lexicon && { lexicon }),
  };
}
