/** Encoding of Messaging Layer Security (RFC 9420, section 2.1): big-endian numbers and vectors. */
export const u8 = (value: number): Buffer => Buffer.from([value]);

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function u64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** A vector: its length as a variable-size integer of 1, 2 or 4 bytes, then the bytes. */
export function vector(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 0x40 ? u8(length) : length < 0x4000 ? u16(length | 0x4000) : u32(length + 0x8000_0000);
  return Buffer.concat([size, body]);
}

/** Reads what the functions above write. Throws `RangeError` past the end. */
export class WireReader {
  readonly bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get done(): boolean {
    return this.offset >= this.bytes.length;
  }

  take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.bytes.length) throw new RangeError("the message ends too early");
    const taken = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return taken;
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  u64(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  vector(): Buffer {
    const first = this.u8();
    const width = 2 ** (first >> 6);
    if (width > 4) throw new RangeError("a vector's length has a reserved form");
    let length = first & 0x3f;
    for (let index = 1; index < width; index++) length = length * 256 + this.u8();
    return this.take(length);
  }
}
