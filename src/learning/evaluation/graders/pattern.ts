import { createContext, Script } from "node:vm";
import { ApprenticeError } from "../../../core/errors.ts";
import type { Grader } from "./grader.ts";

const longestPattern = 1_000;
const longestText = 32_000;
/**
 * Milliseconds for one text: some patterns take longer than the age of the universe. A right one needs
 * far less, but the clock also runs while a busy machine does other things.
 */
const patience = 100;
const slowAllowed = 5;

const script = new Script("new RegExp(pattern, 'u').test(text)");

/**
 * The expected answer is a regular expression (with the flag `u`) that the answer must match. Each
 * match has little time; a test with several patterns that need more is refused.
 */
export function createPatternGrader(): Grader {
  const sandbox = createContext({ pattern: "", text: "" });
  let slow = 0;
  return ({ expected, answer }) => {
    if (expected.length > longestPattern) {
      throw refusal(expected, `> ${longestPattern}`);
    }
    if (answer.length > longestText) return null;
    Object.assign(sandbox, { pattern: expected, text: answer });
    try {
      return Boolean(script.runInContext(sandbox, { timeout: patience }));
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") {
        throw refusal(expected, (thrown as Error).message, thrown);
      }
      slow += 1;
      if (slow > slowAllowed) throw refusal(expected, `> ${patience} ms`, thrown);
      return null;
    }
  };
}

const refusal = (pattern: string, reason: string, cause?: unknown): ApprenticeError =>
  new ApprenticeError("test-grader", { near: pattern.slice(0, 80), reason }, { cause });
