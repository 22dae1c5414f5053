type NumberArray = Uint8Array | Int8Array | Uint16Array | Int32Array | Uint32Array | Float32Array;

/**
 * `array` itself when it has room for `length` elements, else a copy with room for at least half
 * as many again, zeroes behind. Callers assign the result back.
 */
export function withRoom<T extends NumberArray>(array: T, length: number): T {
  if (length <= array.length) return array;
  const create = array.constructor as new (length: number) => T;
  const larger = new create(Math.max(length, array.length + (array.length >>> 1) + 16));
  larger.set(array);
  return larger;
}

/** The smallest power of two that is at least `length`. */
export const powerOfTwo = (length: number): number =>
  2 ** Math.ceil(Math.log2(Math.max(2, length)));
