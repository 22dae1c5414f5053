import type { LanguageModel } from "../../models/model.ts";
import type { Memories } from "../memories.ts";
import type { Recollect } from "../recall/recall.ts";
import { combine } from "./combine.ts";
import type { LiveModels } from "./live-models.ts";

/** What a workspace answers from, as it is now. */
export type AnswerSource = {
  /** `recall@<position>`, or `v3+recall@<position>` when a trained memory is live beside it. */
  readonly recallVersion: string;
  readonly recollect: Recollect;
  /** Lets the encoder read what will be asked; without it `recollect` goes by words alone. */
  prepare(prompts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** What tells the meaning of questions; `null`: words alone decide. */
  readonly encoder: string | null;
  /** The language model that answers instead of the configured one, because it is live here. */
  readonly model?: LanguageModel;
};

/** What each workspace answers from: its instant memory, and its live trained model if it has one. */
export type Answers = { of(workspace: string): Promise<AnswerSource> };

export const createAnswers = (parts: {
  readonly memories: Pick<Memories, "of" | "position">;
  readonly live: Pick<LiveModels, "of">;
}): Answers => ({
  async of(workspace) {
    const live = await parts.live.of(workspace);
    const recall = await parts.memories.of(workspace);
    const recallVersion = `recall@${await parts.memories.position(workspace)}`;
    const recollect: Recollect = (prompt, options) => recall.recollect(prompt, options);
    const { encoder } = recall;
    const instant = {
      recollect,
      encoder,
      prepare: (prompts: readonly string[], signal?: AbortSignal) =>
        recall.prepare(prompts, "ask", signal),
    };
    if (live === undefined || live.kind === "unusable") return { ...instant, recallVersion };
    const { version } = live;
    if (live.kind === "served") {
      const model = { ...live.model, name: `v${version.number}/${live.model.name}` };
      return { ...instant, recallVersion, model };
    }
    const { memory } = live;
    return {
      recallVersion: `v${version.number}+${recallVersion}`,
      encoder,
      async prepare(prompts, signal) {
        await Promise.all([instant.prepare(prompts, signal), memory.prepare(prompts, signal)]);
      },
      recollect: (prompt, options) =>
        combine(recollect(prompt, options), memory.recollect(prompt, options), memory.holds),
    };
  },
});
