import type { Language } from "./language.ts";
import type { Message } from "./message.ts";
import type { Role } from "./person.ts";

/** How the bot listens and speaks in a workspace's voice rooms; `null` where nobody has said. */
export type VoiceChoices = {
  /** The language people speak, e.g. `ru-RU`, or `auto`. */
  readonly language: string | null;
  /** The name of the voice, as the engine that speaks calls it. */
  readonly speaker: string | null;
  /** Whether it listens at all; otherwise it only reads its answers out. */
  readonly listen: boolean;
  /** What it is called there. */
  readonly wakeName: string | null;
  /** The least role that may speak to it. */
  readonly talkers: Role;
};

/** A voice room the bot is in, or wants to be in again after a restart. */
export type VoicePlace = {
  readonly workspace: string;
  /** The voice room's id, e.g. `discord:5678`. */
  readonly room: string;
  /** The room whose conversation goes on by voice, where transcripts are written. */
  readonly textRoom: string;
  /** Of whoever called the bot: news of the room are written in it. */
  readonly language: Language;
};

/** What is kept about voice between two runs. */
export type VoiceMemory = {
  choices(workspace: string): Promise<VoiceChoices>;
  choose(workspace: string, choices: Partial<VoiceChoices>): Promise<void>;
  /** The persons who do not want to be heard there. */
  optedOut(workspace: string): Promise<ReadonlySet<string>>;
  setOptedOut(workspace: string, person: string, out: boolean): Promise<void>;
  places(): Promise<readonly VoicePlace[]>;
  keepPlace(place: VoicePlace): Promise<void>;
  forgetPlace(workspace: string): Promise<void>;
};

/** Who asks for something about voice, and where. */
export type VoiceCaller = {
  readonly workspace: string;
  readonly personId: string;
  readonly textRoom: string;
  readonly language: Language;
};

/** The voice rooms of a platform. */
export type VoiceRooms = {
  /** Joins the voice room the caller is in; moves there from another. Gives its name. Throws `voice-*`. */
  join(caller: VoiceCaller): Promise<string>;
  /** Leaves the workspace's voice room and gives its name. Throws `voice-not-joined`. */
  leave(workspace: string): Promise<string>;
  /** The name of the voice room the bot is in there. */
  current(workspace: string): string | undefined;
  /** Takes over choices and opt-outs that were changed. */
  refresh(workspace: string): Promise<void>;
  /** Where the answer to a message is to be spoken, if anywhere. */
  hearer(message: Message): SpokenPieces | undefined;
};

/** Takes an answer's text as it is being made. */
export type SpokenPieces = {
  piece(text: string): void;
  end(): void;
};
