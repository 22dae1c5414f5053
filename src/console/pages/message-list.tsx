import { ActionIcon, Button, Loader } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { CommandCall } from "../../core/message.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { ExchangeView } from "./exchange-view.tsx";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { ReceiptLine } from "./receipt-line.tsx";
import type { Conversation } from "./use-conversation.ts";

type MessageListProps = {
  readonly conversation: Conversation;
  /** Sends a prompt as the next message. */
  onAsk(prompt: string): void;
  onEdit(prompt: string): void;
  onPress(label: string, call: CommandCall): void;
  /** Shown while there is nothing else. */
  readonly children: ReactNode;
};

/** The conversation. It follows the newest message until the person scrolls away from it. */
export function MessageList(props: MessageListProps) {
  const { conversation, onAsk, onEdit, onPress, children } = props;
  const { t } = useLanguage();
  const { entries } = conversation;
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const lastTop = useRef(0);
  const [loading, setLoading] = useState(false);
  const heightBefore = useRef(0);

  const toEnd = (): void => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useEffect(() => {
    if (!content.current) return;
    const growing = new ResizeObserver(() => following.current && toEnd());
    growing.observe(content.current);
    return () => growing.disconnect();
  }, []);
  const newest = entries.at(-1)?.id;
  useEffect(() => {
    following.current = true;
    toEnd();
  }, [newest]);
  const oldest = entries[0]?.id;
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || heightBefore.current === 0) return;
    element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = 0;
  }, [oldest]);

  const loadEarlier = async (): Promise<void> => {
    setLoading(true);
    following.current = false;
    heightBefore.current = list.current?.scrollHeight ?? 0;
    await conversation.loadEarlier().catch(() => undefined);
    setLoading(false);
  };
  return (
    <main className="messages-frame">
      <div
        ref={list}
        className="messages"
        role="log"
        aria-label={t("log.label")}
        aria-busy={conversation.answering}
        onScroll={({ currentTarget }) => {
          const { scrollHeight, scrollTop, clientHeight } = currentTarget;
          const isAtEnd = scrollHeight - scrollTop - clientHeight < 60;
          // What grows below moves the end away, but only a person scrolls up.
          following.current = isAtEnd || (following.current && scrollTop >= lastTop.current);
          lastTop.current = scrollTop;
          setAtEnd(following.current);
        }}
      >
        <div ref={content} className="messages-content">
          {conversation.hasEarlier && (
            <Button
              className="earlier"
              variant="subtle"
              color="gray"
              size="xs"
              loading={loading}
              onClick={() => void loadEarlier()}
            >
              {t("log.earlier")}
            </Button>
          )}
          {!conversation.ready && <Loader className="messages-loader" size="sm" />}
          {children}
          {entries.map((entry) =>
            entry.kind === "exchange" ? (
              <ErrorBoundary key={entry.id} fallback={<p>{t("error.unknown")}</p>}>
                <ExchangeView
                  exchange={entry}
                  onAsk={onAsk}
                  onEdit={onEdit}
                  onPress={onPress}
                  onRetry={() => void conversation.retry(entry)}
                />
              </ErrorBoundary>
            ) : (
              <ReceiptLine key={entry.id} receipt={entry.receipt} name={entry.name} />
            ),
          )}
        </div>
      </div>
      {!atEnd && (
        <ActionIcon
          className="to-end"
          variant="default"
          radius="xl"
          size="lg"
          aria-label={t("log.down")}
          title={t("log.down")}
          onClick={toEnd}
        >
          <Icon name="down" />
        </ActionIcon>
      )}
    </main>
  );
}
