/**
 * A new id for a message: 128 random bits. Browsers offer UUIDs only over HTTPS and on the machine
 * itself, and the console is also opened over plain HTTP in a local network.
 */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
