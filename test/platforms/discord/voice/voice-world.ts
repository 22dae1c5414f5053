import assert from "node:assert/strict";
import { openDiscordVoice } from "../../../../src/compose-discord-voice.ts";
import { sleep } from "../../../../src/core/clock.ts";
import { newId } from "../../../../src/core/ids.ts";
import type { Role } from "../../../../src/core/person.ts";
import type { Outbound } from "../../../../src/core/platform.ts";
import type { Reply } from "../../../../src/core/reply.ts";
import type { VoiceSettings } from "../../../../src/core/voice.ts";
import { defaultLinkTimes } from "../../../../src/platforms/discord/voice/voice-link.ts";
import type { RoomTimes } from "../../../../src/platforms/discord/voice/voice-room.ts";
import type { DiscordVoiceRooms } from "../../../../src/platforms/discord/voice/voice-rooms.ts";
import {
  modemSpeechToText,
  modemTextToSpeech,
} from "../../../../src/speech/modem/modem-engines.ts";
import { createSpeech } from "../../../../src/speech/speech.ts";
import {
  DiscordVoiceDouble,
  type VoiceDoubleOptions,
} from "../../../doubles/discord-voice/server.ts";
import { runApp, type RunningApp } from "../../../running-app.ts";
import { LoopbackGuilds } from "./loopback-guilds.ts";
import { createTalker, type Talker } from "./talker.ts";

export const guild = "100000000000000000";
export const otherGuild = "110000000000000000";
export const room = "100000000000000009";
export const otherRoom = "100000000000000008";
export const foreignRoom = "110000000000000009";
export const textRoom = "discord:100000000000000005";

const settings: VoiceSettings = {
  language: "auto",
  voice: "",
  wakeNames: ["Робо"],
  shortestPause: 300,
  longestPause: 1_500,
};
/** Milliseconds until a test gives up waiting for something to be written. */
const longestWait = 10_000;

export const hastyTimes: RoomTimes = {
  ...defaultLinkTimes,
  firstWait: 2,
  patience: 2_000,
  moveWait: 50,
  emptyWait: 20,
};

export type VoiceWorldOptions = VoiceDoubleOptions & {
  readonly environment?: NodeJS.ProcessEnv;
  readonly times?: Partial<RoomTimes>;
  readonly missing?: readonly ("stt" | "tts")[];
  /** Milliseconds of silence that end what somebody says. */
  readonly shortestPause?: number;
};

