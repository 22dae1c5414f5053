import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** The bytes of a zip with these entries, names unchecked. */
export async function zipOf(entries: readonly { name: string; bytes?: Buffer; mode?: number }[]) {
  const zip = new ZipFile();
  const renamed: [string, string][] = [];
  for (const [index, { name, bytes = Buffer.from("x"), mode }] of entries.entries()) {
    // The writer refuses bad names, so a good one of the same length is written and then replaced.
    const plain = `${index}`.padEnd(Buffer.byteLength(name), "q");
    renamed.push([plain, name]);
    zip.addBuffer(bytes, plain, mode === undefined ? {} : { mode });
  }
  zip.end();
  const packed = await buffer(zip.outputStream as AsyncIterable<Buffer> as never);
  for (const [plain, name] of renamed) {
    for (let at = packed.indexOf(plain); at >= 0; at = packed.indexOf(plain, at + 1)) {
      packed.write(name, at);
    }
  }
  return packed;
}
