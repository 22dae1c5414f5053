import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import { recallPredictor, type Predictor, type Subject } from "../evaluation/predict.ts";
import type { Recollect, Recollection } from "../recall/recall.ts";
import type { AnswerSource, Answers } from "./answers.ts";
import type { OpenVersion } from "./open-version.ts";

/** A language model that predicts with what `recollect` finds as hints. */
export type LanguagePredictor = (
  workspace: string,
  model: LanguageModel,
  recollect: Recollect,
) => Promise<Predictor>;

/** Everything that a test can be run against. */
export type Subjects = {
  /** What answers now, without the configured language model. `always`: its best guess, sure or not. */
  live(workspace: string, always: boolean): Promise<Subject>;
  /** What answers now, through the language model. Throws `test-needs-model`. */
  throughModel(workspace: string): Promise<Subject>;
  /** A trained version alone, without what was taught since. Throws as opening it does. */
  version(version: ModelVersion, always: boolean): Promise<Subject>;
};

export function createSubjects(parts: {
  readonly answers: Answers;
  readonly openVersion: OpenVersion;
  readonly languagePredictor: LanguagePredictor;
  readonly model?: LanguageModel;
}): Subjects {
  const { answers, openVersion, languagePredictor } = parts;
  const naming =
    (workspace: string, before: AnswerSource, prefix = "") =>
    async () => {
      const { recallVersion: after } = await answers.of(workspace);
      // Somebody taught or promoted meanwhile: then it is honest to name both ends.
      const { recallVersion } = before;
      return prefix + (recallVersion === after ? after : `${recallVersion}..${after}`);
    };
  return {
    async live(workspace, always) {
      const source = await answers.of(workspace);
      return { predictor: recallPredictor(source, always), name: naming(workspace, source) };
    },
    async throughModel(workspace) {
      const source = await answers.of(workspace);
      const model = source.model ?? parts.model;
      if (!model) throw new ApprenticeError("test-needs-model");
      const made = await languagePredictor(workspace, model, source.recollect);
      const predictor = { ...made, prepare: source.prepare };
      return { predictor, name: naming(workspace, source, `${model.name}+`) };
    },
    async version(version, always) {
      const opened = await openVersion(version);
      const name = async () => `v${version.number}`;
      if (opened.kind === "memory") {
        const { recall } = opened;
        const alone = {
          recollect: recall.recollect,
          prepare: (prompts: readonly string[], signal?: AbortSignal) =>
            recall.prepare(prompts, "ask", signal),
        };
        return { predictor: recallPredictor(alone, always), name };
      }
      return { predictor: await languagePredictor(version.workspace, opened.model, nothing), name };
    },
  };
}

const nothing = (): Recollection => ({
  tier: "none",
  answer: null,
  answerId: null,
  guess: null,
  guessId: null,
  score: 0,
  exampleIds: [],
  isTaughtUnknown: false,
  hints: [],
  suggestions: [],
});
