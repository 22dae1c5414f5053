/**
 * Tensors of 32-bit numbers in one file: eight bytes with the length of a JSON header, the header, then
 * the numbers. https://github.com/huggingface/safetensors#format
 *
 * @typedef {{ shape: number[], data: Float32Array }} Tensor
 */

/** @param {Record<string, Tensor>} tensors */
export function packTensors(tensors) {
  let end = 0;
  const described = Object.entries(tensors).map(([name, { shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: "F32", shape, data_offsets: [begin, end] }];
  });
  const header = { __metadata__: { format: "pt" }, ...Object.fromEntries(described) };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const parts = Object.values(tensors).map(({ data }) => Buffer.from(data.buffer));
  return Buffer.concat([length, text, ...parts]);
}

/** @param {Buffer} bytes @returns {Record<string, Tensor>} */
export function unpackTensors(bytes) {
  const start = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.subarray(8, start).toString("utf8"));
  delete header.__metadata__;
  return Object.fromEntries(
    Object.entries(header).map(([name, { shape, data_offsets: [begin, end] }]) => {
      const data = Uint8Array.from(bytes.subarray(start + begin, start + end));
      return [name, { shape, data: new Float32Array(data.buffer) }];
    }),
  );
}
