/** Every number that decides between answering, suggesting and staying silent. */
export const thresholds = {
  /**
   * From this probability on an answer is given. Scores suppose that one question in fifty is about
   * something never taught; 0.6 by that measure is about 0.5 when one in ten is. Measured on
   * HWU64 with a fifth of its kinds of questions taken out of training (876 known questions, 200
   * unknown ones), per cent:
   *
   * | threshold | right answers held back | wrong ones given | unknown answered |
   * |---|---|---|---|
   * | 0.5 | 1.7 | 6.2 | 52.5 |
   * | 0.6 | 3.7 | 5.7 | 38.5 |
   * | 0.7 | 5.6 | 3.8 | 25.5 |
   */
  answer: 0.6,
  /** From this probability on answers are suggested. */
  suggest: 0.2,
  /** A suggestion below this share of the best one is left out. */
  suggestionShare: 0.15,
  /** Cosine from which a correction, or an example without an answer, rules a prompt near its own. */
  overrides: 0.6,
  /** Cosine from which a rejected answer stays away from a prompt near the one it was rejected for. */
  vetoes: 0.7,
  /** Cosine from which a correction supersedes another answer. */
  supersedes: 0.8,
  /** Cosine from which an example that is an outlier of the rejected answer is superseded. */
  outlier: 0.3,
  /** Prompts less alike than this are no hints. */
  hint: 0.1,
} as const;

/** Probabilities that are known by rule. */
export const certainty = { exact: 0.99, contested: 0.75, override: 0.95, abstained: 0.02 } as const;
