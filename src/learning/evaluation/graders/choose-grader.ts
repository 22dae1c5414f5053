import { ApprenticeError } from "../../../core/errors.ts";
import type { LanguageModel } from "../../../models/model.ts";
import type { Grader, GraderName } from "./grader.ts";
import { createJudge } from "./judge.ts";
import { createPatternGrader } from "./pattern.ts";
import { createSchemaGrader } from "./schema.ts";
import { contains, exact, normalised, similarity } from "./words.ts";

/** The grader with this name, for one test. Throws `test-needs-model` for a judge without a model. */
export function chooseGrader(name: GraderName, model: LanguageModel | undefined): Grader {
  switch (name) {
    case "exact":
      return exact;
    case "normalised":
      return normalised;
    case "contains":
      return contains;
    case "similarity":
      return similarity;
    case "regex":
      return createPatternGrader();
    case "schema":
      return createSchemaGrader();
    case "judge":
      if (!model) throw new ApprenticeError("test-needs-model");
      return createJudge(model);
  }
}
