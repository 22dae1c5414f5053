/** Reads bits of a packet, the most significant first. Past the end it throws a `RangeError`. */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** In bits. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An unsigned number of up to 32 bits. */
  unsigned(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0;) {
      const offset = this.position & 7;
      const take = Math.min(8 - offset, left);
      const byte = this.#byte(this.position >> 3);
      value = value * 2 ** take + ((byte >> (8 - offset - take)) & ((1 << take) - 1));
      this.position += take;
      left -= take;
    }
    return value;
  }

  /** A number of up to 33 bits in two's complement. */
  signed(bits: number): number {
    if (bits === 0) return 0;
    const value = this.unsigned(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** How many zeros stand before the next one, which is read too. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      const offset = this.position & 7;
      const rest = (this.#byte(this.position >> 3) << offset) & 0xff;
      if (rest === 0) {
        zeros += 8 - offset;
        this.position += 8 - offset;
        continue;
      }
      const leading = Math.clz32(rest) - 24;
      this.position += leading + 1;
      return zeros + leading;
    }
  }

  alignToByte(): void {
    this.position = (this.position + 7) & ~7;
  }

  #byte(index: number): number {
    const byte = this.#bytes[index];
    if (byte === undefined) throw new RangeError("past the end of the packet");
    return byte;
  }
}
