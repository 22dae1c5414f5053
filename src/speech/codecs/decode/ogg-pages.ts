const capturePattern = 0x4f676753;
const headerLength = 27;

/**
 * An Ogg file without the page that breaks off at its end (RFC 3533, 6), which demuxers stumble
 * over; anything else stays as it is.
 */
export function withWholePages(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + headerLength <= bytes.length && view.getUint32(at) === capturePattern) {
    const segments = view.getUint8(at + headerLength - 1);
    const table = bytes.subarray(at + headerLength, at + headerLength + segments);
    const end = table.reduce((sum, length) => sum + length, at + headerLength + segments);
    if (end > bytes.length) return bytes.subarray(0, at);
    at = end;
  }
  return bytes;
}
