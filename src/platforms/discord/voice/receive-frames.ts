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

type Numbered = Buffer & { sequence?: number };
type ParsePacket = (buffer: Buffer, ...rest: unknown[]) => Buffer | null;

/**
 * Gives each person's Opus frames in order. Subscribes in the very event that tells of the first
 * packet: a moment later the first word would be lost.
 */
export function receiveFrames(connection: VoiceConnection, heard: HeardFrames): Receiving {
  const { receiver } = connection;
  const buffers = new Map<string, JitterBuffer>();
  keepSequenceNumbers(receiver);

  const subscribe = (userId: string): void => {
    const buffer = new JitterBuffer((frame) => heard.frame(userId, frame));
    buffers.get(userId)?.close();
    buffers.set(userId, buffer);
    const stream = receiver.subscribe(userId, { end: { behavior: EndBehaviorType.Manual } });
    stream.on("data", (frame: Numbered) => {
      if (heard.takes(userId)) buffer.push(frame.sequence ?? 0, frame);
      else stream.destroy();
    });
    // The next packet of this person subscribes anew.
    stream.on("error", () => stream.destroy());
  };
  const begin = (userId: string): void => {
    if (!heard.takes(userId)) return;
    if (!receiver.subscriptions.has(userId)) subscribe(userId);
  };
  const end = (userId: string): void => buffers.get(userId)?.flush();
  receiver.speaking.on("start", begin);
  receiver.speaking.on("end", end);
  return {
    listenAnew() {
      for (const userId of receiver.speaking.users.keys()) begin(userId);
    },
    stop() {
      receiver.speaking.off("start", begin);
      receiver.speaking.off("end", end);
      for (const stream of receiver.subscriptions.values()) stream.destroy();
      for (const buffer of buffers.values()) buffer.close();
      buffers.clear();
    },
  };
}

/** The library drops the RTP header; the number in it is what puts packets in order. */
function keepSequenceNumbers(receiver: VoiceConnection["receiver"]): void {
  const parser = receiver as unknown as { parsePacket: ParsePacket };
  const parsePacket = parser.parsePacket;
  parser.parsePacket = function numbered(buffer, ...rest) {
    const packet = parsePacket.call(this, buffer, ...rest);
    return packet && Object.assign(packet, { sequence: buffer.readUInt16BE(2) });
  };
}
