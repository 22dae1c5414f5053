import { ApprenticeError } from "../../core/errors.ts";
import { aliases, type Alias, type ModelVersion } from "../../core/model-version.ts";
import type { Database } from "../../storage/database.ts";
import type { Query } from "../../storage/query.ts";
import { createRemembered } from "../../storage/remembered.ts";
import {
  addModelVersion,
  aliasesOf,
  listModelVersions,
  modelVersionEnding,
  modelVersionNumbered,
  modelVersionUnder,
  moveAlias,
  type NewModelVersion,
} from "../../storage/model-versions.ts";

/** The trained models of every workspace, and the names they stand under. */
export type Registry = {
  /** Keeps what a training ended with, inside the caller's transaction, as the `candidate`. */
  add(query: Query, version: NewModelVersion): Promise<ModelVersion>;
  /**
   * One version by its number (`v3`, `3`), its id or the ending of it, or an alias. Throws
   * `model-version-missing`.
   */
  find(workspace: string, reference: string): Promise<ModelVersion>;
  /** All versions, newest first. */
  list(workspace: string): Promise<readonly ModelVersion[]>;
  /** The ids of the versions that the aliases stand at. */
  aliases(workspace: string): Promise<ReadonlyMap<Alias, string | null>>;
  /** The version under an alias; `undefined`: recall alone, or nothing. */
  under(workspace: string, alias: Alias): Promise<ModelVersion | undefined>;
};

export function createRegistry(database: Pick<Database, "query" | "writes">): Registry {
  const { query } = database;
  // Asked about every message: does a trained model answer here?
  const under = createRemembered(
    database,
    ["model_alias", "model_version"],
    (workspace: string, alias: Alias) => modelVersionUnder(query, workspace, alias),
  );
  return {
    async add(transaction, version) {
      const added = await addModelVersion(transaction, version);
      await moveAlias(transaction, version.workspace, "candidate", added.id);
      return added;
    },
    async find(workspace, reference) {
      const word = reference.trim().toLowerCase();
      const number = /^[vв]?(\d{1,5})$/u.exec(word)?.[1];
      const alias = aliases.find((name) => name === word);
      const found = alias
        ? await under(workspace, alias)
        : number === undefined
          ? await modelVersionEnding(query, workspace, word)
          : await modelVersionNumbered(query, workspace, Number(number));
      if (found) return found;
      throw new ApprenticeError("model-version-missing", { reference: reference.slice(0, 80) });
    },
    list: (workspace) => listModelVersions(query, workspace),
    aliases: (workspace) => aliasesOf(query, workspace),
    under,
  };
}
