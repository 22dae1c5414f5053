import { now, randomBytes } from "./clock.ts";

let lastMoment = 0;
let sequence = 0;

/**
 * A new UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, a 12-bit counter within the
 * millisecond, 62 random bits. Ids made by one process sort in the order they were made.
 */
export function newId(): string {
  const moment = Math.max(now(), lastMoment);
  sequence = moment === lastMoment ? sequence + 1 : 0;
  lastMoment = moment;
  if (sequence > 0xfff) {
    lastMoment += 1;
    sequence = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMoment, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

/**
 * Lets every id made from now on sort after a given one, whatever the clock says: a clock that was set
 * back must not let what is new look old.
 */
export function idsAfter(id: string): void {
  const hex = id.replaceAll("-", "");
  const moment = Number.parseInt(hex.slice(0, 12), 16);
  const counter = Number.parseInt(hex.slice(13, 16), 16);
  if (!Number.isSafeInteger(moment) || !Number.isSafeInteger(counter)) return;
  if (moment < lastMoment || (moment === lastMoment && counter <= sequence)) return;
  lastMoment = moment;
  sequence = counter;
}
