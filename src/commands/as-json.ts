import type { Json } from "../core/reply.ts";

/** A value of ours as it comes out of JSON: without what is `undefined`, and typed as such. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
