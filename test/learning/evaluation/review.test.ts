import { describe } from "node:test";
import { reviewContract } from "../../contracts/review.ts";
import { runs } from "../../runs.ts";
import { temporaryParts } from "../temporary-parts.ts";

describe("review", () => reviewContract(temporaryParts(), runs(20)));
