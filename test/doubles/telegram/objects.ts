/** The Bot API's objects, as far as the double makes them. */
export type User = {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
};

export type Chat = {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup";
  readonly title?: string;
  readonly first_name?: string;
  readonly is_forum?: true;
};

export type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
};

export type Button = { readonly text: string; readonly callback_data?: string };

export type FileFacts = {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size: number;
  readonly [fact: string]: unknown;
};

export type Message = {
  readonly message_id: number;
  readonly date: number;
  readonly chat: Chat;
  readonly from?: User;
  readonly message_thread_id?: number;
  readonly is_topic_message?: true;
  readonly text?: string;
  readonly caption?: string;
  readonly entities?: readonly Entity[];
  readonly caption_entities?: readonly Entity[];
  readonly reply_to_message?: Message;
  readonly edit_date?: number;
  readonly media_group_id?: string;
  readonly document?: FileFacts;
  readonly voice?: FileFacts;
  readonly audio?: FileFacts;
  readonly video_note?: FileFacts;
  readonly photo?: readonly FileFacts[];
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly Button[])[] };
  readonly migrate_to_chat_id?: number;
  readonly migrate_from_chat_id?: number;
  readonly [more: string]: unknown;
};

export type Update = { readonly update_id: number; readonly [kind: string]: unknown };

/** What people can see: what they did themselves, and what the bot did. */
export type Happening =
  | {
      /** `said` by a person; the others are the bot's. */
      readonly kind: "said" | "message" | "edit" | "delete";
      readonly message: Message;
    }
  | {
      readonly kind: "pressed";
      readonly chat: Chat;
      readonly from: User;
      readonly label: string;
    }
  | {
      readonly kind: "draft";
      readonly chat: Chat;
      readonly id: number;
      readonly text: string;
      readonly canStop: boolean;
    }
  | { readonly kind: "action"; readonly chat: Chat; readonly action: string }
  | {
      readonly kind: "notice";
      readonly queryId: string;
      readonly text: string;
      readonly alert: boolean;
    }
  | { readonly kind: "reaction"; readonly message: Message; readonly emoji: readonly string[] };

/** An answer of the Bot API that is no success. */
export class Refusal extends Error {
  readonly status: number;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;

  constructor(status: number, description: string, parameters?: Readonly<Record<string, unknown>>) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}
export const badRequest = (why: string): Refusal => new Refusal(400, `Bad Request: ${why}`);

/** The entities Telegram finds in what people write: commands, mentions of names, addresses. */
export function entitiesIn(text: string): readonly Entity[] {
  const found: Entity[] = [];
  const take = (type: string, pattern: RegExp): void => {
    for (const match of text.matchAll(pattern))
      found.push({
        type,
        offset: match.index + (match[1]?.length ?? 0),
        length: match[0].length - (match[1]?.length ?? 0),
      });
  };
  take("bot_command", /(^|\s)\/[\w]{1,64}(?:@\w+)?/g);
  take("mention", /(^|[\s(])@\w{4,32}/g);
  take("url", /()https?:\/\/\S+/g);
  return found.toSorted((first, second) => first.offset - second.offset);
}
