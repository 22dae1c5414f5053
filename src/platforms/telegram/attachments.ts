import type { Message as TelegramMessage } from "grammy/types";
import type { Attachment } from "../../core/message.ts";
import { tooLarge, type Client } from "./client.ts";
import { telegramFailure } from "./failure.ts";

/** Telegram lets bots download no larger files: https://core.telegram.org/bots/api#getfile */
const largestDownload = 20 * 1024 * 1024;

type File = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
};

/** The files of a message. Their bytes are fetched when somebody reads them. */
export function attachmentsOf(message: TelegramMessage, client: Client): readonly Attachment[] {
  const file = fileOf(message);
  if (!file) return [];
  const { id, name, mediaType, size } = file;
  return [
    {
      name,
      mediaType,
      size,
      async read(maxBytes, signal) {
        const most = Math.min(maxBytes, largestDownload);
        if (size > most) throw tooLarge(name, size, most);
        // grammY types the signals of another library; at run time they are the platform's own.
        const facts = await client.patient
          .getFile({ file_id: id }, signal as never)
          .catch((thrown: unknown) => {
            const failure = telegramFailure(thrown);
            const isTooLarge = String(failure.values["reason"]).includes("too big");
            throw isTooLarge ? tooLarge(name, largestDownload + 1, largestDownload) : failure;
          });
        return client.download(facts.file_path ?? "", name, most, signal);
      },
    },
  ];
}

function fileOf(message: TelegramMessage): File | undefined {
  const { document, voice, audio, video_note: round, video, photo } = message;
  const unknownType = "application/octet-stream";
  if (document) return fileFrom(document, document.file_name ?? "document", unknownType);
  if (voice) return fileFrom(voice, "voice.ogg", "audio/ogg");
  if (audio) return fileFrom(audio, audio.file_name ?? "audio.mp3", "audio/mpeg");
  if (round) return fileFrom(round, "video-note.mp4", "video/mp4");
  if (video) return fileFrom(video, video.file_name ?? "video.mp4", "video/mp4");
  const largest = photo?.at(-1);
  return largest && fileFrom(largest, "photo.jpg", "image/jpeg");
}

const fileFrom = (
  facts: { readonly file_id: string; readonly file_size?: number; readonly mime_type?: string },
  name: string,
  usualType: string,
): File => ({
  id: facts.file_id,
  name,
  mediaType: facts.mime_type ?? usualType,
  size: facts.file_size ?? 0,
});

/** Whether the message was spoken. */
export const isSpoken = ({ voice, video_note: round }: TelegramMessage): boolean =>
  voice !== undefined || round !== undefined;
