import { ApprenticeError } from "./errors.ts";
import type { Attachment } from "./message.ts";

/** A file that is here as a whole already. */
export type WholeFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** A file that is here already, as the attachment of a message. */
export const attachmentOf = ({ name, mediaType, bytes }: WholeFile): Attachment => ({
  name,
  mediaType,
  size: bytes.length,
  async read(maxBytes) {
    if (bytes.length <= maxBytes) return bytes;
    throw new ApprenticeError("attachment-too-large", {
      name,
      size: megabytes(bytes.length),
      limit: megabytes(maxBytes),
    });
  },
});

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000);
