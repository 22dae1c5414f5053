import { SaxesParser } from "saxes";
import { ApprenticeError } from "../../../core/errors.ts";

/** What is told about a text in XML, in its order. Names come without their prefixes. */
export type XmlEvents = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
};

/** More elements inside each other than any office program writes. */
const deepest = 1_000;

/** XML that declares entities, or is none. */
export class BadXml extends Error {}

/**
 * Reads XML as it comes. Throws `BadXml` for what is not well-formed, for documents that declare a
 * type (nothing is ever expanded) and for a depth that nobody writes.
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({ position: false });
  let depth = 0;
  parser.on("error", (error) => {
    throw new BadXml(error.message);
  });
  parser.on("doctype", () => {
    throw new BadXml("a document type");
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) throw new BadXml("too deep");
    const plain: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes)) plain[withoutPrefix(key)] = value;
    events.open?.(withoutPrefix(name), plain);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    events.close?.(withoutPrefix(name));
  });
  const text = (words: string): void => events.text?.(words);
  parser.on("text", text);
  parser.on("cdata", text);
  try {
    let decoder: InstanceType<typeof TextDecoder> | undefined;
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      parser.write(decoder.decode(chunk, { stream: true }));
    }
    if (decoder !== undefined) parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof ApprenticeError || error instanceof BadXml) throw error;
    throw new BadXml(String(error), { cause: error });
  }
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1);

function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
