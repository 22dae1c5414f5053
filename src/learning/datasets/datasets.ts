import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { createLanes } from "../../storage/lanes.ts";
import { workspaceFolder } from "../../storage/workspace-folder.ts";
import { buildVersion, type BuildOrder, type BuildParts, type Built } from "./build-version.ts";
import type { DatasetPlace, DatasetRow, Manifest, Split } from "./dataset.ts";
import { differenceOf, type Difference } from "./difference.ts";
import {
  exportContent,
  exportVersion,
  type ExportContent,
  type ExportGoal,
  type ExportReport,
} from "./export-version.ts";
import type { ExportTarget } from "./export-targets.ts";
import { findRow, versionsWithRow, type RowPlace } from "./find-row.ts";
import type { Findings } from "./findings.ts";
import {
  listDatasets,
  listVersions,
  readManifest,
  readVersionRows,
  removeLatest,
  reportFile,
  versionFolder,
} from "./versions.ts";

/** The named, versioned datasets of every workspace. */
export type Datasets = {
  /** The names of a workspace's datasets. */
  names(workspace: string): Promise<readonly string[]>;
  /** The dataset that training uses when none is named. */
  current(workspace: string): Promise<string | undefined>;
  /** Throws `dataset-missing`. */
  select(workspace: string, name: string): Promise<void>;
  /** Builds the next version. Throws as `buildVersion` does. */
  build(order: BuildOrder): Promise<Built>;
  /** Takes back a version that was just built and that nothing stands on; an older one stays. */
  withdraw(place: DatasetPlace): Promise<void>;
  /** A version, or the latest. Throws `dataset-missing` or `dataset-version-missing`. */
  describe(workspace: string, name: string, version?: number): Promise<Manifest>;
  findings(place: DatasetPlace): Promise<Findings>;
  /** The rows of a version without those that were retracted since. Throws as `readVersionRows` does. */
  rows(place: DatasetPlace, split?: Split): AsyncIterable<DatasetRow>;
  difference(from: DatasetPlace, to: DatasetPlace): Promise<Difference>;
  /** Throws as `exportVersion` does. */
  export(place: DatasetPlace, target: ExportTarget, goal?: ExportGoal): Promise<ExportReport>;
  /** What an export would hold, without writing it. Throws `dataset-export-empty`. */
  exportable(place: DatasetPlace, target: ExportTarget): Promise<ExportContent>;
  /** The row with this id, also when it was retracted since. */
  row(place: DatasetPlace, rowId: string): Promise<DatasetRow | undefined>;
  /** The versions that hold a row, and the part of each that it is in. */
  containing(workspace: string, rowId: string): Promise<readonly RowPlace[]>;
};

/** The datasets in `datasets/` of the data folder. */
export function createDatasets(parts: BuildParts): Datasets {
  const { data, memory } = parts;
  const inOrder = createLanes();
  const laneOf = ({ workspace, name }: { workspace: string; name: string }) =>
    `${workspaceFolder(workspace)}/${name}`;

  const versionsOf = async (workspace: string, name: string): Promise<readonly number[]> => {
    const versions = await listVersions(data, workspace, name);
    if (versions.length > 0) return versions;
    const near = nearest(name, await listDatasets(data, workspace));
    throw new ApprenticeError("dataset-missing", {
      name: name.slice(0, 80),
      nearest: near ?? "",
    });
  };

  return {
    names: (workspace) => listDatasets(data, workspace),
    current: (workspace) => memory.current(workspace),
    async select(workspace, name) {
      await versionsOf(workspace, name);
      await memory.select(workspace, name);
    },
    build: (order) =>
      inOrder(laneOf({ workspace: order.teacher.workspace, name: order.name }), () =>
        buildVersion(parts, order),
      ),
    withdraw: (place) => inOrder(laneOf(place), () => removeLatest(data, place)),
    async describe(workspace, name, version) {
      const latest = (await versionsOf(workspace, name)).at(-1)!;
      return readManifest(data, { workspace, name, version: version ?? latest });
    },
    async findings(place) {
      await readManifest(data, place);
      const text = await readFile(join(versionFolder(data, place), reportFile), "utf8");
      return JSON.parse(text) as Findings;
    },
    async *rows(place, split) {
      const retracted = await memory.retracted(place.workspace);
      for await (const row of readVersionRows(data, place, split)) {
        if (!retracted.has(row.id)) yield row;
      }
    },
    difference: (from, to) => differenceOf(data, from, to),
    export: (place, target, goal) =>
      inOrder(laneOf(place), async () =>
        exportVersion(
          { data, retracted: await memory.retracted(place.workspace) },
          place,
          target,
          goal,
        ),
      ),
    row: (place, rowId) => findRow(data, place, rowId),
    exportable: async (place, target) =>
      exportContent({ data, retracted: await memory.retracted(place.workspace) }, place, target),
    containing: (workspace, rowId) => versionsWithRow(data, workspace, rowId),
  };
}
