import { Button, VisuallyHidden } from "@mantine/core";
import type { CommandCall } from "../../core/message.ts";
import { AnswerCard } from "./answer-card.tsx";
import type { Exchange } from "./conversation.ts";
import { Icon, Mark } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { Markdown } from "./markdown.tsx";
import { ReplyCard } from "./reply-card.tsx";
import { Sound } from "./sound.tsx";

type ExchangeViewProps = {
  readonly exchange: Exchange;
  onAsk(prompt: string): void;
  onRetry(): void;
  /** Puts a prompt back into the message field. */
  onEdit(prompt: string): void;
  /** Presses a button under a reply. */
  onPress(label: string, call: CommandCall): void;
};

/** A message and what came back. */
export function ExchangeView(props: ExchangeViewProps) {
  const { t } = useLanguage();
  const { exchange } = props;
  return (
    <article className="exchange">
      <div className="question">
        <VisuallyHidden>{t("log.you")}: </VisuallyHidden>
        <div className="question-text" dir="auto">
          {exchange.prompt}
        </div>
        {exchange.files.map((file) => (
          <div key={`${file.name} ${file.lastModified}`} className="question-file">
            <Icon name="file" size={14} /> <bdi>{file.name}</bdi>
            {file.type.startsWith("audio/") && <Sound file={file} />}
          </div>
        ))}
        {exchange.heard?.map((text, index) => (
          // Two files may hold the same words.
          <div key={`${index} ${text}`} className="question-heard" dir="auto">
            <Icon name="microphone" size={14} /> {text}
          </div>
        ))}
      </div>
      <div className="answer">
        <div className="answer-mark">
          <VisuallyHidden>Apprentice: </VisuallyHidden>
          <Mark size={24} />
        </div>
        <div className="answer-body">
          <OutcomeView {...props} />
        </div>
      </div>
    </article>
  );
}

function OutcomeView({ exchange, onAsk, onRetry, onEdit, onPress }: ExchangeViewProps) {
  const { t } = useLanguage();
  const { outcome, prompt } = exchange;
  switch (outcome.kind) {
    case "waiting":
      if (outcome.text === "") return <Thinking />;
      return <Markdown text={outcome.text} />;
    case "stopped":
      return (
        <>
          {outcome.text !== "" && <Markdown text={outcome.text} />}
          <p className="quiet">{t("answer.stopped")}</p>
          <NextStep icon="retry" label={t("answer.again")} onClick={() => onAsk(prompt)} />
        </>
      );
    case "answered":
      return <AnswerCard answer={outcome.answer} prompt={prompt} onAsk={onAsk} />;
    case "replied":
      return <ReplyCard reply={outcome.reply} onPress={onPress} />;
    case "failed":
      return (
        <>
          <p className="failure" role="alert">
            {outcome.code === "connection-lost"
              ? t("error.connection")
              : outcome.text || t("error.unknown")}
          </p>
          {mayPass.test(outcome.code) ? (
            <NextStep icon="retry" label={t("answer.retry")} onClick={onRetry} />
          ) : (
            <NextStep icon="pencil" label={t("answer.edit")} onClick={() => onEdit(prompt)} />
          )}
        </>
      );
  }
}

/** Failures of the moment; the others come back until the message is changed. */
const mayPass = /^(connection-lost|internal|disk-full|too-many-messages|model-.*)$/;

type NextStepProps = {
  readonly icon: "retry" | "pencil";
  readonly label: string;
  onClick(): void;
};

function NextStep({ icon, label, onClick }: NextStepProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon name={icon} size={15} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function Thinking() {
  const { t } = useLanguage();
  return (
    <p className="thinking">
      <VisuallyHidden>{t("log.thinking")}</VisuallyHidden>
      <span />
      <span />
      <span />
    </p>
  );
}
