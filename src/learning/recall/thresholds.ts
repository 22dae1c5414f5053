/** How much a community dares: the surer it wants to be, the more questions stay unanswered. */
export type Risk = "cautious" | "balanced" | "eager";

/** Every number that decides between answering, suggesting and staying silent. */
export const thresholds = {
  /** From this probability on an answer is given, by how much a community dares. */
  answer: { cautious: 0.65, balanced: 0.55, eager: 0.45 },
  /** From this probability on answers are suggested. */
  suggest: 0.3,
  /** A word that tells so much names a subject: an answer that shares it may be meant. */
  tellingWord: 0.7,
  /** A suggestion below this share of the best one is left out. */
  suggestionShare: 0.15,
  /** Cosine from which a correction, or an example without an answer, rules a prompt near its own. */
  overrides: 0.6,
  /** The same with meaning in the cosine, which is larger then. */
  overridesByMeaning: 0.75,
  /** Cosine from which a rejected answer stays away from a prompt near the one it was rejected for. */
  vetoes: 0.7,
  /** Prompts less alike than this are no hints. */
  hint: 0.1,
} as const;

/** Probabilities that are known by rule. */
export const certainty = { exact: 0.99, contested: 0.75, override: 0.95, abstained: 0.02 } as const;
