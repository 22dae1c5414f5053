/** What is wrong with an answer that got a thumb down. */
export const feedbackReasons = ["wrong", "other-question", "outdated"] as const;
export type FeedbackReason = (typeof feedbackReasons)[number];
