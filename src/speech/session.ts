import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { languageOf, type Language } from "../core/language.ts";
import { silenceFrame, type OpenVoiceSession, type VoiceSession } from "../core/voice.ts";
import { systemVoiceClock, type VoiceClock } from "./clock.ts";
import { openFrameEncoder } from "./codecs/frame-encoder.ts";
import type { SpeechToText } from "./stt/speech-to-text.ts";
import { transcribeSpeech } from "./stt/transcribe-speech.ts";
import type { TextToSpeech } from "./tts/text-to-speech.ts";
import { isCalled, isBackchannel, withoutName } from "./turn/addressing.ts";
import type { Ear, Speech } from "./turn/ear.ts";
import { createListening } from "./turn/listening.ts";
import { createMouth } from "./turn/mouth.ts";
import { startAnswer, type AnswerParts, type SpokenAnswer } from "./turn/spoken-answer.ts";
import { createTurns } from "./turn/turns.ts";
import { loadVoiceActivity } from "./vad/voice-activity.ts";

export type VoiceEngines = {
  readonly stt: SpeechToText | undefined;
  readonly tts: TextToSpeech | undefined;
  /** What tells voices from noise; the detector that comes along when missing. */
  readonly loadActivity?: typeof loadVoiceActivity;
  readonly clock?: VoiceClock;
};

/** Less voice than this, in milliseconds, is no word. */
const shortestWord = 80;
/** An answer to the words so far is begun when they did not change for so long in silence. */
const silenceToDraft = 120;
/** So many answers are begun in vain at most while one person speaks; then their end is waited for. */
const mostDrafts = 3;
/** With more people in the room, who was just answered may go on without the bot's name. */
const followUp = 8_000;
/** How long, in milliseconds, the end of a session waits for what was told to stop. */
const longestEnd = 3_000;
/** Recognising a finished piece of speech needs more of a pause than hearing word by word. */
const shortestPauseInOneGo = 500;

