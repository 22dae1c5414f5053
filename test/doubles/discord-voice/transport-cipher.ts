import { createCipheriv, createDecipheriv } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";

/** How packets are encrypted between one client and the server; the header stays readable. */
export const transportModes = [
  "aead_aes256_gcm_rtpsize",
  "aead_xchacha20_poly1305_rtpsize",
] as const;
export type TransportMode = (typeof transportModes)[number];

const tagLength = 16;
/** The nonce is a 32-bit counter at the end of each packet, padded with zeros behind it. */
export const counterLength = 4;
const nonceLength: Record<TransportMode, number> = {
  aead_aes256_gcm_rtpsize: 12,
  aead_xchacha20_poly1305_rtpsize: 24,
};

/** `header`, the encrypted `body` with its tag, and the counter. */
export function seal(
  mode: TransportMode,
  key: Buffer,
  counter: number,
  header: Buffer,
  body: Buffer,
): Buffer {
  const nonce = Buffer.alloc(nonceLength[mode]);
  nonce.writeUInt32BE(counter);
  const tail = nonce.subarray(0, counterLength);
  if (mode === "aead_xchacha20_poly1305_rtpsize") {
    return Buffer.concat([header, xchacha20poly1305(key, nonce, header).encrypt(body), tail]);
  }
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(body), cipher.final(), cipher.getAuthTag(), tail]);
}

/** The body of a packet with a header of `headerLength` bytes. Throws when it is not authentic. */
export function unseal(
  mode: TransportMode,
  key: Buffer,
  packet: Buffer,
  headerLength: number,
): { readonly counter: number; readonly body: Buffer } {
  const counter = packet.readUInt32BE(packet.length - counterLength);
  const nonce = Buffer.alloc(nonceLength[mode]);
  nonce.writeUInt32BE(counter);
  const header = packet.subarray(0, headerLength);
  const sealed = packet.subarray(headerLength, packet.length - counterLength);
  if (mode === "aead_xchacha20_poly1305_rtpsize") {
    return { counter, body: Buffer.from(xchacha20poly1305(key, nonce, header).decrypt(sealed)) };
  }
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAAD(header);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  const body = Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]);
  return { counter, body };
}
