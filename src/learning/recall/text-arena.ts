import { withRoom } from "./typed-arrays.ts";

const encodings = ["utf8", "utf16le", "uuid"] as const;
type Encoding = (typeof encodings)[number];

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** Texts lie in blocks, so that one more text never moves all the others. */
const blockLength = 2 ** 24;
const headerMost = 6;

/**
 * Many strings as bytes, each found again by its offset. Takes a fraction of the memory of
 * JavaScript strings and crosses threads and files as it is. Every string comes back exactly, lone
 * surrogates too; a UUID takes 16 bytes.
 */
export class TextArena {
  /** Block n holds the offsets from n times `blockLength`; a longer text reaches over the next ones. */
  readonly #blocks: Buffer[] = [];
  /** Where the next text goes. */
  #end = 0;

  static unpack(bytes: Uint8Array): TextArena {
    const arena = new TextArena();
    for (let start = 0; start < bytes.length; start += blockLength)
      arena.#blocks.push(asBuffer(bytes.subarray(start)));
    // The packed bytes may be read by others, and have no room: the next text starts a block.
    arena.#end = arena.#blocks.length * blockLength;
    return arena;
  }

  pack(): Uint8Array {
    const bytes = new Uint8Array(this.#end);
    for (const [place, block] of this.#blocks.entries())
      bytes.set(block.subarray(0, this.#end - place * blockLength), place * blockLength);
    return bytes;
  }

  /** Keeps a text and tells its offset. */
  add(text: string): number {
    const encoding = uuidPattern.test(text) ? "uuid" : text.isWellFormed() ? "utf8" : "utf16le";
    const content =
      encoding === "uuid"
        ? Buffer.from(text.replaceAll("-", ""), "hex")
        : Buffer.from(text, encoding);
    const header = headerOf(content.length, encoding);
    return this.#append([header, content]);
  }

  /** Copies a text of another arena and tells its offset here. */
  copy(from: TextArena, offset: number): number {
    const { block, start, end } = from.#locate(offset);
    return this.#append([block.subarray(start, end)]);
  }

  read(offset: number): string {
    const { block, content, end, encoding } = this.#locate(offset);
    if (encoding !== "uuid") return block.toString(encoding, content, end);
    const hex = block.toString("hex", content, end);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #locate(offset: number): {
    block: Buffer;
    start: number;
    content: number;
    end: number;
    encoding: Encoding;
  } {
    const place = Math.floor(offset / blockLength);
    const block = this.#blocks[place]!;
    const start = offset - place * blockLength;
    let at = start;
    let header = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = block[at++]!;
      header += (byte & 127) * scale;
      if (byte < 128) break;
    }
    const end = at + Math.floor(header / encodings.length);
    return { block, start, content: at, end, encoding: encodings[header % encodings.length]! };
  }

  #append(parts: readonly Uint8Array[]): number {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const last = this.#blocks.length - 1;
    const used = this.#end - last * blockLength;
    if (last < 0 || used + length > blockLength) {
      this.#end = this.#blocks.length * blockLength;
      this.#blocks.push(Buffer.alloc(Math.max(1024, length)));
    } else this.#blocks[last] = asBuffer(withRoom(bytesOf(this.#blocks[last]!), used + length));
    const offset = this.#end;
    const place = this.#blocks.length - 1;
    let at = offset - place * blockLength;
    for (const part of parts) {
      this.#blocks[place]!.set(part, at);
      at += part.length;
    }
    this.#end = offset + length;
    for (let start = blockLength; start < at; start += blockLength)
      this.#blocks.push(this.#blocks[place]!.subarray(start));
    return offset;
  }
}

/** Length and encoding in groups of 7 bits, lowest first (LEB128). */
function headerOf(length: number, encoding: Encoding): Uint8Array {
  const header = new Uint8Array(headerMost);
  let rest = length * encodings.length + encodings.indexOf(encoding);
  let at = 0;
  for (; rest >= 128; rest = Math.floor(rest / 128)) header[at++] = (rest % 128) | 128;
  header[at++] = rest;
  return header.subarray(0, at);
}

const bytesOf = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
