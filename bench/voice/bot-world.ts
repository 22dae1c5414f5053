import { openDiscordVoice } from "../../src/compose-discord-voice.ts";
import { newId } from "../../src/core/ids.ts";
import type { Outbound } from "../../src/core/platform.ts";
import { silenceFrame, type Speech } from "../../src/core/voice.ts";
import type { DiscordVoiceRooms } from "../../src/platforms/discord/voice/voice-rooms.ts";
import { modemSpeechToText, modemTextToSpeech } from "../../src/speech/modem/modem-engines.ts";
import { createSpeech } from "../../src/speech/speech.ts";
import type { VoiceDoubleOptions } from "../../test/doubles/discord-voice/server.ts";
import { LoopbackGuilds } from "../../test/platforms/discord/voice/loopback-guilds.ts";
import { hastyTimes } from "../../test/platforms/discord/voice/voice-world.ts";
import { runApp, type RunningApp } from "../../test/running-app.ts";
import { People } from "./people.ts";

/** The pause that ends what somebody says, in milliseconds. */
export const endpoint = 300;
/** Longer than this between two frames is a pause of the voice, in milliseconds. */
const pause = 200;

/** One guild with a voice room, a person in it, and the bot. */
export type Place = { readonly guildId: string; readonly userId: string };

/** The whole bot in this process; the voice server and the people who talk with it are in another. */
export class BotWorld {
  readonly people: People;
  /** Milliseconds between two frames that one session sent, since they were last forgotten. */
  gaps: number[] = [];
  readonly #bot: RunningApp;
  readonly #guilds: LoopbackGuilds;
  readonly #rooms: DiscordVoiceRooms;
  #places = 0;

  private constructor(bot: RunningApp, people: People, shortestPause: number) {
    this.#bot = bot;
    this.people = people;
    this.#guilds = new LoopbackGuilds(people);
    const speech = createSpeech({ stt: modemSpeechToText, tts: modemTextToSpeech });
    this.#rooms = openDiscordVoice({
      app: bot.app,
      gateway: this.#guilds,
      speech: { ...speech, openSession: (options) => this.#openSession(speech, options) },
      settings: {
        language: "auto",
        voice: "",
        wakeNames: ["Робо"],
        shortestPause,
        longestPause: 1_500,
      },
      times: hastyTimes,
    });
    bot.app.joinPlatform("discord", () => silent);
  }

  static async open(options: VoiceDoubleOptions = {}, shortestPause = endpoint): Promise<BotWorld> {
    const [bot, people] = await Promise.all([
      runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "100000" }),
      People.start(options),
    ]);
    return new BotWorld(bot, people, shortestPause);
  }

  /** Somebody enters a voice room of a guild of their own, calls the bot, and teaches it. */
  async place(lessons: readonly (readonly [string, string])[]): Promise<Place> {
    const number = String(this.#places++).padStart(4, "0");
    const [guildId, channelId, userId] = ["4", "5", "6"].map(
      (kind) => `${kind}0000000000000${number}`,
    );
    const place = { guildId: guildId!, userId: userId! };
    this.#guilds.addChannel(place.guildId, channelId!);
    this.#guilds.addPerson(place.userId, `Person ${number}`, "admin");
    await this.people.ask({ kind: "enter", channelId: channelId!, userId: place.userId });
    this.#guilds.place(place.guildId, place.userId, channelId!);
    await this.write(place, "!join");
    for (const [question, answer] of lessons)
      await this.write(place, `!teach ${question} => ${answer}`);
    return place;
  }

  async write({ guildId, userId }: Place, text: string): Promise<void> {
    await this.#bot.app.receive(
      {
        id: `discord:${newId()}`,
        platform: "discord",
        workspace: `discord:${guildId}`,
        room: `discord:${guildId}`,
        person: this.#guilds.person(userId),
        text,
        files: [],
        via: "text",
        addressed: true,
        sentAt: 0,
      },
      silent,
    );
  }

  /** The newest things said, and what is kept of their answers, oldest first. */
  async kept({ guildId }: Place, limit: number): Promise<readonly (string | null)[][]> {
    const turns = await this.#bot.app.turns.list(`discord:${guildId}`, `discord:${guildId}`, {
      limit,
    });
    return turns.map(({ prompt, answer }) => [prompt, answer]);
  }

  async close(): Promise<void> {
    await this.#rooms.close();
    await this.people.close();
    await this.#bot.close();
  }

  #openSession(
    speech: Speech,
    options: Parameters<Speech["openSession"]>[0],
  ): ReturnType<Speech["openSession"]> {
    let before = Number.NaN;
    const play = (frame: Uint8Array): void => {
      const at = performance.now();
      if (frame !== silenceFrame && at - before < pause) this.gaps.push(at - before);
      before = at;
      options.sink.play(frame);
    };
    return speech.openSession({ ...options, sink: { ...options.sink, play } });
  }
}

/** Nobody reads what is written in a bench. */
const silent: Outbound = {
  limits: { text: 2_000, editInterval: 1_000 },
  send: async () => `discord:${newId()}`,
  edit: async () => {},
};
