import { isoTime } from "../../core/clock.ts";
import { aliases, type Alias, type ModelVersion } from "../../core/model-version.ts";
import type { Registry } from "./registry.ts";

/** A trained model as programs see it. */
export type ModelFacts = Omit<ModelVersion, "workspace" | "createdAt"> & {
  /** As people say it: `v3`. */
  readonly version: string;
  readonly aliases: readonly Alias[];
  /** ISO 8601. */
  readonly createdAt: string;
};

/** The facts of some versions of one workspace, in their order. */
export async function modelFacts(
  registry: Pick<Registry, "aliases">,
  versions: readonly ModelVersion[],
): Promise<readonly ModelFacts[]> {
  const [first] = versions;
  if (!first) return [];
  const standing = await registry.aliases(first.workspace);
  return versions.map(({ workspace: _same, createdAt, ...version }) => ({
    version: `v${version.number}`,
    aliases: aliases.filter((alias) => standing.get(alias) === version.id),
    ...version,
    createdAt: isoTime(createdAt),
  }));
}
