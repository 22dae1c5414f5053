import {
  joinVoiceChannel,
  VoiceConnectionDisconnectReason,
  VoiceConnectionStatus,
  type DiscordGatewayAdapterCreator,
  type Networking,
  type VoiceConnection,
  type VoiceConnectionState,
} from "@discordjs/voice";
import { ApprenticeError } from "../../../core/errors.ts";
import type { Log } from "../../../core/log.ts";
import { defaultJoinLimits, JoinLimiter, type JoinLimits } from "./join-limiter.ts";
import { installLibraryGuards } from "./library-guards.ts";
import { receiveFrames, type HeardFrames, type Receiving } from "./receive-frames.ts";

export type LinkTimes = JoinLimits & {
  /** Milliseconds a connection may take to become ready before it is asked for anew. */
  readonly patience: number;
  /** Milliseconds in which a disconnection may turn out to be a move. */
  readonly moveWait: number;
  /** Milliseconds for the encrypted group to take the bot in. */
  readonly groupWait: number;
};

export const defaultLinkTimes: LinkTimes = {
  ...defaultJoinLimits,
  patience: 20_000,
  moveWait: 5_000,
  groupWait: 3_000,
};

export type LinkParts = {
  readonly guildId: string;
  /** Tells the connections of several bots in one process apart. */
  readonly botId: string;
  readonly adapterCreator: DiscordGatewayAdapterCreator;
  readonly heard: HeardFrames;
  readonly times: LinkTimes;
  readonly log: Log;
  /** Ends the link, also one that is still being made. */
  readonly closing: AbortSignal;
  /**
   * The link broke after it had been ready, for good; the reason is for people. Without one, the main
   * connection to Discord is gone as a whole.
   */
  ended(reason: ApprenticeError | undefined): void;
};

/** Voice servers close with these when asking again can only do harm. */
const hopeless: ReadonlySet<number> = new Set([4021, 4022]);

/**
 * A connection to one guild's voice, with what @discordjs/voice leaves to its users: a limit on joining
 * again, a watchdog for a connection that never becomes ready, telling a kick from a move, and silence
 * until the call's encryption includes the bot.
 */
export class VoiceLink {
  readonly #connection: VoiceConnection;
  readonly #parts: LinkParts;
  readonly #limiter: JoinLimiter;
  readonly #receiving: Receiving;
  #watch: NodeJS.Timeout | undefined;
  #networking: Networking | undefined;
  #closeCode = 0;
  #ready = Promise.withResolvers<void>();
  readonly #onClosing = (): void => this.#lose(undefined);
  #isWaitedFor = true;
  #over = false;

