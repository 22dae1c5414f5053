import { Button } from "@mantine/core";
import type { CommandCall } from "../../core/message.ts";
import type { ShownReply } from "./conversation.ts";
import { Icon } from "./icons.tsx";
import { Markdown } from "./markdown.tsx";
import { UndoButton } from "./undo-button.tsx";
import { JobCard } from "./workshop/job-card.tsx";

type ReplyCardProps = {
  readonly reply: ShownReply;
  onPress(label: string, call: CommandCall): void;
};

/** What a command answered: its words, files, buttons, the work it started, and the way back. */
export function ReplyCard({ reply, onPress }: ReplyCardProps) {
  const pictures = (reply.files ?? []).filter(isPicture);
  return (
    <div className="reply">
      <Markdown text={reply.text} />
      {reply.jobId !== undefined && <JobCard id={reply.jobId} />}
      {pictures.map(({ name, mediaType, base64 }) => (
        <img key={name} src={`data:${mediaType};base64,${base64}`} alt={name} />
      ))}
      {reply.jobId === undefined && reply.buttons && (
        <div className="reply-buttons">
          {reply.buttons.map(({ label, call, style }) => (
            <Button
              key={label}
              size="compact-md"
              variant={style === "good" ? "filled" : "default"}
              onClick={() => onPress(label, call)}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      {reply.files?.map((file) => (
        <button
          key={file.name}
          type="button"
          className="file-link"
          onClick={() => download(file.name, file.mediaType, file.base64)}
        >
          <Icon name="file" size={16} />
          <bdi>{file.name}</bdi>
        </button>
      ))}
      {reply.actionId !== undefined && <UndoButton actionId={reply.actionId} />}
    </div>
  );
}

const isPicture = ({ mediaType }: { readonly mediaType: string }): boolean =>
  mediaType === "image/png";

function download(name: string, type: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The download may begin only after this turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
