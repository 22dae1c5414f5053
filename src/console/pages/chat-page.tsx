import { VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { AnnounceContext } from "./announce.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { DropZone } from "./drop-zone.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Header } from "./header.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { KnowledgePanel } from "./knowledge-panel.tsx";
import { useLanguage } from "./language.tsx";
import { MessageList } from "./message-list.tsx";
import { useConversation } from "./use-conversation.ts";
import { useEscape } from "./use-escape.ts";
import { useSession } from "./use-session.ts";
import { useTalk } from "./use-talk.ts";

const knowledgeEnding =
  /\.(csv|tsv|jsonl|ndjson|json|txt|md|markdown|ya?ml|xlsx?|xlsm|ods|odt|docx?|rtf|html?|pdf|zip)$/i;

/** The chat: header, conversation, message field, and the panels that open over them. */
export function ChatPage({ shown }: { readonly shown: boolean }) {
  const { t } = useLanguage();
  const [announcement, announce] = useState("");
  const [draft, setDraft] = useState("");
  const [attached, setAttached] = useState<readonly File[]>([]);
  const [imports, setImports] = useState<readonly File[]>([]);
  const [knowledgeOpen, setKnowledgeOpen] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const queries = useQueryClient();
  const { session, connection } = useSession();
  const conversation = useConversation(connection, (outcome) => {
    if (outcome.kind === "answered") announce(t("answer.ready"));
    if (outcome.kind === "replied" || outcome.kind === "failed") void queries.invalidateQueries();
  });
  const prefix = session?.prefix ?? "!";
  const talk = useTalk(conversation.follow);

  /** A knowledge file is taught; what comes with a command, or is of another kind, is sent along. */
  const takeFiles = useCallback(
    (files: readonly File[]) => {
      const teaches = (file: File): boolean =>
        knowledgeEnding.test(file.name) && !draft.startsWith(prefix);
      setImports((waiting) => [...waiting, ...files.filter(teaches)]);
      setAttached((waiting) => [...waiting, ...files.filter((file) => !teaches(file))]);
    },
    [draft, prefix],
  );

  useEscape(shown && conversation.answering, conversation.stop);

  const [importing] = imports;
  const isEmpty = conversation.ready && conversation.entries.length === 0;
  return (
    <AnnounceContext value={announce}>
      <a className="skip-link" href="#message">
        {t("app.skip")}
      </a>
      {shown && <DropZone onFiles={takeFiles} />}
      <div className="page">
        <Header
          taught={session?.examples.active}
          onNew={() => {
            void conversation.startAnew().catch(() => undefined);
            composer.current?.focus();
          }}
          onKnowledge={() => setKnowledgeOpen(true)}
        />
        <ConnectionBanner connection={connection} />
        <MessageList
          conversation={conversation}
          onAsk={(prompt) => {
            conversation.send(prompt);
            composer.current?.focus();
          }}
          onPress={(label, call) => {
            conversation.press(label, call);
            composer.current?.focus();
          }}
          onEdit={(prompt) => {
            setDraft(prompt);
            composer.current?.focus();
          }}
        >
          {isEmpty && <EmptyState />}
        </MessageList>
        <Composer
          ref={composer}
          draft={draft}
          files={attached}
          prefix={prefix}
          answering={conversation.answering}
          hears={session?.hears ?? true}
          onDraft={setDraft}
          onFiles={takeFiles}
          onRemoveFile={(file) => setAttached((files) => files.filter((each) => each !== file))}
          onSend={() => {
            conversation.send(draft, attached);
            setDraft("");
            setAttached([]);
          }}
          onStop={conversation.stop}
          talk={talk}
          onRecorded={(file) => conversation.send("", [file])}
        />
      </div>
      <KnowledgePanel opened={knowledgeOpen} onClose={() => setKnowledgeOpen(false)} />
      {importing && (
        <ImportDialog
          key={imports.length}
          file={importing}
          onClose={() => {
            setImports((files) => files.slice(1));
            composer.current?.focus();
          }}
          onImported={(receipt) => conversation.addImported(importing.name, receipt)}
        />
      )}
      <VisuallyHidden component="output">{announcement}</VisuallyHidden>
    </AnnounceContext>
  );
}
