import { hash } from "node:crypto";

/** Bytes that SHA-256 takes at once. */
const blockSize = 64;

/**
 * HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes. Each answer carries five marks: with two
 * one-shot hashes a mark costs a fifth of what `createHmac` does.
 */
export function hmacSha256(key: Uint8Array): (text: string) => Buffer {
  if (key.length > blockSize) throw new RangeError("The key is longer than a block of SHA-256");
  const padded = (sign: number): Buffer => {
    const block = Buffer.alloc(blockSize);
    block.set(key);
    return block.map((byte) => byte ^ sign) as Buffer;
  };
  const [inner, outer] = [padded(0x36), padded(0x5c)];
  const digest = (...parts: Uint8Array[]): Buffer => hash("sha256", Buffer.concat(parts), "buffer");
  return (text) => digest(outer, digest(inner, Buffer.from(text)));
}
