const headerLength = 44;

/** 16-bit samples of one channel as a WAV file. */
export function writeWav(pcm: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerLength + pcm.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF    WAVEfmt "));
  view.setUint32(4, bytes.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  bytes.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, pcm.byteLength, true);
  for (let index = 0; index < pcm.length; index++)
    view.setInt16(headerLength + 2 * index, pcm[index]!, true);
  return bytes;
}

/** Where the samples of a 16-bit WAV begin and how fast they are; `undefined` when it is none. */
export function wavStart(
  bytes: Uint8Array,
): { readonly at: number; readonly rate: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || name(0) !== "RIFF" || name(8) !== "WAVE") return undefined;
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (name(at) === "data") return { at: at + 8, rate };
    if (name(at) === "fmt " && at + 16 <= bytes.length) rate = view.getUint32(at + 12, true);
    at += 8 + length + (length & 1);
  }
  return undefined;
}
