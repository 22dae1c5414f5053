import type { ShownReply } from "./conversation.ts";
import { Icon } from "./icons.tsx";
import { Markdown } from "./markdown.tsx";
import { UndoButton } from "./undo-button.tsx";

/** What a command answered, with its files and, if it taught something, the way back. */
export function ReplyCard({ reply }: { readonly reply: ShownReply }) {
  return (
    <div className="reply">
      <Markdown text={reply.text} />
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

function download(name: string, type: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The download may begin only after this turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
