import type { RemoteInfo } from "node:dgram";
import type { WebSocket } from "ws";
import { randomBytes } from "../../../src/core/clock.ts";
import type { ChannelMember, VoiceChannel, VoicePacket } from "./channel.ts";
import { FrameRefused, type ClientFrame } from "./client-frames.ts";
import type { Network } from "./network.ts";
import { closeCode, opcode, silenceFrame } from "./opcodes.ts";
import { readHeader, writePacket, type RtpHeader } from "./rtp.ts";
import { counterLength, seal, unseal, type TransportMode } from "./transport-cipher.ts";
import { u16, u8 } from "./mls-wire.ts";

/** What the main gateway told about a voice session before the client dialled. */
export type Admission = {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
};

export type SessionParts = {
  readonly admission: Admission;
  readonly channel: VoiceChannel;
  readonly network: Network;
  readonly ssrc: number;
  readonly encrypted: boolean;
  send(datagram: Buffer, to: RemoteInfo): void;
  complain(reason: string): void;
};

/** How many messages a session keeps for a client that resumes. */
const kept = 256;
/** RTP timestamps count samples at 48 kHz: 20 ms. */
const samplesPerFrame = 960;
/** Packets may overtake the message on the other socket that announces them. */
const mostUnannounced = 10;

/** One client in a voice channel: a websocket that may be lost and resumed, and a UDP address. */
export class ClientSession implements ChannelMember {
  readonly userId: string;
  readonly ssrc: number;
  speaking = 0;
  socket: WebSocket;
  readonly #parts: SessionParts;
  readonly #sent: { sequence: number; data: string | Buffer }[] = [];
  #sequence = 0;
  #address: RemoteInfo | undefined;
  #transport: { readonly mode: TransportMode; readonly key: Buffer } | undefined;
  #counter = 0;
  #unannounced = 0;
  #last: (RtpHeader & { readonly counter: number }) | undefined;

  constructor(parts: SessionParts, socket: WebSocket) {
    this.#parts = parts;
    this.userId = parts.admission.userId;
    this.ssrc = parts.ssrc;
    this.socket = socket;
  }

  get admission(): Admission {
    return this.#parts.admission;
  }

  get channel(): VoiceChannel {
    return this.#parts.channel;
  }

  sendJson(op: number, data: object): void {
    this.#sequence += 1;
    this.#send(JSON.stringify({ op, d: data, seq: this.#sequence }));
  }

