/** What Discord's clients put in front of each Opus frame (RFC 3550). */
export type RtpHeader = {
  readonly sequence: number;
  /** In samples at 48 kHz. */
  readonly timestamp: number;
  readonly ssrc: number;
};

/** Discord's payload type for Opus. */
const opusPayload = 120;
const fixedLength = 12;

/** Reads a client's header. Throws `RangeError` with the reason for what Discord would drop. */
export function readHeader(packet: Buffer): RtpHeader & { readonly length: number } {
  if (packet.length < fixedLength) throw new RangeError("shorter than an RTP header");
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) throw new RangeError("not RTP version 2");
  if ((packet.readUInt8(1) & 0x7f) !== opusPayload) throw new RangeError("not Opus");
  const hasExtension = (first & 0x10) !== 0;
  return {
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    length: fixedLength + 4 * (first & 0x0f) + (hasExtension ? 4 : 0),
  };
}

/**
 * A header as Discord's servers send it: with a one-byte header extension (RFC 8285) whose four bytes
 * stand encrypted before the frame, and with padding behind it for some packets.
 */
export function writePacket(
  header: RtpHeader,
  frame: Buffer,
  padding: number,
): { readonly header: Buffer; readonly body: Buffer } {
  const bytes = Buffer.alloc(fixedLength + 4);
  bytes.writeUInt8(0x90 | (padding > 0 ? 0x20 : 0), 0);
  bytes.writeUInt8(opusPayload, 1);
  bytes.writeUInt16BE(header.sequence & 0xffff, 2);
  bytes.writeUInt32BE(header.timestamp >>> 0, 4);
  bytes.writeUInt32BE(header.ssrc, 8);
  bytes.writeUInt16BE(0xbede, 12);
  bytes.writeUInt16BE(1, 14);
  const extension = Buffer.from([0x10, 0x7f, 0, 0]);
  const tail = Buffer.alloc(padding);
  if (padding > 0) tail[padding - 1] = padding;
  return { header: bytes, body: Buffer.concat([extension, frame, tail]) };
}
