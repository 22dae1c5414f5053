import type { ChatEvent } from "../../core/chat.ts";
import { now } from "../../core/clock.ts";
import { createPieces } from "../../core/pieces.ts";
import { asApprenticeError, type ApprenticeError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";
import type { Prepare, Receive } from "../../core/platform.ts";
import type { Speech, SpokenMessage, VoiceEvent, VoiceSettings } from "../../core/voice.ts";
import { pageLead, type OpenVoiceLine, type VoiceLineEvent } from "../../core/voice-line.ts";
import { outboundTo } from "./outbound.ts";

export type WebVoiceParts = {
  readonly receive: Receive;
  readonly prepare: Prepare;
  readonly speech: Speech;
  readonly settings: VoiceSettings;
  readonly workspace: string;
  readonly room: string;
  readonly person: Person;
  /** Corrects a turn's answer to what of it was heard. */
  readonly keepHeard: (workspace: string, messageId: string, heard: string) => Promise<void>;
  readonly sayError: (error: ApprenticeError, language: Language) => string;
};

/**
 * Talking with a page: what is said goes through the same door as what is typed, and the answer is
 * written on the page while it is spoken.
 */
export const createWebVoice =
  (parts: WebVoiceParts): OpenVoiceLine =>
  async ({ language, play, isOpen, tell }) => {
    const { speech, settings, person } = parts;
    const answers = new Map<string, Promise<void>>();
    const session = await speech.openSession({
      encoding: "pcm",
      settings,
      sink: { play, isOpen, lead: pageLead, speaking() {} },
      answer: (spoken, signal) => answer(parts, spoken, signal, tell, answers),
      on(event) {
        const line = lineEvent(event, (error) => parts.sayError(error, language));
        if (line) tell(line);
        if (event.kind === "heard-prefix") void keepHeard(parts, event, answers, tell, language);
      },
    });
    session.setPresent([person.id]);
    const { missing } = speech;
    tell({ kind: "ready", hears: !missing.includes("stt"), speaks: !missing.includes("tts") });
    return {
      heard: (pcm) => session.heard(person.id, pcm),
      hush: session.hush,
      close: () => session.close(),
    };
  };

async function* answer(
  { receive, prepare, workspace, room, person }: WebVoiceParts,
  spoken: SpokenMessage,
  signal: AbortSignal,
  tell: (event: VoiceLineEvent) => void,
  answers: Map<string, Promise<void>>,
): AsyncGenerator<string, void> {
  const message: Message = {
    id: messageIdOf(spoken.id),
    platform: "web",
    workspace,
    room,
    person,
    text: spoken.text,
    files: [],
    via: "voice",
    addressed: true,
    language: spoken.language,
    sentAt: now(),
  };
  // What is received is also stored, so only what was really asked may be.
  if (spoken.isDraft) await prepare(message, signal);
  if (!(await spoken.confirmed)) return;
  const pieces = createPieces();
  const push = (event: ChatEvent): void => {
    tell({ kind: "chat", id: spoken.id, event });
    if (event.kind === "delta" || event.kind === "reply" || event.kind === "error")
      pieces.piece(event.text);
  };
  const made = receive(message, outboundTo(push), signal).finally(() => {
    pieces.end();
  });
  answers.set(spoken.id, made);
  yield* pieces;
  await made;
}

/** Once an answer is stored, what was not heard of it is taken out of the conversation. */
async function keepHeard(
  parts: WebVoiceParts,
  { messageId, text, whole }: Extract<VoiceEvent, { kind: "heard-prefix" }>,
  answers: Map<string, Promise<void>>,
  tell: (event: VoiceLineEvent) => void,
  language: Language,
): Promise<void> {
  try {
    await answers.get(messageId);
    if (!whole) await parts.keepHeard(parts.workspace, messageIdOf(messageId), text.trim());
    tell({ kind: "heard", id: messageId, text, whole });
  } catch (thrown) {
    const error = asApprenticeError(thrown);
    tell({ kind: "failed", code: error.code, text: parts.sayError(error, language) });
  } finally {
    answers.delete(messageId);
  }
}

const messageIdOf = (id: string): string => `web:voice:${id}`;

function lineEvent(
  event: VoiceEvent,
  words: (error: ApprenticeError) => string,
): VoiceLineEvent | undefined {
  switch (event.kind) {
    case "partial":
      return { kind: "partial", text: event.text };
    case "transcript":
      return event.addressed ? { kind: "said", id: event.messageId, text: event.text } : undefined;
    case "started":
    case "paused":
    case "resumed":
    case "interrupted":
      return { kind: event.kind, id: event.messageId };
    case "failed":
      return { kind: "failed", code: event.error.code, text: words(event.error) };
    default:
      return undefined;
  }
}
