import type { DiscordGatewayAdapterCreator } from "@discordjs/voice";
import { elapsed, random } from "../../../core/clock.ts";

export type JoinLimits = {
  /** Requests to join within a minute. */
  readonly mostPerMinute: number;
  /** Milliseconds before the second request of a minute; each further one waits twice as long. */
  readonly firstWait: number;
};

export const defaultJoinLimits: JoinLimits = { mostPerMinute: 5, firstWait: 500 };

const minute = 60_000;

type VoiceStateRequest = { readonly d: { readonly channel_id: string | null } };

/**
 * Keeps a voice connection from asking to join too often: @discordjs/voice asks again at once, without
 * end, whenever a voice server closes it for good (hundreds of times a second where encryption fails),
 * and Discord bans clients that flood its gateway. Leaving is never held back.
 */
export class JoinLimiter {
  readonly #limits: JoinLimits;
  readonly #asked: number[] = [];
  #waiting: NodeJS.Timeout | undefined;

  constructor(limits: JoinLimits) {
    this.#limits = limits;
  }

  /** Whether one more request would be refused now. */
  exhausted(): boolean {
    const oldest = elapsed() - minute;
    while (this.#asked.length > 0 && this.#asked[0]! < oldest) this.#asked.shift();
    return this.#asked.length >= this.#limits.mostPerMinute;
  }

  /** The same way to the gateway, behind the limit. */
  guard(createAdapter: DiscordGatewayAdapterCreator): DiscordGatewayAdapterCreator {
    return (methods) => {
      const adapter = createAdapter(methods);
      return {
        sendPayload: (payload: VoiceStateRequest) => {
          clearTimeout(this.#waiting);
          if (payload.d.channel_id === null) return adapter.sendPayload(payload);
          if (this.exhausted()) return false;
          const wait = this.#wait();
          this.#asked.push(elapsed());
          if (wait === 0) return adapter.sendPayload(payload);
          this.#waiting = setTimeout(() => adapter.sendPayload(payload), wait);
          return true;
        },
        destroy: () => {
          clearTimeout(this.#waiting);
          adapter.destroy();
        },
      };
    };
  }

  #wait(): number {
    const before = this.#asked.length;
    if (before === 0) return 0;
    return this.#limits.firstWait * 2 ** (before - 1) * (1 + random() / 4);
  }
}
