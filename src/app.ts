import type { SpeechParts } from "./compose-speech.ts";
import type { Config } from "./config.ts";
import type { AskAnswer } from "./core/ask.ts";
import type { Log } from "./core/log.ts";
import type { VoiceRooms } from "./core/voice-rooms.ts";
import type { PlatformName } from "./core/message.ts";
import type { PlatformNotes, Prepare, Reach, Receive } from "./core/platform.ts";
import type { Follow } from "./bot/follow.ts";
import type { Reaches } from "./bot/reach.ts";
import type { RoomQueues } from "./bot/rooms.ts";
import type { RunCommand } from "./bot/run-command.ts";
import type { CommandParts, StatusLine } from "./commands/context.ts";
import type { Memories } from "./learning/memories.ts";
import type { LanguageModel } from "./models/model.ts";
import type { Database } from "./storage/database.ts";

/** The whole of Apprentice without a place where people are: what every platform is given. */
export type App = CommandParts & {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly memories: Memories;
  readonly model: LanguageModel | undefined;
  readonly receive: Receive;
  readonly prepare: Prepare;
  readonly runCommand: RunCommand;
  readonly rooms: RoomQueues;
  readonly spoken: SpeechParts;
  /** For messages that were edited or deleted after they came. */
  readonly follow: Follow;
  /** A way into a room of any platform that is connected. */
  readonly reach: Reach;
  readonly joinPlatform: Reaches["join"];
  /** A platform's voice rooms, for commands and for answers that are spoken too. */
  attachVoice(rooms: VoiceRooms | undefined): void;
  /** Tells other processes where the console listens, and `status` where it has pages. */
  announceConsole(url: string, hasPages?: boolean): Promise<void>;
  /** What recall alone says to a prompt, or to many, without a conversation. */
  ask(workspace: string, prompt: string): Promise<AskAnswer>;
  askAll(workspace: string, prompts: readonly string[]): AsyncIterable<AskAnswer>;
  /** Opens the encoder that was chosen since. */
  reopenEncoder(): void;
  /** Lets a chat platform say in `status` how it is doing. */
  reportPlatform(name: PlatformName, state: () => StatusLine): void;
  /** Begins to work on the jobs that wait, and tells people how they go. */
  work(): void;
  /** What a platform has to remember over a restart. */
  notesFor(platform: PlatformName): PlatformNotes;
  /** Gives everything of a workspace another name; `false` when that one has knowledge of its own. */
  renameWorkspace(from: string, to: string): Promise<boolean>;
  /** Finishes what was acknowledged, then closes everything in reverse order. */
  close(): Promise<void>;
};
