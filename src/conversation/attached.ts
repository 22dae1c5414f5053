import { ApprenticeError } from "../core/errors.ts";
import type { Attachment } from "../core/message.ts";
import { decodeText } from "../learning/importers/decode.ts";
import type { ModelImage, ModelMessage } from "../models/model.ts";

/** Bounds of what a model is given of the files of one message: bytes, files, UTF-16 units. */
const largestText = 200_000;
const largestImage = 5_000_000;
const mostImages = 4;
const longestText = 20_000;

/** What each file begins with says what it is; what its sender calls it does not. */
const imageTypes: readonly (readonly [string, RegExp])[] = [
  ["image/png", /^89504e470d0a1a0a/],
  ["image/jpeg", /^ffd8ff/],
  ["image/gif", /^474946383[79]61/],
  ["image/webp", /^52494646.{8}57454250/],
];

/**
 * A person's message together with its files, as a language model takes it: text files between tags
 * after the words, images for a model that sees, and for everything else its name and why it is not
 * there. `message` is the last one of a conversation.
 */
export async function withFiles(
  message: ModelMessage,
  files: readonly Attachment[],
  options: { readonly sees: boolean; readonly signal?: AbortSignal },
): Promise<ModelMessage> {
  if (files.length === 0) return message;
  const parts: string[] = [];
  const images: ModelImage[] = [];
  let left = longestText;
  for (const file of files) {
    const read = await readFile(file, options);
    if (typeof read === "string") {
      const text = read.slice(0, left).toWellFormed();
      left -= text.length;
      parts.push(`<file name=${harmless(JSON.stringify(file.name))}>\n${harmless(text)}\n</file>`);
    } else if ("image" in read && images.length < mostImages) images.push(read.image);
    else
      parts.push(
        `[${harmless(file.name)}: ${"image" in read ? "one image too many" : read.missing}]`,
      );
  }
  return {
    ...message,
    content: [message.content, ...parts].filter((part) => part !== "").join("\n\n"),
    ...(images.length > 0 && { images }),
  };
}

/** Text in which no tag of ours can be opened or closed. */
const harmless = (text: string): string =>
  text.replaceAll(/<(?=\s{0,9}\/?\s{0,9}file\b)/gi, "&lt;");

type Read = string | { readonly image: ModelImage } | { readonly missing: string };

async function readFile(
  file: Attachment,
  { sees, signal }: { readonly sees: boolean; readonly signal?: AbortSignal },
): Promise<Read> {
  let bytes: Uint8Array;
  try {
    bytes = await file.read(largestImage, signal);
  } catch (thrown) {
    if (signal?.aborted || !(thrown instanceof ApprenticeError)) throw thrown;
    return { missing: thrown.code === "attachment-too-large" ? "too large" : "could not be read" };
  }
  const mediaType = imageType(bytes);
  if (mediaType !== undefined)
    return sees ? { image: { mediaType, bytes } } : { missing: "an image, which you cannot see" };
  if (bytes.length > largestText) return { missing: "too large" };
  const text = decodeText(bytes);
  return typeof text === "string" ? text : { missing: "not a text" };
}

function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  return imageTypes.find(([, pattern]) => pattern.test(head))?.[0];
}
