import type { ModelVersion } from "../../core/model-version.ts";
import { holdsCanary } from "../datasets/canary.ts";
import type { OpenVersion } from "../live/open-version.ts";
import { markedLines, rowsSeen } from "../registry/rows-seen.ts";
import type { HeldOut } from "./held-out.ts";

/**
 * The rows of the test split that a training has seen: of a memory by what is in it, row by row and by
 * what they ask; of a language model by the map that was written with its training rows. Also what
 * carries the mark of any test part. Throws `training-rows-unknown` without a map.
 */
export async function findLeaks(
  { data, openVersion }: { readonly data: string; readonly openVersion: OpenVersion },
  version: ModelVersion,
  heldOut: HeldOut,
): Promise<{ readonly checked: number; readonly leaked: readonly string[] }> {
  const checked = heldOut.ids.size;
  if (version.artefact.kind !== "memory") {
    const seen = await rowsSeen(data, version);
    const marked = await markedLines(data, version);
    return { checked, leaked: [...[...heldOut.ids].filter((id) => seen.has(id)), ...marked] };
  }
  const opened = await openVersion(version);
  const taught = opened.kind === "memory" ? opened.taught : [];
  const leaked = taught.filter(
    (row) => heldOut.includes(row) || holdsCanary(`${row.prompt}\n${row.answer ?? ""}`),
  );
  return { checked, leaked: leaked.map(({ id }) => id) };
}
