/** A cell of a table; `null` for the bare word `null`, which a quoted cell says as text. */
export type Cell = string | null;
