import { decodeText } from "../decode.ts";

/** The text of a web page: as its mark or its `<meta>` says, else as any text. */
export function decodePage(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  const meta = head.toLowerCase().indexOf("charset=");
  const named = meta === -1 ? undefined : /^["']?([\w-]{1,40})/.exec(head.slice(meta + 8))?.[1];
  const isMarked =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (named !== undefined && !isMarked) {
    try {
      return new TextDecoder(named).decode(bytes);
    } catch {
      // No encoding that anybody knows.
    }
  }
  const text = decodeText(bytes);
  return typeof text === "string" ? text : new TextDecoder().decode(bytes);
}
