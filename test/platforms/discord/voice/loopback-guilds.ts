import type { DiscordGatewayAdapterCreator } from "@discordjs/voice";
import type { Person, Role } from "../../../../src/core/person.ts";
import type {
  VoiceChange,
  VoiceChannel,
  VoiceGateway,
} from "../../../../src/platforms/discord/voice/voice-gateway.ts";
import { Signalling, type VoiceServer } from "../../../doubles/discord-voice/signalling.ts";

let bots = 0;

/** Each world has a bot of its own: @discordjs/voice keeps its connections by bot and guild. */
const newBotId = (): string => `3000000000000${String(++bots).padStart(5, "0")}`;

/** Guilds with voice channels, and who is where: the main gateway's half of a loopback Discord. */
export class LoopbackGuilds implements VoiceGateway {
  readonly botId = newBotId();
  readonly signalling: Signalling;
  readonly #channels = new Map<string, VoiceChannel>();
  readonly #people = new Map<string, Person>([
    [this.botId, { id: `discord:${this.botId}`, name: "Robo", role: "member", isBot: true }],
  ]);
  /** The channel of each user in each guild, by `guild user`. */
  readonly #places = new Map<string, string>();
  readonly #listeners = new Set<(change: VoiceChange) => void>();

  constructor(double: VoiceServer) {
    this.signalling = new Signalling(double, this.botId);
    this.signalling.onPlaced = (guildId, channelId) => this.place(guildId, this.botId, channelId);
  }

  addChannel(guildId: string, id: string, changes: Partial<VoiceChannel> = {}): void {
    this.#channels.set(id, {
      id,
      guildId,
      name: `Room ${id.at(-1)}`,
      missing: [],
      isFull: false,
      ...changes,
    });
  }

  addPerson(userId: string, name: string, role: Role = "member", isBot = false): void {
    this.#people.set(userId, { id: `discord:${userId}`, name, role, isBot });
  }

  person(userId: string): Person {
    return this.#people.get(userId)!;
  }

  /** Somebody is in a channel now, or in none. */
  place(
    guildId: string,
    userId: string,
    channelId: string | null,
    { isMuted = false, isDeafened = false } = {},
  ): void {
    const key = `${guildId} ${userId}`;
    if (channelId === null) this.#places.delete(key);
    else this.#places.set(key, channelId);
    for (const listener of this.#listeners) {
      listener({ guildId, userId, channelId, isMuted, isDeafened, isAudience: false });
    }
  }

  botName(): string {
    return this.person(this.botId).name;
  }

  guildIds(): readonly string[] {
    return [...new Set([...this.#channels.values()].map(({ guildId }) => guildId))];
  }

  adapterCreator(guildId: string): DiscordGatewayAdapterCreator {
    return this.signalling.adapterCreator(guildId);
  }

  channelOf(guildId: string, userId: string): string | undefined {
    return this.#places.get(`${guildId} ${userId}`);
  }

  channel(channelId: string): VoiceChannel | undefined {
    return this.#channels.get(channelId);
  }

  async people(channelId: string): Promise<readonly Person[]> {
    return [...this.#places]
      .filter(([, place]) => place === channelId)
      .map(([key]) => this.#people.get(key.split(" ")[1]!)!);
  }

  async askToSpeak(): Promise<"speaks"> {
    return "speaks";
  }

  onChange(listener: (change: VoiceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
