import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** Where queries start: the database itself, or one transaction of it. */
export type Query = Kysely<Schema>;
