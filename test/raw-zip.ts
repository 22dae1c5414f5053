import { crc32 } from "node:zlib";

/** A file of an archive, with its name as bytes: nothing says in which encoding. */
export type RawEntry = {
  readonly name: Uint8Array | string;
  readonly content: Uint8Array | string;
};

/** A zip as old programs write it: stored, with names that are not marked as UTF-8. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let place = 0;
  for (const { name, content } of entries) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, path, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(place, 10);
    list.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), common, rest, path]));
    files.push(local);
    place += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(place, 12);
  return Buffer.concat([...files, directory, Buffer.from("PK\u0005\u0006"), end]);
}
