import type {
  DiscordGatewayAdapterCreator,
  DiscordGatewayAdapterLibraryMethods,
} from "@discordjs/voice";
import { newId } from "../../../src/core/ids.ts";
import type { DiscordVoiceDouble } from "./server.ts";

/** A voice server as the main gateway sees it; it may run in another process. */
export type VoiceServer = Pick<DiscordVoiceDouble, "admit" | "dismiss" | "endpoint">;

/** What a client asks of the main gateway with operation 4. */
export type VoiceStateRequest = {
  readonly guild_id: string;
  readonly channel_id: string | null;
  readonly self_mute: boolean;
  readonly self_deaf: boolean;
};

/**
 * The voice half of Discord's main gateway for one client: it answers operation 4 with
 * VOICE_STATE_UPDATE and VOICE_SERVER_UPDATE and admits the client to the voice double.
 */
export class Signalling {
  /** What was asked, in order. */
  readonly requests: VoiceStateRequest[] = [];
  /** No answer comes, as when Discord is in trouble. */
  silent = false;
  /** Told of every channel the client is put into. */
  onPlaced: (guildId: string, channelId: string | null) => void = () => {};
  readonly #double: VoiceServer;
  readonly #userId: string;
  readonly #clients = new Map<string, DiscordGatewayAdapterLibraryMethods>();
  readonly #sessions = new Map<string, string>();

  constructor(double: VoiceServer, userId: string) {
    this.#double = double;
    this.#userId = userId;
  }

  adapterCreator(guildId: string): DiscordGatewayAdapterCreator {
    return (client) => {
      this.#clients.set(guildId, client);
      return {
        sendPayload: (payload: { readonly d: VoiceStateRequest }) => {
          this.requests.push(payload.d);
          if (!this.silent) setImmediate(() => this.place(guildId, payload.d.channel_id));
          return true;
        },
        destroy: () => this.#clients.delete(guildId),
      };
    };
  }

  /** Puts the client into a channel or, with `null`, out of all, as a moderator can. */
  place(guildId: string, channelId: string | null): void {
    const client = this.#clients.get(guildId);
    const sessionId = this.#sessions.get(guildId) ?? newId();
    this.#sessions.set(guildId, sessionId);
    const state = {
      guild_id: guildId,
      channel_id: channelId,
      user_id: this.#userId,
      session_id: sessionId,
      self_deaf: false,
      self_mute: false,
      deaf: false,
      mute: false,
      self_video: false,
      suppress: false,
      request_to_speak_timestamp: null,
    };
    client?.onVoiceStateUpdate(state);
    this.onPlaced(guildId, channelId);
    this.#double.dismiss(sessionId);
    if (channelId === null) {
      this.#sessions.delete(guildId);
      return;
    }
    const token = newId();
    this.#double.admit({ guildId, channelId, userId: this.#userId, sessionId, token });
    client?.onVoiceServerUpdate({ token, guild_id: guildId, endpoint: this.#double.endpoint });
  }
}
