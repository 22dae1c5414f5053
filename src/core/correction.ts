/**
 * How far a correction reaches: to all wordings of the answer, to this question as another one than it was
 * taken for, to these very words alone, or nobody has said yet.
 */
export const meanings = ["everywhere", "different", "only-this", "open"] as const;
export type Meaning = (typeof meanings)[number];
