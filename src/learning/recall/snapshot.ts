import { crc32 } from "node:zlib";
import type { InstantEncoder } from "../../encoders/encoder.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { Model } from "./model.ts";
import { packModel, unpackModel } from "./pack-model.ts";
import type { PackedModel } from "./pack-model.ts";

/** "recall" and the version of the form; a change in what the bytes mean needs a new one. */
const signature = "recall03";
const headerLength = 24;
const arrays = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
} as const;
type ArrayName = keyof typeof arrays;
type NumberArray = InstanceType<(typeof arrays)[ArrayName]>;

/**
 * A model as bytes: signature (8 bytes), CRC-32 of all that follows it, length of the outline,
 * total length (two words), outline (JSON in which each array is its type, offset and length), arrays.
 */
export function packSnapshot(model: Model): Uint8Array {
  const contents: NumberArray[] = [];
  let end = 0;
  const outline = JSON.stringify(packModel(model), (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const array = value as NumberArray;
    const reference = { $: array.constructor.name, at: end, length: array.length };
    contents.push(array);
    end += aligned(array.byteLength);
    return reference;
  });
  const outlineBytes = Buffer.from(outline);
  const start = aligned(headerLength + outlineBytes.length);
  const bytes = new Uint8Array(start + end);
  let at = start;
  for (const array of contents) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  bytes.set(outlineBytes, headerLength);
  bytes.set(Buffer.from(signature), 0);
  const header = new DataView(bytes.buffer);
  header.setUint32(12, outlineBytes.length, true);
  header.setFloat64(16, bytes.length, true);
  header.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes;
}

/**
 * The model in a snapshot. Throws `recall-snapshot-invalid` for anything else, and when there is no
 * encoder with the id of the one that made its vectors. Without vectors it is a memory of words alone.
 */
export function unpackSnapshot(
  snapshot: Uint8Array,
  encoderOf: (id: string) => InstantEncoder | undefined,
): Model {
  // A copy starts at an aligned address, and learning must not write into the caller's bytes.
  const bytes = new Uint8Array(snapshot);
  if (
    bytes.length < headerLength ||
    Buffer.from(bytes.subarray(0, 8)).toString("latin1") !== signature
  )
    throw new ApprenticeError("recall-snapshot-invalid");
  const header = new DataView(bytes.buffer);
  const whole = header.getFloat64(16, true) === bytes.length;
  if (!whole || header.getUint32(8, true) !== crc32(bytes.subarray(12)))
    throw new ApprenticeError("recall-snapshot-invalid");
  const outlineLength = header.getUint32(12, true);
  const start = aligned(headerLength + outlineLength);
  const outline = Buffer.from(bytes.subarray(headerLength, headerLength + outlineLength));
  const packed = JSON.parse(outline.toString("utf8"), (_key, value: unknown) => {
    if (!isReference(value)) return value;
    return new arrays[value.$](bytes.buffer, start + value.at, value.length);
  }) as PackedModel;
  const { encoder: made } = packed.meanings;
  const encoder = made === null ? undefined : encoderOf(made);
  if (made !== null && encoder?.id !== made) throw new ApprenticeError("recall-snapshot-invalid");
  return unpackModel(packed, encoder);
}

const aligned = (length: number): number => Math.ceil(length / 8) * 8;

const isReference = (value: unknown): value is { $: ArrayName; at: number; length: number } =>
  typeof value === "object" && value !== null && "$" in value && "at" in value;