  sendBinary(op: number, payload: Buffer): void {
    if (!this.#parts.encrypted) return;
    this.#sequence += 1;
    this.#send(Buffer.concat([u16(this.#sequence), u8(op), payload]));
  }

  /** Takes a text frame of an identified client. Throws `FrameRefused`. */
  take(frame: ClientFrame): void {
    switch (frame.op) {
      case opcode.heartbeat: {
        if (frame.d.seq_ack > this.#sequence)
          throw new FrameRefused(closeCode.undecodable, "a heartbeat confirms what was never sent");
        return this.socket.send(JSON.stringify({ op: opcode.heartbeatAck, d: { t: frame.d.t } }));
      }
      case opcode.selectProtocol:
        return this.#select(frame.d.data);
      case opcode.speaking: {
        this.#needTransport();
        if (frame.d.ssrc !== this.ssrc)
          throw new FrameRefused(
            closeCode.undecodable,
            "speaking with the source of somebody else",
          );
        return this.channel.speak(this, frame.d.speaking);
      }
      case opcode.transitionReady:
        return this.channel.group?.ready(this, frame.d.transition_id);
      case opcode.invalidCommit:
        return this.channel.invalid(this);
      case opcode.identify:
      case opcode.resume:
        throw new FrameRefused(closeCode.alreadyAuthenticated, "identified twice");
    }
  }

  /** Takes a binary frame: the operation, then its payload. Throws `FrameRefused`. */
  takeBinary(frame: Buffer): void {
    this.#needTransport();
    const { group } = this.channel;
    if (!group) throw new FrameRefused(closeCode.unknownOpcode, "encryption in a plain channel");
    const payload = frame.subarray(1);
    try {
      if (frame[0] === opcode.keyPackage) group.keyPackage(this, payload);
      else if (frame[0] === opcode.commitWelcome) group.commit(this, payload);
      else throw new FrameRefused(closeCode.unknownOpcode, `unknown operation ${frame[0]}`);
    } catch (error) {
      if (error instanceof RangeError) throw new FrameRefused(closeCode.badRequest, error.message);
      throw error;
    }
  }

  /** Goes on over a new socket with what was sent after `confirmed`. */
  resume(socket: WebSocket, confirmed: number): void {
    this.socket = socket;
    socket.send(JSON.stringify({ op: opcode.resumed, d: null }));
    for (const { sequence, data } of this.#sent) if (sequence > confirmed) socket.send(data);
  }

  discover(from: RemoteInfo): void {
    this.#address = from;
    const reply = Buffer.alloc(74);
    reply.writeUInt16BE(2, 0);
    reply.writeUInt16BE(70, 2);
    reply.writeUInt32BE(this.ssrc, 4);
    reply.write(from.address, 8);
    reply.writeUInt16BE(from.port, 72);
    this.#parts.send(reply, from);
  }

  /** Takes a client's voice packet, checks it, and passes the frame in it on. */
  takePacket(packet: Buffer, from: RemoteInfo): void {
    if (!this.#transport) return this.#parts.complain("voice before a protocol was selected");
    if (from.port !== this.#address?.port)
      return this.#parts.complain("voice from an undiscovered address");
    try {
      const { length, ...header } = readHeader(packet);
      if (packet.length < length + counterLength) throw new RangeError("no encrypted body");
      const { counter, body } = unseal(this.#transport.mode, this.#transport.key, packet, length);
      this.#checkOrder({ ...header, counter });
      this.#checkFrame(body);
      this.channel.forward({ ...header, from: this, payload: body });
    } catch (error) {
      this.#parts.complain(error instanceof RangeError ? error.message : "voice is not authentic");
    }
  }

  deliver({ from, payload, sequence, timestamp }: VoicePacket): void {
    if (!this.#transport || !this.#address) return;
    const padding = this.#parts.network.padding();
    const { header, body } = writePacket(
      { sequence, timestamp, ssrc: from.ssrc },
      payload,
      padding,
    );
    this.#counter += 1;
    const { mode, key } = this.#transport;
    this.#parts.send(seal(mode, key, this.#counter, header, body), this.#address);
  }

  #select({ address, port, mode }: { address: string; port: number; mode: TransportMode }): void {
    if (this.#transport) throw new FrameRefused(closeCode.undecodable, "selected a protocol twice");
    if (address !== this.#address?.address || port !== this.#address.port)
      throw new FrameRefused(closeCode.unknownProtocol, "an address that was not discovered");
    this.#transport = { mode, key: randomBytes(32) };
    const description = {
      mode,
      secret_key: [...this.#transport.key],
      dave_protocol_version: this.#parts.encrypted ? 1 : 0,
      audio_codec: "opus",
      media_session_id: this.admission.sessionId,
    };
    this.#sequence += 1;
    this.#send(
      JSON.stringify({ op: opcode.sessionDescription, d: description, seq: this.#sequence }),
    );
    this.channel.join(this);
  }

  /** A nonce used twice would give the keystream away; RTP numbers go up by one frame each. */
  #checkOrder(next: RtpHeader & { readonly counter: number }): void {
    const last = this.#last;
    this.#last = next;
    this.#unannounced = this.speaking === 0 ? this.#unannounced + 1 : 0;
    if (this.#unannounced > mostUnannounced)
      throw new RangeError("voice without saying so (operation 5)");
    if (!last) return;
    if (next.counter <= last.counter) throw new RangeError("a nonce was used twice");
    if (next.sequence !== ((last.sequence + 1) & 0xffff))
      throw new RangeError("sequence numbers have a hole");
    if (next.timestamp !== (last.timestamp + samplesPerFrame) % 2 ** 32)
      throw new RangeError("timestamps do not count 20 ms frames");
  }

  #checkFrame(frame: Buffer): void {
    if (frame.length === 0) throw new RangeError("an empty frame");
    if (!this.channel.group?.userIds.includes(this.userId) || frame.equals(silenceFrame)) return;
    if (frame.subarray(-2).toString("hex") !== "fafa")
      throw new RangeError("a frame without end-to-end encryption in an encrypted call");
  }

  #needTransport(): void {
    if (!this.#transport)
      throw new FrameRefused(closeCode.notAuthenticated, "no protocol was selected");
  }

  #send(data: string | Buffer): void {
    this.#sent.push({ sequence: this.#sequence, data });
    if (this.#sent.length > kept) this.#sent.shift();
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(data);
  }
}
