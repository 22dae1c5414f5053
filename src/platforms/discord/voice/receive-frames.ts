import { EndBehaviorType, type VoiceConnection } from "@discordjs/voice";
import { JitterBuffer } from "./jitter-buffer.ts";

/** What arrives from people in a voice room. */
export type HeardFrames = {
  /** One Opus frame of a person, in order; `undefined`: one was lost. */
  frame(userId: string, frame: Uint8Array | undefined): void;
  /** Whether anything of this person is taken at all. */
  takes(userId: string): boolean;
};

export type Receiving = {
  /** Looks again at who is to be heard of those who are speaking now. */
  listenAnew(): void;
  stop(): void;
};

type UdpReceiver = { onUdpMessage: (packet: Buffer) => void };

/** Bytes of an RTP header, and where the number and the source stand in it (RFC 3550). */
const headerLength = 12;
const sequenceAt = 2;
const sourceAt = 8;

/** Packets kept of a source of which nobody has said yet whose it is, and so many such sources. */
const mostEarly = 50;
const mostUnknown = 32;

/**
 * Gives each person's Opus frames in order. Subscribes in the very event that tells of the first
 * packet: a moment later the first word would be lost.
 */
export function receiveFrames(connection: VoiceConnection, heard: HeardFrames): Receiving {
  const { receiver } = connection;
  const buffers = inOrder(connection, heard);

  const subscribe = (userId: string): void => {
    const stream = receiver.subscribe(userId, { end: { behavior: EndBehaviorType.Manual } });
    stream.on("data", (frame: Buffer) => {
      if (heard.takes(userId)) heard.frame(userId, frame);
      else stream.destroy();
    });
    // The next packet of this person subscribes anew.
    stream.on("error", () => stream.destroy());
  };
  const begin = (userId: string): void => {
    if (!heard.takes(userId)) return;
    if (!receiver.subscriptions.has(userId)) subscribe(userId);
  };
  receiver.speaking.on("start", begin);
  return {
    listenAnew() {
      for (const userId of receiver.speaking.users.keys()) begin(userId);
    },
    stop() {
      receiver.speaking.off("start", begin);
      for (const stream of receiver.subscriptions.values()) stream.destroy();
      for (const buffer of buffers.values()) buffer.close();
      buffers.clear();
    },
  };
}

/**
 * Lets the library see the packets of each source in the order of their numbers. Before it decrypts
 * them: end-to-end encryption takes nothing older than the first packet that it took.
 */
function inOrder(
  { receiver }: VoiceConnection,
  heard: HeardFrames,
): Map<number, JitterBuffer<Buffer>> {
  const buffers = new Map<number, JitterBuffer<Buffer>>();
  const library = receiver as unknown as UdpReceiver;
  const take = library.onUdpMessage;
  const bufferOf = (source: number, userId: string): JitterBuffer<Buffer> => {
    const known = buffers.get(source);
    if (known) return known;
    const buffer = new JitterBuffer<Buffer>((packet) =>
      packet ? take(packet) : heard.frame(userId, undefined),
    );
    buffers.set(source, buffer);
    return buffer;
  };
  // A first word may come before the news whose it is: they travel on different ways.
  const early = new Map<number, Buffer[]>();
  receiver.ssrcMap.on("create", ({ audioSSRC }) => {
    const packets = early.get(audioSSRC) ?? [];
    early.delete(audioSSRC);
    for (const packet of packets) library.onUdpMessage(packet);
  });
  library.onUdpMessage = (packet) => {
    if (packet.length < headerLength) return;
    const source = packet.readUInt32BE(sourceAt);
    const userId = receiver.ssrcMap.get(source)?.userId;
    if (userId === undefined) {
      const packets = early.get(source) ?? [];
      if (early.size < mostUnknown || packets.length > 0) early.set(source, packets);
      if (packets.length < mostEarly) packets.push(packet);
      return;
    }
    if (!heard.takes(userId)) return take(packet);
    bufferOf(source, userId).push(packet.readUInt16BE(sequenceAt), packet);
  };
  return buffers;
}
