import { EventEmitter } from "node:events";
import Davey from "@snazzah/davey";
import { sleep } from "../../../src/core/clock.ts";
import type { ChannelMember, VoiceChannel, VoicePacket } from "./channel.ts";
import { opcode, silenceFrame } from "./opcodes.ts";

/** What a person in a voice channel notices. */
type PersonEvents = {
  /** An Opus frame of somebody else, decrypted. */
  readonly frame: [frame: Buffer, from: string, sequence: number];
  readonly speaking: [userId: string, speaking: number];
  readonly undecryptable: [];
};

/** How many silence frames end a burst of speech. */
const silenceFrames = 5;
const frameMilliseconds = 20;

/** A simulated member of a voice channel with encryption of its own, as Discord's own clients have it. */
export class SimulatedPerson extends EventEmitter<PersonEvents> implements ChannelMember {
  readonly userId: string;
  readonly ssrc: number;
  speaking = 0;
  /** Whether this person's client answers proposals with commits, as all do that are awake. */
  commits = true;
  readonly #channel: VoiceChannel;
  readonly #session: Davey.DAVESession | undefined;
  readonly #known = new Set<string>();
  #sequence = 65_500;
  #timestamp = 4_294_960_000;

  constructor(userId: string, ssrc: number, channel: VoiceChannel) {
    super();
    this.userId = userId;
    this.ssrc = ssrc;
    this.#channel = channel;
    this.#session = channel.group
      ? new Davey.DAVESession(Davey.DAVE_PROTOCOL_VERSION, userId, channel.id)
      : undefined;
    channel.join(this);
    this.#sendKeyPackage();
  }

  /** The code two people compare to know that nobody listens in. */
  get privacyCode(): string {
    return this.#session?.voicePrivacyCode ?? "";
  }

  /** Speaks Opus frames of 20 ms each in real time, then silence, as Discord's clients end a burst. */
  async say(frames: readonly Buffer[], signal?: AbortSignal): Promise<void> {
    this.speak(true);
    let due = performance.now();
    const silence = Array.from({ length: silenceFrames }, () => silenceFrame);
    for (const frame of [...frames, ...silence]) {
      if (signal?.aborted) break;
      this.sendFrame(frame);
      due += frameMilliseconds;
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
    }
    this.speak(false);
  }

  speak(on: boolean): void {
    this.#channel.speak(this, on ? 1 : 0);
  }

  sendFrame(frame: Buffer): void {
    const session = this.#session;
    const payload =
      session?.ready && !frame.equals(silenceFrame) ? session.encryptOpus(frame) : frame;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + 960) % 2 ** 32;
    this.#channel.forward({
      from: this,
      payload,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
    });
  }

  leave(): void {
    this.#channel.leave(this);
  }

  deliver({ from, payload, sequence }: VoicePacket): void {
    const frame = this.#decrypt(from.userId, payload);
    if (frame) this.emit("frame", frame, from.userId, sequence);
  }

  sendJson(op: number, data: Record<string, unknown>): void {
    switch (op) {
      case opcode.clientsConnect:
        for (const userId of data["user_ids"] as string[]) this.#known.add(userId);
        break;
      case opcode.clientDisconnect:
        this.#known.delete(String(data["user_id"]));
        break;
      case opcode.speaking:
        this.emit("speaking", String(data["user_id"]), Number(data["speaking"]));
        break;
      case opcode.prepareEpoch:
        this.#session?.reinit(Davey.DAVE_PROTOCOL_VERSION, this.userId, this.#channel.id);
        queueMicrotask(() => this.#sendKeyPackage());
        break;
      default:
        break;
    }
  }

  sendBinary(op: number, payload: Buffer): void {
    const session = this.#session;
    if (!session) return;
    if (op === opcode.externalSender) session.setExternalSender(payload);
    if (op === opcode.proposals) this.#answerProposals(session, payload);
    if (op === opcode.announceCommit || op === opcode.welcome) {
      const transition = payload.readUInt16BE(0);
      try {
        if (op === opcode.welcome) session.processWelcome(payload.subarray(2));
        else session.processCommit(payload.subarray(2));
        queueMicrotask(() => this.#channel.group?.ready(this, transition));
      } catch {
        this.#rejoin();
      }
    }
  }

  #answerProposals(session: Davey.DAVESession, payload: Buffer): void {
    const operation = payload.readUInt8(0);
    const { commit, welcome } = session.processProposals(operation, payload.subarray(1), [
      ...this.#known,
    ]);
    if (!commit || !this.commits) return;
    const answer = welcome ? Buffer.concat([commit, welcome]) : commit;
    queueMicrotask(() => this.#channel.group?.commit(this, answer));
  }

  #rejoin(): void {
    this.#channel.invalid(this);
    this.#session?.reinit(Davey.DAVE_PROTOCOL_VERSION, this.userId, this.#channel.id);
    queueMicrotask(() => this.#sendKeyPackage());
  }

  #sendKeyPackage(): void {
    if (!this.#session || !this.#channel.members.has(this)) return;
    this.#channel.group?.keyPackage(this, this.#session.getSerializedKeyPackage());
  }

  #decrypt(userId: string, payload: Buffer): Buffer | undefined {
    if (!this.#session?.ready || payload.equals(silenceFrame)) return payload;
    try {
      return this.#session.decrypt(userId, 0, payload);
    } catch {
      this.emit("undecryptable");
      return undefined;
    }
  }
}
