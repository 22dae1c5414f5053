import { elapsed } from "../../../core/clock.ts";
import { asApprenticeError, type ApprenticeError } from "../../../core/errors.ts";
import type { Language } from "../../../core/language.ts";
import type { Log } from "../../../core/log.ts";
import type { Reach } from "../../../core/platform.ts";
import type { VoicePlace } from "../../../core/voice-rooms.ts";
import type { TextKey } from "../../../texts/en.ts";
import { say, sayError, type TextValues, type Voice } from "../../../texts/say.ts";

export type NewsParts = {
  readonly reach: Reach;
  readonly prefix: string;
  readonly log: Log;
  /** How the bot speaks in a workspace to somebody with this language. */
  voiceOf(workspace: string, language: Language): Promise<Voice>;
};

/** What is written about a voice room; nothing of it ever fails the room itself. */
export type VoiceNews = {
  /** Into the room where the bot was called. */
  tell(place: VoicePlace, key: TextKey, values: TextValues): Promise<void>;
  /** The same failure is told once in a while only. */
  fail(place: VoicePlace, error: ApprenticeError): void;
  /** Into the voice channel's own chat, where those are who must know it; else where the bot was called. */
  giveNotice(place: VoicePlace, key: TextKey, values: TextValues): Promise<void>;
};

/** Milliseconds in which the same failure is told once. */
const quietTime = 30_000;

export function createVoiceNews({ reach, prefix, log, voiceOf }: NewsParts): VoiceNews {
  const toldAt = new Map<string, number>();

  const write = async (
    { workspace, language }: VoicePlace,
    room: string,
    text: (voice: Voice) => string,
  ): Promise<boolean> => {
    try {
      const outbound = reach(room);
      if (!outbound) return false;
      await outbound.send({ text: text(await voiceOf(workspace, language)) });
      return true;
    } catch (thrown) {
      const { code } = asApprenticeError(thrown);
      log.warn("News of a voice room could not be written", { room, code });
      return false;
    }
  };
  const tell: VoiceNews["tell"] = async (place, key, values) => {
    await write(place, place.textRoom, (voice) => say(voice, key, { prefix, ...values }));
  };

  return {
    tell,
    fail(place, error) {
      const { workspace, textRoom } = place;
      log.info("Something failed in a voice room", { workspace, id: error.id, code: error.code });
      const key = `${workspace} ${error.code}`;
      if (elapsed() - (toldAt.get(key) ?? -quietTime) < quietTime) return;
      toldAt.set(key, elapsed());
      void write(place, textRoom, (voice) => sayError(voice, error, prefix));
    },
    async giveNotice(place, key, values) {
      const text = (voice: Voice): string => say(voice, key, { prefix, ...values });
      if (!(await write(place, place.room, text))) await tell(place, key, values);
    },
  };
}
