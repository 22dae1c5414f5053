import { ApprenticeError } from "../../core/errors.ts";

/**
 * How the vectors of a model become ours: a constant centre goes, since models put all texts into one
 * narrow cone, and the rest is seen along the axes on which texts differ the most.
 */
export type Space = {
  readonly rawDimensions: number;
  readonly dimensions: number;
  readonly centre: Float32Array;
  /** One axis after the other, each of unit length. */
  readonly axes: Float32Array;
};

const signature = "space001";
const headerLength = 16;

/** The place of a model's vector, as a unit vector in steps of 1/127. */
export function placeOf(raw: ArrayLike<number>, space: Space): Int8Array {
  const { rawDimensions, dimensions, centre, axes } = space;
  const length = lengthOf(raw);
  const seen = new Float64Array(dimensions);
  for (let axis = 0; axis < dimensions; axis++) {
    const start = axis * rawDimensions;
    let sum = 0;
    for (let at = 0; at < rawDimensions; at++)
      sum += (raw[at]! / length - centre[at]!) * axes[start + at]!;
    seen[axis] = sum;
  }
  const whole = lengthOf(seen);
  return Int8Array.from(seen, (value) => Math.floor((value / whole) * 127 + 0.5));
}

/** The length of a vector; never 0, so that one can divide by it. */
export function lengthOf(vector: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) squares += vector[at]! ** 2;
  return Math.sqrt(squares) + 1e-12;
}

export function packSpace({ rawDimensions, dimensions, centre, axes }: Space): Uint8Array {
  const bytes = new Uint8Array(headerLength + centre.byteLength + axes.byteLength);
  bytes.set(Buffer.from(signature));
  const header = new DataView(bytes.buffer);
  header.setUint32(8, rawDimensions, true);
  header.setUint32(12, dimensions, true);
  const numbers = new Float32Array(bytes.buffer, headerLength);
  numbers.set(centre);
  numbers.set(axes, centre.length);
  return bytes;
}

/** Throws `encoder-damaged` for anything else than a packed space. */
export function unpackSpace(packed: Uint8Array, name: string): Space {
  const bytes = new Uint8Array(packed);
  if (Buffer.from(bytes.subarray(0, 8)).toString("latin1") !== signature)
    throw new ApprenticeError("encoder-damaged", { name, file: "space.bin" });
  const header = new DataView(bytes.buffer);
  const rawDimensions = header.getUint32(8, true);
  const dimensions = header.getUint32(12, true);
  if (bytes.length !== headerLength + 4 * rawDimensions * (dimensions + 1))
    throw new ApprenticeError("encoder-damaged", { name, file: "space.bin" });
  const numbers = new Float32Array(bytes.buffer, headerLength);
  return {
    rawDimensions,
    dimensions,
    centre: numbers.slice(0, rawDimensions),
    axes: numbers.slice(rawDimensions),
  };
}
