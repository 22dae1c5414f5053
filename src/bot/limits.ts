import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ApprenticeError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";

export type LimitSettings = {
  /** UTF-16 code units. */
  readonly messageCharacters: number;
  /** Per person and workspace. */
  readonly messagesPerMinute: number;
};

/** Refuses what is too much or is not text. */
export type Limits = {
  /** Throws `message-empty`, `message-too-long`, `message-binary` or `too-many-messages`. */
  check(message: Message): Promise<void>;
  /** As `check`, for a question that came inside a command: that message has been counted. */
  checkText(message: Message): void;
};

export function createLimits(settings: LimitSettings): Limits {
  const limiter = new RateLimiterMemory({ points: settings.messagesPerMinute, duration: 60 });
  return {
    checkText: (message) => checkText(message, settings.messageCharacters),
    async check(message) {
      checkText(message, settings.messageCharacters);
      await limiter
        .consume(`${message.workspace} ${message.person.id}`)
        .catch((refusal: unknown) => {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          throw new ApprenticeError("too-many-messages", {
            seconds: Math.ceil(refusal.msBeforeNext / 1000),
          });
        });
    },
  };
}

function checkText({ text, files, call }: Message, limit: number): void {
  if (text.trim() === "" && files.length === 0 && !call) throw new ApprenticeError("message-empty");
  if (text.length > limit)
    throw new ApprenticeError("message-too-long", { length: text.length, limit });
  if (/[\0-\x08\x0E-\x1A\x1C-\x1F]/.test(text)) throw new ApprenticeError("message-binary");
}
