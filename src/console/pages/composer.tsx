import { ActionIcon, Textarea } from "@mantine/core";
import { useImperativeHandle, useRef, type KeyboardEvent, type Ref } from "react";
import { Icon } from "./icons.tsx";
import { RecordButton } from "./record-button.tsx";
import { TalkButton } from "./talk-button.tsx";
import type { Talk } from "./use-talk.ts";
import { useLanguage } from "./language.tsx";
import { useFocus } from "./use-focus.ts";

export type ComposerHandle = { focus(): void };

type ComposerProps = {
  readonly ref: Ref<ComposerHandle>;
  readonly draft: string;
  readonly files: readonly File[];
  readonly prefix: string;
  readonly answering: boolean;
  onDraft(text: string): void;
  onFiles(files: readonly File[]): void;
  onRemoveFile(file: File): void;
  onSend(): void;
  onStop(): void;
  readonly talk: Talk;
  /** Whether the server understands speech. */
  readonly hears: boolean;
  onRecorded(file: File): void;
};

/** The message field with its files. */
export function Composer(props: ComposerProps) {
  const { ref, draft, files, prefix, answering, onDraft, onFiles, onRemoveFile, onSend, onStop } =
    props;
  const { t } = useLanguage();
  const field = useFocus<HTMLTextAreaElement>();
  const chooser = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));
  const maySend = !answering && (draft.trim() !== "" || files.length > 0);

  const send = (): void => {
    if (!maySend) return;
    onSend();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method composes, Enter belongs to it.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-box">
        {files.length > 0 && (
          <ul className="composer-files">
            {files.map((file) => (
              <li key={`${file.name} ${file.lastModified}`}>
                <Icon name="file" size={15} />
                <bdi>{file.name}</bdi>
                <button
                  type="button"
                  aria-label={t("composer.remove", { name: file.name })}
                  onClick={() => onRemoveFile(file)}
                >
                  <Icon name="close" size={13} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="composer-row">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={38}
            aria-label={t("composer.attach")}
            title={t("composer.attach")}
            onClick={() => chooser.current?.click()}
          >
            <Icon name="attach" size={20} />
          </ActionIcon>
          <Textarea
            ref={field}
            id="message"
            className="composer-field"
            variant="unstyled"
            autosize
            minRows={1}
            maxRows={8}
            size="md"
            dir="auto"
            value={draft}
            aria-label={t("composer.label")}
            placeholder={t("composer.placeholder", { prefix })}
            onChange={(event) => onDraft(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <RecordButton hears={props.hears} onRecorded={props.onRecorded} />
          <TalkButton hears={props.hears} talk={props.talk} />
          {answering ? (
            <ActionIcon
              size={38}
              color="gray"
              variant="light"
              aria-label={t("composer.stop")}
              title={t("composer.stop")}
              onClick={onStop}
            >
              <Icon name="stop" />
            </ActionIcon>
          ) : (
            <ActionIcon
              type="submit"
              size={38}
              aria-label={t("composer.send")}
              title={t("composer.send")}
              disabled={!maySend}
            >
              <Icon name="send" />
            </ActionIcon>
          )}
        </div>
      </div>
      <TalkLine talk={props.talk} />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </form>
  );
}

/** What is understood while somebody talks; else how to use the field. */
function TalkLine({ talk: { state } }: { readonly talk: Talk }) {
  const { t } = useLanguage();
  const problem = state.kind === "off" ? state.problem : undefined;
  if (problem !== undefined)
    return (
      <p className="composer-hint failure" role="alert">
        {problem === "NotAllowedError" || problem === "NotFoundError" || problem === ""
          ? t("talk.refused")
          : problem}
      </p>
    );
  const words = state.kind === "open" ? state.partial || t("talk.listening") : t("composer.hint");
  return <p className="composer-hint">{words}</p>;
}
