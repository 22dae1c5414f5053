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
  /** Whether `check` would let it pass now; nothing is counted. */
  allows(message: Message): Promise<boolean>;
  /** As `check`, for a question that came inside a command: that message has been counted. */
  checkText(message: Message): void;
};

export function createLimits(settings: LimitSettings): Limits {
  const limiter = new RateLimiterMemory({ points: settings.messagesPerMinute, duration: 60 });
  const keyOf = ({ workspace, person }: Message): string => `${workspace} ${person.id}`;
  return {
    async allows(message) {
      if (wrongText(message, settings.messageCharacters)) return false;
      const counted = await limiter.get(keyOf(message));
      return counted === null || counted.remainingPoints > 0;
    },
    checkText: (message) => checkText(message, settings.messageCharacters),
    async check(message) {
      checkText(message, settings.messageCharacters);
      await limiter.consume(keyOf(message)).catch((refusal: unknown) => {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new ApprenticeError("too-many-messages", {
          seconds: Math.ceil(refusal.msBeforeNext / 1000),
        });
      });
    },
  };
}

function checkText(message: Message, limit: number): void {
  const wrong = wrongText(message, limit);
  if (wrong) throw wrong;
}

function wrongText({ text, files, call }: Message, limit: number): ApprenticeError | undefined {
  if (text.trim() === "" && files.length === 0 && !call)
    return new ApprenticeError("message-empty");
  if (text.length > limit)
    return new ApprenticeError("message-too-long", { length: text.length, limit });
  if (/[\0-\x08\x0E-\x1A\x1C-\x1F]/.test(text)) return new ApprenticeError("message-binary");
  return undefined;
}
