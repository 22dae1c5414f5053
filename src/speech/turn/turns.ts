import type { VoiceEvent } from "../../core/voice.ts";
import type { VoiceClock } from "../clock.ts";
import { isBackchannel } from "./addressing.ts";
import type { Speech } from "./ear.ts";
import type { Floor } from "./floor.ts";
import type { Mouth } from "./mouth.ts";
import type { SpokenAnswer } from "./spoken-answer.ts";

/** Decides who speaks when: the bot's side of a conversation. */
export type Turns = {
  readonly floor: () => Floor;
  /** Somebody speaks. */
  voice(personId: string, speech: Speech): void;
  /** Words of somebody who is still speaking. */
  partial(personId: string, text: string): void;
  /** They have finished, and it was nothing, or nothing for the bot. */
  passed(personId: string): void;
  /** Answers. Whatever the bot is doing for the same person ends; others wait for their turn. */
  begin(answer: SpokenAnswer): void;
  /** The first frame of an answer is being played, or its last one was. */
  started(answer: SpokenAnswer): void;
  ended(answer: SpokenAnswer): void;
  /** Keeps an answer to what was said so far. */
  keepDraft(personId: string, draft: SpokenAnswer): void;
  /** Takes the kept answer when it answers exactly this. */
  takeDraft(personId: string, text: string): SpokenAnswer | undefined;
  /** The bot falls silent: somebody meant to interrupt it, or it was told to. */
  interrupt(personId?: string): void;
  /** Gives up one answer, wherever it is. */
  cancel(answer: SpokenAnswer): void;
  close(): void;
};

export type TurnsParts = {
  readonly clock: VoiceClock;
  readonly mouth: Mouth;
  readonly emit: (event: VoiceEvent) => void;
  /** Whether this person may interrupt by speaking at all; others must call the bot by its name. */
  readonly mayInterrupt: (personId: string, answer: SpokenAnswer) => boolean;
  /** Whether these words call the bot. */
  readonly isCalled: (text: string) => boolean;
  /** What somebody said was not all: they go on, and the words are joined. */
  readonly goesOn: (personId: string, text: string) => void;
  /** Whether words come while people speak. */
  readonly hearsWords: boolean;
  readonly speechOf: (personId: string) => Speech | undefined;
};

/** A voice of this length, in milliseconds, makes the bot hold its breath. */
const voiceToHold = 100;
/** Without words to go by, a voice of this length is an interruption. */
const voiceToInterrupt = 500;
/** After so many milliseconds without a voice it was none. */
const silenceToResume = 700;
/** Answers that wait for their turn. */
const longestQueue = 16;

