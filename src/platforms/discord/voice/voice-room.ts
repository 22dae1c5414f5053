import { asApprenticeError, type ApprenticeError } from "../../../core/errors.ts";
import { languageOf } from "../../../core/language.ts";
import type { Log } from "../../../core/log.ts";
import type { Message } from "../../../core/message.ts";
import { mayActAs, type Person, type Role } from "../../../core/person.ts";
import type { Outbound, Prepare, Receive } from "../../../core/platform.ts";
import type {
  SpokenMessage,
  Speech,
  VoiceEvent,
  VoiceSession,
  VoiceSettings,
} from "../../../core/voice.ts";
import type {
  SpokenPieces,
  VoiceChoices,
  VoiceMemory,
  VoicePlace,
} from "../../../core/voice-rooms.ts";
import { channelOf, guildOf, personIdOf, roomOf, userOf } from "../place.ts";
import { createPieces } from "../../../core/pieces.ts";
import { Speakers } from "./speakers.ts";
import { messageOf, spokenMessageId, spokenToo } from "./spoken-answer.ts";
import type { VoiceGateway } from "./voice-gateway.ts";
import { VoiceLink, type LinkTimes } from "./voice-link.ts";

export type RoomTimes = LinkTimes & {
  /** Milliseconds the bot stays when nobody is left. */
  readonly emptyWait: number;
};

export type RoomParts = {
  readonly gateway: VoiceGateway;
  readonly speech: Speech;
  readonly memory: VoiceMemory;
  readonly receive: Receive;
  readonly prepare: Prepare;
  /** How the bot listens and speaks where a workspace has not chosen. */
  readonly settings: VoiceSettings;
  readonly times: RoomTimes;
  readonly log: Log;
  /** The whole of voice ends. */
  readonly closing: AbortSignal;
  /** The higher of the roles that the platform and the workspace give. */
  roleOf(workspace: string, person: Person): Promise<Role>;
  /** Corrects a turn's answer to what of it was heard. */
  keepHeard(workspace: string, messageId: string, heard: string): Promise<void>;
};

/** What a room tells of itself. */
export type RoomNews = {
  /** The way into the written conversation that goes on by voice. */
  outbound(): Outbound;
  /** Somebody said something to the bot. */
  understood(person: Person, text: string): void;
  failed(error: ApprenticeError): void;
  /** The connection is gone for good; without a reason, because the main one to Discord is. */
  ended(reason: ApprenticeError | undefined): void;
  /** Nobody has been here for a while. */
  empty(): void;
};

