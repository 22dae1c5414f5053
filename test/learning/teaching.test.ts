import { describe } from "node:test";
import { teachingContract } from "../contracts/teaching.ts";
import { temporaryParts } from "./temporary-parts.ts";

describe("teaching over SQLite", () => teachingContract(temporaryParts()));
