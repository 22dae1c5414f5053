import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { now } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";

export type LimitSettings = {
  /** UTF-16 code units. */
  readonly messageCharacters: number;
  /** Per person and workspace. */
  readonly messagesPerMinute: number;
  /** Per person, over all workspaces. */
  readonly personMessagesPerMinute: number;
  /** Of everybody together. */
  readonly messagesPerSecond: number;
};

/** Refuses what is too much or is not text. */
export type Limits = {
  /**
   * Whether a message may be dropped unread: its author was told already that it is too much. Costs
   * next to nothing, so it is asked before anything else.
   */
  isShut(message: Message): boolean;
  /** Counts a message. Throws `message-too-long`, `message-binary`, `too-many-messages`. */
  check(message: Message): Promise<void>;
  /** Whether `check` would let it pass now; nothing is counted. */
  allows(message: Message): Promise<boolean>;
  /**
   * For a question that came inside a command: that message has been counted. Throws `message-empty`,
   * `message-too-long` or `message-binary`.
   */
  checkText(message: Message): void;
};

/** So many people are remembered as told, at most. */
const maxTold = 10_000;

export function createLimits(settings: LimitSettings): Limits {
  const levels: readonly Level[] = [
    {
      limiter: new RateLimiterMemory({ points: settings.messagesPerMinute, duration: 60 }),
      keyOf: ({ workspace, person }) => `${workspace} ${person.id}`,
    },
    {
      limiter: new RateLimiterMemory({ points: settings.personMessagesPerMinute, duration: 60 }),
      keyOf: ({ person }) => person.id,
    },
    {
      limiter: new RateLimiterMemory({ points: settings.messagesPerSecond, duration: 1 }),
      keyOf: () => "process",
    },
  ];
  /** Until when nothing more is read of somebody, by the keys of what ran out. */
  const shutUntil = new Map<string, number>();

  const shut = (key: string, milliseconds: number): void => {
    shutUntil.delete(key);
    shutUntil.set(key, now() + milliseconds);
    if (shutUntil.size > maxTold) shutUntil.delete(shutUntil.keys().next().value!);
  };

  return {
    isShut(message) {
      if (isAnsweredEachTime(message)) return false;
      return levels.some(({ keyOf }) => (shutUntil.get(toldKey(keyOf, message)) ?? 0) > now());
    },
    async allows(message) {
      if (wrongText(message, settings.messageCharacters)) return false;
      const counts = await Promise.all(
        levels.map(({ limiter, keyOf }) => limiter.get(keyOf(message))),
      );
      return counts.every((counted) => counted === null || counted.remainingPoints > 0);
    },
    checkText: (message) => checkText(message, settings.messageCharacters),
    async check(message) {
      for (const { limiter, keyOf } of levels) {
        await limiter.consume(keyOf(message)).catch((refusal: unknown) => {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          shut(toldKey(keyOf, message), refusal.msBeforeNext);
          throw new ApprenticeError("too-many-messages", {
            seconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
          });
        });
      }
      // In a chat a picture or a sticker without words is no mistake; a request without words is.
      if (isAnsweredEachTime(message)) return checkText(message, settings.messageCharacters);
      const wrong = wrongText(message, settings.messageCharacters);
      if (wrong) throw wrong;
    },
  };
}

type Level = { readonly limiter: RateLimiterMemory; readonly keyOf: (message: Message) => string };

/** Each person is told for themselves, also of what everybody used up together. */
const toldKey = (keyOf: Level["keyOf"], message: Message): string =>
  `${keyOf(message)} ${message.person.id}`;

/** A page or a terminal waits for the end of each request; elsewhere one word in a minute is enough. */
const isAnsweredEachTime = ({ platform }: Message): boolean =>
  platform === "web" || platform === "cli";

function checkText(message: Message, limit: number): void {
  const { text, files, call } = message;
  if (text.trim() === "" && files.length === 0 && !call) throw new ApprenticeError("message-empty");
  const wrong = wrongText(message, limit);
  if (wrong) throw wrong;
}

function wrongText({ text }: Message, limit: number): ApprenticeError | undefined {
  if (text.length > limit)
    return new ApprenticeError("message-too-long", { length: text.length, limit });
  if (/[\0-\x08\x0E-\x1A\x1C-\x1F]/.test(text)) return new ApprenticeError("message-binary");
  return undefined;
}