/** The bot's stay in the voice of one workspace: one session, whatever channel it is in. */
export class VoiceRoom {
  place: VoicePlace;
  readonly #parts: RoomParts;
  readonly #news: RoomNews;
  readonly #speakers: Speakers;
  /** Where the answers to what is being said go. */
  readonly #answers = new Map<
    string,
    { readonly pieces: SpokenPieces; readonly made: Promise<void> }
  >();
  #session: VoiceSession | undefined;
  #link: VoiceLink | undefined;
  #choices!: VoiceChoices;
  /** The users who are listened to. */
  #heard: ReadonlySet<string> = new Set();
  /** Whether anybody else is there, bots too. */
  #hasCompany = false;
  #present: ReadonlyMap<string, Person> = new Map();
  #looking: Promise<void> = Promise.resolve();
  #emptyTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(parts: RoomParts, news: RoomNews, place: VoicePlace) {
    this.place = place;
    this.#parts = parts;
    this.#news = news;
    this.#speakers = new Speakers(parts.speech.openDecoder, (userId, pcm) =>
      this.#session?.heard(personIdOf(userId), pcm),
    );
  }

  /** Joins. Throws `voice-*`. */
  static async open(parts: RoomParts, news: RoomNews, place: VoicePlace): Promise<VoiceRoom> {
    const room = new VoiceRoom(parts, news, place);
    try {
      await room.#openSession();
      await room.look();
      room.#link = await VoiceLink.open(
        {
          guildId: guildOf(place.workspace)!,
          botId: parts.gateway.botId,
          adapterCreator: parts.gateway.adapterCreator(guildOf(place.workspace)!),
          heard: {
            frame: (userId, frame) => room.#speakers.frame(userId, frame),
            takes: (userId) => room.#heard.has(userId),
          },
          times: parts.times,
          log: parts.log,
          closing: parts.closing,
          ended: (reason) => news.ended(reason),
        },
        room.#channelId,
        room.#hasCompany,
      );
      return room;
    } catch (error) {
      await room.close();
      throw error;
    }
  }

  get listens(): boolean {
    return this.#choices.listen && !this.#parts.speech.missing.includes("stt");
  }

  /** Goes to another channel of the guild; the conversation goes on. Throws `voice-*`. */
  async moveTo(place: VoicePlace): Promise<void> {
    this.#link?.refuseTooOften();
    this.place = place;
    await this.look();
    await this.#link?.moveTo(this.#channelId, this.#hasCompany);
  }

  /** A moderator moved the bot. What it was saying was meant for other ears. */
  async movedTo(channelId: string): Promise<void> {
    this.hush();
    this.place = { ...this.place, room: roomOf(channelId) };
    await this.look();
  }

  /** Somebody came, went, or chose not to be heard. */
  look(): Promise<void> {
    const look = (): Promise<void> => this.#look();
    this.#looking = this.#looking.then(look, look);
    return this.#looking;
  }

  /** The workspace's choices changed. */
  async refresh(): Promise<void> {
    const before = this.#choices;
    const after = await this.#parts.memory.choices(this.place.workspace);
    const keys = ["language", "speaker", "wakeName"] as const;
    if (keys.some((key) => before[key] !== after[key])) await this.#openSession();
    this.#choices = after;
    await this.look();
  }

  /**
   * Where the answer to a message is spoken: here, when it was said here, or when its author is here and
   * wrote it where everybody who listens may read: in the chat of the voice room, or in the channel from
   * which the bot was called.
   */
  hearer(message: Message): SpokenPieces | undefined {
    if (message.via === "voice") return this.#answers.get(message.id)?.pieces;
    const { id: personId } = message.person;
    const isReadHere = message.room === this.place.room || message.room === this.place.textRoom;
    if (!isReadHere || message.call !== undefined) return undefined;
    if (!this.#session || !this.#present.has(personId)) return undefined;
    if (this.#parts.speech.missing.includes("tts")) return undefined;
    const pieces = createPieces();
    const language = languageOf(message.text, message.language ?? "en");
    this.#session
      .say(pieces, { messageId: message.id, personId, language })
      .catch((thrown: unknown) => this.#news.failed(asApprenticeError(thrown)));
    return pieces;
  }

  hush(): void {
    this.#session?.hush();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#emptyTimer);
    this.#link?.close();
    this.#speakers.close();
    // An answer that is still being written goes on in writing; nobody waits to speak it.
    for (const { pieces } of this.#answers.values()) pieces.end();
    await this.#session?.close();
  }

  get #channelId(): string {
    return channelOf(this.place.room)!;
  }

  async #openSession(): Promise<void> {
    const { memory, settings, speech } = this.#parts;
    const choices = await memory.choices(this.place.workspace);
    this.#choices = choices;
    const previous = this.#session;
    this.#session = await speech.openSession({
      answer: (spoken, signal) => this.#answer(spoken, signal),
      sink: {
        isOpen: () => this.#link?.audible === true,
        play: (frame) => this.#link?.play(frame),
        speaking: (on) => on || this.#link?.stopSpeaking(),
      },
      settings: {
        ...settings,
        language: choices.language ?? settings.language,
        voice: choices.speaker ?? settings.voice,
        wakeNames: this.#names(choices),
      },
      on: (event) => this.#follow(event),
    });
    await previous?.close();
  }

  /** What people call the bot aloud. */
  #names({ wakeName }: VoiceChoices): readonly string[] {
    const { gateway, settings } = this.#parts;
    if (wakeName !== null) return [wakeName];
    const own = gateway.botName(guildOf(this.place.workspace)!);
    return [...new Set([...settings.wakeNames, own])];
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return;
    const { gateway, memory, roleOf } = this.#parts;
    const { workspace } = this.place;
    const everybody = await gateway.people(this.#channelId);
    this.#hasCompany = everybody.some(({ id }) => id !== personIdOf(gateway.botId));
    const people = everybody.filter(({ isBot }) => !isBot);
    const optedOut = await memory.optedOut(workspace);
    const heard = new Set<string>();
    for (const person of people) {
      const isOut = optedOut.has(person.id);
      this.#session?.setOptedOut(person.id, isOut);
      const mayTalk = mayActAs(await roleOf(workspace, person), this.#choices.talkers);
      if (this.listens && mayTalk && !isOut) heard.add(userOf(person.id)!);
    }
    this.#heard = heard;
    this.#present = new Map(people.map((person) => [person.id, person]));
    this.#session?.setPresent(people.map(({ id }) => id));
    await this.#speakers.setPresent(heard);
    this.#link?.listenAnew();
    clearTimeout(this.#emptyTimer);
    if (people.length > 0 || this.#isClosed) return;
    this.#emptyTimer = setTimeout(() => this.#news.empty(), this.#parts.times.emptyWait);
  }

  async *#answer(spoken: SpokenMessage, signal: AbortSignal): AsyncGenerator<string, void> {
    const person = this.#present.get(spoken.personId);
    if (!person) return;
    const message = messageOf(spoken, person, this.place);
    // What is received is also stored, so only what was really asked may be.
    if (spoken.isDraft) await this.#parts.prepare(message, signal);
    if (!(await spoken.confirmed)) return;
    const pieces = createPieces();
    const { outbound, answer } = spokenToo(this.#news.outbound(), pieces);
    const { promise: made, resolve } = Promise.withResolvers<void>();
    this.#answers.set(message.id, { pieces: answer, made });
    this.#parts
      .receive(message, outbound, signal)
      .catch((thrown: unknown) => this.#news.failed(asApprenticeError(thrown)))
      .finally(() => {
        pieces.end();
        resolve();
      });
    yield* pieces;
  }

  /** Once an answer is stored, what was not heard of it is taken out of the conversation. */
  async #keepHeard({
    messageId: spokenId,
    text,
    whole,
  }: Extract<VoiceEvent, { kind: "heard-prefix" }>): Promise<void> {
    const messageId = spokenMessageId(spokenId);
    const answer = this.#answers.get(messageId);
    if (!answer) return;
    await answer.made;
    this.#answers.delete(messageId);
    if (whole || this.#parts.speech.missing.includes("tts")) return;
    await this.#parts
      .keepHeard(this.place.workspace, messageId, text.trim())
      .catch((thrown: unknown) => this.#news.failed(asApprenticeError(thrown)));
  }

  #follow(event: VoiceEvent): void {
    if (this.#isClosed) return;
    if (event.kind === "transcript" && event.addressed) {
      const person = this.#present.get(event.personId);
      if (person) this.#news.understood(person, event.text);
    }
    if (event.kind === "heard-prefix") void this.#keepHeard(event);
    if (event.kind === "failed") this.#news.failed(event.error);
  }
}