/** Opens a conversation by voice; see `VoiceSession`. */
export async function openVoiceSession(
  { stt, tts, loadActivity = loadVoiceActivity, clock = systemVoiceClock }: VoiceEngines,
  options: OpenVoiceSession,
): Promise<VoiceSession> {
  const { settings, on: emit, encoding = "opus" } = options;
  const encoder = await openFrameEncoder(encoding);
  const newActivity = await loadActivity();
  const mouth = createMouth(clock, options.sink, encoding === "opus" ? silenceFrame : undefined);
  const closing = new AbortController();
  const optedOut = new Set<string>();
  /** What people said before they went on. */
  const before = new Map<string, string>();
  /** How many answers were begun to what people are saying now. */
  const drafts = new Map<string, number>();
  const working = new Set<Promise<void>>();
  let present: ReadonlySet<string> | undefined;
  let lastAnswered: { personId: string; at: number } | undefined;

  const isAlone = (): boolean => (present?.size ?? listening?.people().length ?? 0) < 2;
  const calls = (text: string): boolean => isCalled(text, settings.wakeNames);
  const follow = (work: Promise<void>): void => {
    working.add(work);
    void work.finally(() => working.delete(work));
  };

  const prepare = (
    about: Pick<AnswerParts, "messageId" | "text" | "personId" | "saidAt" | "language" | "pieces">,
  ): SpokenAnswer => {
    const answer = startAnswer({
      ...about,
      tts,
      voice: settings.voice,
      encoder,
      lead: options.sink.lead ?? 0,
      closing: closing.signal,
      emit,
      on: {
        filled: mouth.wake,
        started: (begun) => turns.started(begun),
        ended: (done) => turns.ended(done),
      },
    });
    follow(answer.made);
    return answer;
  };

  const answerTo = (
    personId: string,
    text: string,
    saidAt: number,
    isDraft = false,
  ): SpokenAnswer => {
    const language = languageOf(text, baseLanguage(settings.language));
    const pieces: AnswerParts["pieces"] = ({ messageId, signal, confirmed }) =>
      options.answer({ id: messageId, text, personId, language, isDraft, confirmed }, signal);
    return prepare({ messageId: newId(), text, personId, saidAt, language, pieces });
  };

  const isAddressed = (personId: string, text: string): boolean => {
    if (isAlone() || settings.wakeNames.length === 0 || calls(text)) return true;
    const floor = turns.floor();
    if (floor.kind === "speaking" && floor.hold?.personId === personId) return true;
    return lastAnswered?.personId === personId && clock.now() - lastAnswered.at <= followUp;
  };
  const asked = (personId: string, text: string): string =>
    withoutName([before.get(personId), text].filter(Boolean).join(" "), settings.wakeNames);

  const understood = (personId: string, words: string, saidAt: number): void => {
    drafts.delete(personId);
    if (words === "" || optedOut.has(personId)) return turns.passed(personId);
    const floor = turns.floor();
    const isHeld = floor.kind === "speaking" && floor.hold?.personId === personId;
    const addressed = isAddressed(personId, words) && !(isHeld && isBackchannel(words));
    const text = addressed ? asked(personId, words) : words;
    const answer = addressed
      ? (turns.takeDraft(personId, text) ?? answerTo(personId, text, saidAt))
      : undefined;
    emit({
      kind: "transcript",
      messageId: answer?.messageId ?? newId(),
      personId,
      text,
      language: languageOf(text, baseLanguage(settings.language)),
      addressed,
    });
    before.delete(personId);
    if (!answer) return turns.passed(personId);
    lastAnswered = { personId, at: clock.now() };
    answer.confirm();
    turns.begin(answer);
  };

  const finished = async (personId: string, speech: Speech, ear: Ear): Promise<void> => {
    if (!stt || (speech.voiced < shortestWord && !stt.listen)) return turns.passed(personId);
    try {
      const { text } = await transcribeSpeech(stt, speech, ear, settings.language, closing.signal);
      if (!closing.signal.aborted) understood(personId, text.trim(), speech.voiceAt);
    } catch (thrown) {
      if (closing.signal.aborted) return;
      turns.passed(personId);
      emit({ kind: "failed", error: asApprenticeError(thrown), personId });
    }
  };

  const turns = createTurns({
    clock,
    mouth,
    emit,
    hearsWords: stt?.listen !== undefined,
    mayInterrupt: (personId, answer) =>
      isAlone() || answer.personId === undefined || answer.personId === personId,
    isCalled: (text) => settings.wakeNames.length > 0 && calls(text),
    goesOn: (personId, text) => before.set(personId, text),
    speechOf: (personId) => listening?.speechOf(personId),
  });

  const listening = stt
    ? createListening({
        clock,
        stt,
        newActivity,
        language: settings.language,
        shortestPause: Math.max(settings.shortestPause, stt.listen ? 0 : shortestPauseInOneGo),
        longestPause: settings.longestPause,
        on: {
          partial(personId, text) {
            emit({ kind: "partial", personId, text: text.trim() });
            turns.partial(personId, text);
          },
          voice: turns.voice,
          silence(personId, { partial, partialAt, voiceAt }, silence) {
            const floor = turns.floor();
            const isOpen = floor.kind === "hearing" && floor.personId === personId && !floor.draft;
            const isStable =
              silence >= silenceToDraft && clock.now() - partialAt >= silenceToDraft / 2;
            const tries = drafts.get(personId) ?? 0;
            if (!isOpen || !isStable || partial === "" || tries >= mostDrafts) return;
            if (!isAddressed(personId, partial)) return;
            drafts.set(personId, tries + 1);
            const text = asked(personId, partial.trim());
            turns.keepDraft(personId, answerTo(personId, text, voiceAt, true));
          },
          finished: (personId, speech, ear) => follow(finished(personId, speech, ear)),
        },
      })
    : undefined;

  const forget = (personId: string): void => {
    listening?.drop(personId);
    before.delete(personId);
    drafts.delete(personId);
    turns.passed(personId);
  };

  return {
    heard(personId, pcm) {
      if (!closing.signal.aborted && !optedOut.has(personId)) listening?.hear(personId, pcm);
    },
    setPresent(personIds) {
      present = new Set(personIds);
      for (const personId of listening?.people() ?? [])
        if (!present.has(personId)) forget(personId);
      if (present.size === 0) turns.interrupt();
    },
    setOptedOut(personId, isOut) {
      if (!isOut) return void optedOut.delete(personId);
      optedOut.add(personId);
      forget(personId);
    },
    async say(pieces, { messageId = newId(), language, personId, signal }) {
      const about = { messageId, text: "", personId, saidAt: undefined, language };
      const answer = prepare({ ...about, pieces: () => pieces });
      answer.confirm();
      turns.begin(answer);
      signal?.addEventListener("abort", () => turns.cancel(answer), { once: true });
      await answer.over;
    },
    hush: () => turns.interrupt(),
    async close() {
      if (closing.signal.aborted) return;
      turns.close();
      closing.abort(new ApprenticeError("cancelled"));
      listening?.close();
      mouth.close();
      await settled(working, clock);
      encoder.close();
    },
  };
}

/** Waits for work that was told to end; an engine that does not listen is left behind. */
async function settled(working: ReadonlySet<Promise<void>>, clock: VoiceClock): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const forget = clock.after(longestEnd, resolve);
  await Promise.race([Promise.allSettled(working), late]);
  forget();
}

const baseLanguage = (language: string): Language => (language.startsWith("en") ? "en" : "ru");
