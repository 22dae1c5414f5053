import type { MessageEntity } from "grammy/types";

/** A text as Telegram shows it. Offsets count UTF-16 code units. */
export type Rendered = { readonly text: string; readonly entities: readonly MessageEntity[] };
