import type { Predictor } from "../learning/evaluation/predict.ts";
import type { Memories } from "../learning/memories.ts";
import type { LanguageModel } from "../models/model.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import { languageOf } from "../core/language.ts";
import type { Voice } from "../texts/say.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall } from "./recalled.ts";

/**
 * Predicts as a message would be answered, without a conversation: what was taught where that
 * decides, else the language model with the taught examples that fit. It claims no probabilities.
 */
export const createModelPredictor =
  (parts: {
    readonly memories: Pick<Memories, "of">;
    readonly workspaces: Pick<Workspaces, "settings">;
    readonly model: LanguageModel;
    readonly voice: Voice | "auto";
  }) =>
  async (workspace: string): Promise<Predictor> => {
    const recall = await parts.memories.of(workspace);
    const { persona, voice: chosen } = await parts.workspaces.settings(workspace);
    return {
      parallel: 4,
      async predict(prompt, signal) {
        const recollection = recall.recollect(prompt);
        const { tier, answer, exampleIds } = recollection;
        if (isSettledByRecall(recollection))
          return { tier, answer, guess: answer, score: null, exampleIds };
        const general = parts.voice === "auto" ? languageOf(prompt, "en") : parts.voice;
        const { system, usedIds } = systemPrompt({
          persona,
          voice: chosen ?? general,
          recollection,
        });
        let said = "";
        const messages = [{ role: "user", content: prompt }] as const;
        for await (const piece of parts.model.answer({ system, messages }, signal)) said += piece;
        const text = said.trim() === "" ? null : said;
        return { tier, answer: text, guess: text, score: null, exampleIds: usedIds };
      },
    };
  };