/** The whole bot in a loopback Discord with two guilds, three voice rooms and people who talk. */
export class VoiceWorld {
  readonly bot: RunningApp;
  readonly double: DiscordVoiceDouble;
  readonly guilds: LoopbackGuilds;
  /** What was written, by room, in order. */
  readonly written = new Map<string, Reply[]>();
  rooms!: DiscordVoiceRooms;
  readonly #options: VoiceWorldOptions;
  readonly #talkers: Talker[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(bot: RunningApp, double: DiscordVoiceDouble, options: VoiceWorldOptions) {
    this.bot = bot;
    this.double = double;
    this.guilds = new LoopbackGuilds(double);
    this.#options = options;
    this.guilds.addChannel(guild, room, { name: "Lounge" });
    this.guilds.addChannel(guild, otherRoom, { name: "Workshop" });
    this.guilds.addChannel(otherGuild, foreignRoom, { name: "Elsewhere" });
  }

  static async open(options: VoiceWorldOptions = {}): Promise<VoiceWorld> {
    const [bot, double] = await Promise.all([
      runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "100000", ...options.environment }),
      DiscordVoiceDouble.start(options),
    ]);
    const world = new VoiceWorld(bot, double, options);
    world.connect();
    return world;
  }

  /** The bot's connection to Discord begins. */
  connect(): void {
    const { missing = [], shortestPause = settings.shortestPause } = this.#options;
    this.rooms = openDiscordVoice({
      app: this.bot.app,
      gateway: this.guilds,
      speech: createSpeech({
        stt: missing.includes("stt") ? undefined : modemSpeechToText,
        tts: missing.includes("tts") ? undefined : modemTextToSpeech,
      }),
      settings: { ...settings, shortestPause },
      times: { ...hastyTimes, ...this.#options.times },
    });
    this.bot.app.joinPlatform("discord", (name) => this.#outbound(name));
  }

  /** Somebody enters a voice channel; they talk by sound. */
  async enter(
    userId: string,
    name: string,
    channelId = room,
    role: Role = "member",
  ): Promise<Talker> {
    this.guilds.addPerson(userId, name, role);
    const isJoined =
      this.guilds.channelOf(this.#guildOf(channelId), this.guilds.botId) === channelId;
    const switched = isJoined
      ? this.double.next(channelId, ({ kind }) => kind === "switched")
      : undefined;
    const talker = await createTalker(this.double.enter(channelId, userId));
    this.#talkers.push(talker);
    this.guilds.place(this.#guildOf(channelId), userId, channelId);
    await switched;
    return talker;
  }

  leave(talker: Talker, channelId = room): void {
    talker.person.leave();
    this.guilds.place(this.#guildOf(channelId), talker.person.userId, null);
  }

  /** Somebody writes in a text room; gives what came back. */
  async write(
    userId: string,
    text: string,
    guildId = guild,
    name = textRoomOf(guildId),
  ): Promise<string> {
    const before = this.#in(name).length;
    await this.bot.app.receive(
      {
        id: `discord:${newId()}`,
        platform: "discord",
        workspace: `discord:${guildId}`,
        room: name,
        person: this.guilds.person(userId),
        text,
        files: [],
        via: "text",
        addressed: true,
        sentAt: 0,
      },
      this.#outbound(name),
    );
    return this.#in(name)
      .slice(before)
      .map((reply) => reply.text)
      .join("\n");
  }

  /** Everything written in a room so far. */
  log(name = textRoom): readonly string[] {
    return this.#in(name).map(({ text }) => text);
  }

  /** Resolves with something that fits once it has been written in a room. */
  async reads(pattern: RegExp, name = textRoom): Promise<string> {
    const find = () => this.log(name).find((text) => pattern.test(text));
    await this.until(() => find() !== undefined);
    return find()!;
  }

  /** Resolves when a condition holds that depends on what has been written. */
  async until(holds: () => boolean): Promise<void> {
    const end = performance.now() + longestWait;
    while (!holds()) {
      if (performance.now() > end)
        throw new Error(`Waited in vain; written: ${this.log().join("\n")}`);
      const written = new Promise<void>((resolve) => this.#waiting.add(resolve));
      await Promise.race([written, sleep(longestWait / 20)]);
    }
  }

  /** Resolves when the bot is in no voice channel of the first guild. */
  async left(): Promise<void> {
    while (this.rooms.current(`discord:${guild}`) !== undefined) await new Promise(setImmediate);
  }

  /** Resolves when a packet of a person has come to the bot. */
  async heardFrom(userId: string, channelId = room): Promise<void> {
    const member = [...this.double.channel(channelId).members].find(
      (other) => other.userId === userId,
    );
    while (member?.speaking === 0) await new Promise(setImmediate);
  }

  /** The process ends without a word; Discord notices only that its sockets are gone. */
  async kill(): Promise<void> {
    await this.rooms.close();
    await this.bot.restart();
  }

  /** The bot starts again over the same data. */
  async rise(): Promise<void> {
    this.connect();
    await this.rooms.start();
  }

  async close(): Promise<void> {
    await this.rooms.close();
    for (const talker of this.#talkers) talker.close();
    await this.double.close();
    await this.bot.close();
  }

  #guildOf(channelId: string): string {
    return this.guilds.channel(channelId)!.guildId;
  }

  #in(name: string): Reply[] {
    const replies = this.written.get(name) ?? [];
    this.written.set(name, replies);
    return replies;
  }

  #outbound(name: string): Outbound {
    const replies = this.#in(name);
    const tell = (): void => {
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    };
    return {
      limits: { text: 2_000, editInterval: 1_000 },
      async send(reply) {
        replies.push(reply);
        tell();
        return `${name}/${replies.length - 1}`;
      },
      async edit(messageId, reply) {
        replies[Number(messageId.split("/").at(-1))] = reply;
        tell();
      },
    };
  }
}

/** Where people of a guild write. */
const textRoomOf = (guildId: string): string =>
  guildId === guild ? textRoom : `discord:${guildId}`;

/** Runs a scene in a world of its own; what the bot sent must have been right. */
export async function inVoiceWorld(
  run: (world: VoiceWorld) => Promise<void>,
  options?: VoiceWorldOptions,
): Promise<void> {
  const world = await VoiceWorld.open(options);
  try {
    await run(world);
    assert.deepEqual(world.double.complaints, []);
  } finally {
    await world.close();
  }
}
