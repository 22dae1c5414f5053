/** 0 or 1: neither engine's own booleans, so that one schema fits both. */
export type Flag = 0 | 1;

/** A value as JSON text. */
export type JsonText = string;
