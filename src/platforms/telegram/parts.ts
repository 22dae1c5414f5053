import type { ApprenticeError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { Log } from "../../core/log.ts";
import type { PlatformNotes, Receive } from "../../core/platform.ts";
import type { Role } from "../../core/person.ts";

/** A command as Telegram's menu shows it. */
export type MenuCommand = {
  readonly name: string;
  readonly needs: Role;
  about(language: Language): string;
};

export type WebhookSettings = {
  /** The address Telegram calls. */
  readonly url: string;
  /** Where we listen for it. */
  readonly host: string;
  readonly port: number;
  readonly secret: string;
};

/** What the Telegram platform is given. */
export type TelegramParts = {
  readonly token: string;
  readonly apiUrl: string;
  /** Without it, long polling. */
  readonly webhook?: WebhookSettings;
  readonly receive: Receive;
  readonly follow: { edited(workspace: string, messageId: string, text: string): Promise<void> };
  /** A group became a supergroup: everything of one workspace belongs to another from now on. */
  moved(from: string, to: string): Promise<void>;
  /** What a person thinks now of the answer that a message carries, and the action that undoes it. */
  rating(
    workspace: string,
    reference: string,
    person: string,
  ): Promise<{ readonly rating: "good" | "bad"; readonly actionId: string } | undefined>;
  readonly commands: readonly MenuCommand[];
  readonly notes: PlatformNotes;
  readonly log: Log;
  readonly pace: Pace;
};

/** Milliseconds; tests are more hurried than Telegram. */
export type Pace = {
  /** Least time between two edits of one message. */
  readonly edit: number;
  /** Least time between two drafts. */
  readonly draft: number;
  /** Quiet after which an album is whole. */
  readonly album: number;
  /** Before a failed request is tried again, the first time. */
  readonly retry: number;
  /** After which a press is acknowledged although its work is not done. */
  readonly press: number;
};

/** What Telegram takes: https://core.telegram.org/bots/faq (limits), and what clients show well. */
export const usualPace: Pace = { edit: 1_500, draft: 300, album: 400, retry: 1_000, press: 3_000 };

/** How the connection stands, for status and doctor. */
export type TelegramState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly name: string; readonly readsAll: boolean }
  /** The token is refused, another program takes the bot's updates, or Telegram cannot be reached. */
  | { readonly kind: "failed"; readonly failure: ApprenticeError };
