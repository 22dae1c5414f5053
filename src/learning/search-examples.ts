import type { Example } from "../core/example.ts";
import type { ExampleQuery, Examples } from "../storage/examples.ts";
import type { Memories } from "./memories.ts";

/** What a search found by its words, and what means something alike. */
export type FoundExamples = {
  readonly found: readonly Example[];
  /** At most five, the nearest first; only beside the first page. */
  readonly related: readonly Example[];
};

/** How alike the nearest has to be for anything to be related, and the others beside it. */
const nearestAlike = 0.2;
const leastAlike = 0.11;
const shareOfNearest = 0.4;
const mostRelated = 5;

export type SearchExamples = (query: ExampleQuery) => Promise<FoundExamples>;

export const createSearchExamples =
  (parts: {
    readonly examples: Pick<Examples, "list" | "find">;
    readonly memories: Pick<Memories, "of">;
  }): SearchExamples =>
  async (query) => {
    const found = await parts.examples.list(query);
    const { workspace, search = "", before } = query;
    if (search.trim() === "" || before !== undefined) return { found, related: [] };
    const recall = await parts.memories.of(workspace);
    const { hints } = recall.recollect(search, { hints: true });
    const nearest = hints[0]?.similarity ?? 0;
    if (nearest < nearestAlike) return { found, related: [] };
    const known = new Set(found.map(({ id }) => id));
    const ids = hints
      .filter(({ similarity }) => similarity >= Math.max(leastAlike, nearest * shareOfNearest))
      .map(({ exampleId }) => exampleId)
      .filter((id) => !known.has(id))
      .slice(0, mostRelated);
    const related = await Promise.all(ids.map((id) => parts.examples.find(workspace, id)));
    return {
      found,
      related: related.filter(
        (example) => example !== undefined && isWanted(example, query),
      ) as Example[],
    };
  };

const isWanted = ({ status }: Example, wanted: ExampleQuery): boolean =>
  wanted.status === undefined || status === wanted.status;