  private constructor(parts: LinkParts, channelId: string) {
    installLibraryGuards();
    this.#parts = parts;
    this.#limiter = new JoinLimiter(parts.times);
    this.#connection = joinVoiceChannel({
      guildId: parts.guildId,
      group: parts.botId,
      channelId,
      selfDeaf: false,
      selfMute: false,
      adapterCreator: this.#limiter.guard(parts.adapterCreator),
    });
    this.#receiving = receiveFrames(this.#connection, parts.heard);
    this.#connection.on("stateChange", (_before, state) => this.#follow(state));
    this.#connection.on("error", (error) =>
      parts.log.debug("A voice connection met an error", { guild: parts.guildId, error }),
    );
    parts.closing.addEventListener("abort", this.#onClosing, { once: true });
    this.#follow(this.#connection.state);
  }

  /** Joins; `company`: others are there, so a call's encryption has to include the bot first. Throws `voice-*`. */
  static async open(parts: LinkParts, channelId: string, company: boolean): Promise<VoiceLink> {
    const link = new VoiceLink(parts, channelId);
    await link.#settle(company);
    return link;
  }

  /** Goes to another room of the guild. Throws `voice-too-often`, still in the old one, and `voice-*`. */
  async moveTo(channelId: string, company: boolean): Promise<void> {
    this.refuseTooOften();
    this.#ready = Promise.withResolvers();
    this.#isWaitedFor = true;
    this.#connection.rejoin({ channelId, selfDeaf: false, selfMute: false });
    this.#arm();
    await this.#settle(company);
  }

  /** Throws `voice-too-often` while Discord would take one more move for a flood. */
  refuseTooOften(): void {
    if (this.#limiter.exhausted()) throw new ApprenticeError("voice-too-often");
  }

  /** Whether what is played now reaches people: connected, and encrypted where the call is. */
  get audible(): boolean {
    const { state } = this.#connection;
    if (state.status !== VoiceConnectionStatus.Ready) return false;
    const { dave } = state.networking.state as { dave?: EncryptedSession };
    return !dave || dave.protocolVersion === 0 || dave.session?.ready === true;
  }

  /** Plays 20 ms of Opus at once. */
  play(frame: Uint8Array): void {
    if (!this.audible) return;
    const { buffer, byteOffset, byteLength } = frame;
    this.#connection.playOpusPacket(Buffer.from(buffer, byteOffset, byteLength));
  }

  /** Ends a burst; the first frame of the next begins it. */
  stopSpeaking(): void {
    this.#connection.setSpeaking(false);
  }

  /** Who is to be heard has changed. */
  listenAnew(): void {
    this.#receiving.listenAnew();
  }

  /** Leaves the room. */
  close(): void {
    this.#end();
  }

  async #settle(company: boolean): Promise<void> {
    try {
      await this.#ready.promise;
      if (company) await this.#encrypted();
    } finally {
      this.#isWaitedFor = false;
    }
  }

  /** Resolves when the call's encryption includes the bot, or when that takes too long. */
  async #encrypted(): Promise<void> {
    if (this.audible) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#parts.times.groupWait);
    const look = (): void => {
      if (this.audible) resolve();
    };
    this.#connection.on("transitioned", look);
    await promise;
    clearTimeout(timer);
    this.#connection.off("transitioned", look);
  }

  #follow(state: VoiceConnectionState): void {
    if (this.#over) return;
    this.#followNetworking(state);
    switch (state.status) {
      case VoiceConnectionStatus.Ready:
        clearTimeout(this.#watch);
        return this.#ready.resolve();
      case VoiceConnectionStatus.Signalling:
      case VoiceConnectionStatus.Connecting:
        return this.#arm();
      case VoiceConnectionStatus.Disconnected:
        return this.#disconnected(state.reason);
      case VoiceConnectionStatus.Destroyed:
        return this.#lose(undefined);
    }
  }

  #followNetworking(state: VoiceConnectionState): void {
    if (!("networking" in state) || state.networking === this.#networking) return;
    this.#networking = state.networking;
    // Before the library's own listener, which asks to join again.
    state.networking.prependOnceListener("close", (code) => {
      this.#closeCode = code;
      if (hopeless.has(code)) this.#lose(this.#refused());
    });
  }

  #disconnected(reason: VoiceConnectionDisconnectReason): void {
    if (reason === VoiceConnectionDisconnectReason.AdapterUnavailable) {
      return this.#lose(this.#refused());
    }
    if (reason !== VoiceConnectionDisconnectReason.WebSocketClose) return this.#arm();
    clearTimeout(this.#watch);
    const { moveWait } = this.#parts.times;
    this.#watch = setTimeout(() => this.#lose(new ApprenticeError("voice-removed")), moveWait);
  }

  #arm(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      const { rejoinAttempts } = this.#connection;
      if (rejoinAttempts >= this.#parts.times.mostPerMinute || this.#limiter.exhausted()) {
        return this.#lose(new ApprenticeError("voice-unreachable"));
      }
      this.#connection.rejoin();
      return this.#arm();
    }, this.#parts.times.patience);
  }

  #refused(): ApprenticeError {
    // The voice server said nothing: it was the way to it that failed.
    if (this.#closeCode === 0) return new ApprenticeError("voice-unreachable");
    return new ApprenticeError("voice-refused", { reason: this.#closeCode });
  }

  /** The connection is gone: whoever waits for it learns why, else whoever uses it. */
  #lose(reason: ApprenticeError | undefined): void {
    if (this.#over) return;
    this.#end();
    if (this.#isWaitedFor) this.#ready.reject(reason ?? new ApprenticeError("voice-unreachable"));
    else this.#parts.ended(reason);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#watch);
    this.#parts.closing.removeEventListener("abort", this.#onClosing);
    this.#receiving.stop();
    if (this.#connection.state.status !== VoiceConnectionStatus.Destroyed) {
      this.#connection.destroy();
    }
  }
}

/** What of the library's encrypted session matters here. */
type EncryptedSession = {
  readonly protocolVersion: number;
  readonly session?: { readonly ready: boolean };
};
