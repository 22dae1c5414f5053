import type { ModelVersion } from "../../core/model-version.ts";
import type { DatasetPlace } from "../datasets/dataset.ts";

/** The dataset version that a model was trained on. */
export const datasetOf = ({ workspace, dataset }: ModelVersion): DatasetPlace => ({
  workspace,
  name: dataset.name,
  version: dataset.version,
});
