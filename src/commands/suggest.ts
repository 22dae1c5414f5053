import type { SuggestionKind } from "./command-form.ts";
import type { CommandParts } from "./context.ts";
import { shorten } from "./shorten.ts";

/** Something that an option could be: what a person reads, and what it stands for. */
export type Suggestion = { readonly label: string; readonly value: string };

type Suggesting = Pick<
  CommandParts,
  "commands" | "datasets" | "library" | "examples" | "jobs" | "review" | "registry"
>;

/** As many as a list under a field can show, and characters of each. */
const most = 25;
const longestLabel = 100;

/** What fits an option so far, for places that complete what is typed. */
export const suggestions = (
  kind: SuggestionKind,
  typed: string,
  workspace: string,
  parts: Suggesting,
): Promise<readonly Suggestion[]> => sources[kind](workspace, typed.trim(), parts);

type Source = (
  workspace: string,
  typed: string,
  parts: Suggesting,
) => Promise<readonly Suggestion[]>;

const sources: Readonly<Record<SuggestionKind, Source>> = {
  command: async (_workspace, typed, { commands }) =>
    fitting(
      typed,
      commands.map(({ name }) => plain(name)),
    ),
  dataset: async (workspace, typed, { datasets }) =>
    fitting(typed, (await datasets.names(workspace)).map(plain)),
  file: async (workspace, typed, { library }) =>
    fitting(
      typed,
      (await library.list(workspace)).map(({ path }) => plain(path)),
    ),
  example: async (workspace, search, { examples }) => {
    const query = { workspace, status: "active", limit: most } as const;
    const found = await examples.list({ ...query, ...(search !== "" && { search }) });
    return found.map(({ id, prompt, answer }) => ({
      label: shorten(`${prompt} → ${answer ?? "-"}`, longestLabel),
      value: id.slice(-8),
    }));
  },
  job: async (workspace, typed, { jobs }) => {
    const listed = await jobs.list({ workspace, limit: 2 * most });
    const named = listed.map(({ id, kind, state }) => ({
      label: `${kind}, ${state}, ${id.slice(-8)}`,
      value: id.slice(-8),
    }));
    return fitting(typed, named);
  },
  review: async (workspace, typed, { review }) => {
    const items = await review.list(workspace, { offset: 0, limit: 4 * most });
    const named = items.map((item) => ({
      label: shorten(item.kind === "wrong" ? item.prompt : item.first.prompt, longestLabel),
      value: item.id.slice(-8),
    }));
    return fitting(typed, named);
  },
  model: async (workspace, typed, { registry }) => {
    const versions = await registry.list(workspace);
    return fitting(
      typed,
      versions.map(({ number }) => plain(`v${number}`)),
    );
  },
};

const plain = (name: string): Suggestion => ({ label: name, value: name });

const fitting = (typed: string, all: readonly Suggestion[]): readonly Suggestion[] =>
  all
    .filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, most);
