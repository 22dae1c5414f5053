/**
 * What the main thread began last, in memory that other threads see: while it is busy for long, it can
 * tell nobody itself. Names are ours ("answering a message"), never words of people.
 */
const maxBytes = 120;
const shared = new SharedArrayBuffer(4 + maxBytes);
const length = new Int32Array(shared, 0, 1);
const bytes = new Uint8Array(shared, 4);
const encoder = new TextEncoder();

/** Notes what the main thread begins to do. */
export function beginOperation(name: string): void {
  const { written } = encoder.encodeInto(name, bytes);
  Atomics.store(length, 0, written);
}

/** The memory in which the name stands, for `readOperation` in another thread. */
export const operationMemory = (): SharedArrayBuffer => shared;

/** The name of what was begun last; empty before the first. */
export function readOperation(memory: SharedArrayBuffer): string {
  const count = Atomics.load(new Int32Array(memory, 0, 1), 0);
  return new TextDecoder().decode(new Uint8Array(memory, 4, count).slice());
}
