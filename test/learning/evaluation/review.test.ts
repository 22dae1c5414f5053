import { describe } from "node:test";
import { reviewContract } from "../../contracts/review.ts";
import { temporaryParts } from "../temporary-parts.ts";

describe("review", () => reviewContract(temporaryParts()));
