import type { LanguagePredictor } from "../learning/live/subjects.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import { languageOf } from "../core/language.ts";
import type { Voice } from "../texts/say.ts";
import { examplesUsed, newCitation, withoutMarks } from "./cited.ts";
import { systemPrompt } from "./prompt.ts";
import { isSettledByRecall } from "./recalled.ts";

/**
 * Predicts as a message would be answered, without a conversation: what was taught where that
 * decides, else the language model with the taught examples that fit. It claims no probabilities.
 */
export const createLanguagePredictor =
  (parts: {
    readonly workspaces: Pick<Workspaces, "settings">;
    readonly voice: Voice | "auto";
  }): LanguagePredictor =>
  async (workspace, model, recollect) => {
    const { persona, voice: chosen } = await parts.workspaces.settings(workspace);
    let requests = 0;
    return {
      parallel: 4,
      requests: () => requests,
      async predict(prompt, signal) {
        const recollection = recollect(prompt);
        const { tier, answer, exampleIds } = recollection;
        if (isSettledByRecall(recollection, persona))
          return { tier, answer, guess: answer, score: null, exampleIds };
        const general = parts.voice === "auto" ? languageOf(prompt, "en") : parts.voice;
        const { system, shown } = systemPrompt({
          persona,
          voice: chosen ?? general,
          recollection,
        });
        let said = "";
        requests += 1;
        const messages = [{ role: "user", content: prompt }] as const;
        const citation = newCitation();
        const pieces = withoutMarks(model.answer({ system, messages }, signal), citation);
        for await (const piece of pieces) said += piece;
        const text = said.trim() === "" ? null : said;
        const used = examplesUsed(shown, citation, said);
        return { tier, answer: text, guess: text, score: null, exampleIds: used };
      },
    };
  };