export function createTurns(parts: TurnsParts): Turns {
  const { clock, mouth, emit } = parts;
  let floor: Floor = { kind: "idle" };
  let stopTimer: (() => void) | undefined;
  const queue: SpokenAnswer[] = [];

  const change = (next: Floor): void => {
    stopTimer?.();
    stopTimer = undefined;
    floor = next;
    if (next.kind === "speaking" && next.hold)
      stopTimer = clock.after(silenceToResume, () => mayResume(next));
    if (next.kind === "idle") {
      const answer = queue.shift();
      if (answer) play(answer);
    }
  };

  const play = (answer: SpokenAnswer): void => {
    change({ kind: "thinking", answer });
    mouth.take(answer.playback.next);
    if (answer.playback.isWhole()) ended(answer);
  };

  const started = (answer: SpokenAnswer): void => {
    if (floor.kind !== "thinking" || floor.answer !== answer) return;
    change({ kind: "speaking", answer });
    const afterSpeech = answer.saidAt === undefined ? undefined : clock.now() - answer.saidAt;
    emit({ kind: "started", messageId: answer.messageId, afterSpeech });
  };

  const drop = (answer: SpokenAnswer, whole: boolean): void => {
    answer.abort();
    mouth.release(answer.playback.next, answer.playback.cut());
    const { messageId, playback } = answer;
    emit({ kind: "heard-prefix", messageId, text: playback.heardText(), whole });
  };

  const hold = (personId: string, answer: SpokenAnswer): void => {
    answer.playback.pause();
    change({ kind: "speaking", answer, hold: { personId, since: clock.now() } });
    emit({ kind: "paused", messageId: answer.messageId, personId });
  };

  const resume = (): void => {
    if (floor.kind !== "speaking" || !floor.hold) return;
    const { answer } = floor;
    change({ kind: "speaking", answer });
    answer.playback.resume();
    emit({ kind: "resumed", messageId: answer.messageId });
  };

  const mayResume = (held: Floor): void => {
    if (floor !== held || floor.kind !== "speaking" || !floor.hold) return;
    // Still speaking: the end of what they say decides.
    if (parts.speechOf(floor.hold.personId)) change({ ...floor });
    else resume();
  };

  /** The sound of an answer is out, or there was none to make. */
  const ended = (answer: SpokenAnswer): void => {
    if (currentAnswer(floor) !== answer) return;
    drop(answer, answer.isComplete());
    change({ kind: "idle" });
  };

  const dropDraft = (): void => {
    if (floor.kind !== "hearing" || !floor.draft) return;
    floor.draft.abort();
    change({ kind: "hearing", personId: floor.personId });
  };

  const interrupt = (personId?: string): void => {
    const answer = currentAnswer(floor);
    if (!answer) return;
    const wasSpeaking = floor.kind === "speaking";
    if (wasSpeaking)
      emit({ kind: "interrupted", messageId: answer.messageId, ...(personId && { personId }) });
    drop(answer, false);
    change(personId ? { kind: "hearing", personId } : { kind: "idle" });
  };

  const partial = (personId: string, text: string): void => {
    if (floor.kind !== "speaking") return;
    const isTheirs = floor.hold?.personId === personId;
    if (!isTheirs && !parts.isCalled(text)) return;
    if (!isBackchannel(text)) interrupt(personId);
  };

  return {
    floor: () => floor,
    started,
    ended,
    partial,
    voice(personId, speech) {
      if (floor.kind === "idle") change({ kind: "hearing", personId });
      else if (floor.kind === "hearing") {
        const { draft } = floor;
        if (draft?.personId === personId && speech.voiceAt > (draft.saidAt ?? 0)) dropDraft();
      } else if (floor.kind === "thinking") {
        const { answer } = floor;
        if (answer.personId !== personId || speech.run < voiceToHold) return;
        interrupt(personId);
        parts.goesOn(personId, answer.text);
      } else if (!floor.hold) {
        const mayHold = parts.mayInterrupt(personId, floor.answer);
        if (mayHold && speech.run >= voiceToHold) hold(personId, floor.answer);
        if (mayHold && speech.partial !== "") partial(personId, speech.partial);
      } else if (floor.hold.personId === personId && !parts.hearsWords) {
        if (speech.voiced >= voiceToInterrupt) interrupt(personId);
      }
    },
    passed(personId) {
      if (floor.kind === "speaking" && floor.hold?.personId === personId) resume();
      else if (floor.kind === "hearing" && floor.personId === personId) {
        dropDraft();
        change({ kind: "idle" });
      }
    },
    begin(answer) {
      const current = currentAnswer(floor);
      const isFree = !current || current.personId === answer.personId;
      const isMeant = floor.kind === "speaking" && floor.hold?.personId === answer.personId;
      if (answer.personId !== undefined && (isFree || isMeant)) {
        interrupt(answer.personId);
        play(answer);
      } else if (floor.kind === "idle") play(answer);
      else if (queue.length < longestQueue) queue.push(answer);
      else drop(answer, false);
    },
    keepDraft(personId, draft) {
      if (floor.kind === "hearing" && floor.personId === personId)
        change({ kind: "hearing", personId, draft });
    },
    takeDraft(personId, text) {
      if (floor.kind !== "hearing" || floor.personId !== personId || !floor.draft) return undefined;
      const { draft } = floor;
      if (draft.text !== text) {
        dropDraft();
        return undefined;
      }
      change({ kind: "hearing", personId });
      return draft;
    },
    interrupt,
    cancel(answer) {
      const waits = queue.indexOf(answer);
      if (waits >= 0) queue.splice(waits, 1);
      if (currentAnswer(floor) === answer) interrupt();
      else if (waits >= 0) drop(answer, false);
    },
    close() {
      dropDraft();
      const answer = currentAnswer(floor);
      if (answer) drop(answer, false);
      for (const waiting of queue.splice(0)) drop(waiting, false);
      stopTimer?.();
      floor = { kind: "idle" };
    },
  };
}

const currentAnswer = (floor: Floor): SpokenAnswer | undefined =>
  floor.kind === "thinking" || floor.kind === "speaking" ? floor.answer : undefined;
