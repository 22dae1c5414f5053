import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { AnswerActions } from "./answer-actions.tsx";
import type { Receipt } from "./api-types.ts";
import type { ShownAnswer } from "./conversation.ts";
import { CorrectForm } from "./correct-form.tsx";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { Markdown } from "./markdown.tsx";
import { ReceiptLine } from "./receipt-line.tsx";
import { Suggestions, withoutSuggestions } from "./suggestions.tsx";
import { TeachForm } from "./teach-form.tsx";
import { WhyPanel } from "./why-panel.tsx";

type AnswerCardProps = {
  readonly answer: ShownAnswer;
  readonly prompt: string;
  onAsk(prompt: string): void;
};

/** What is open under an answer; one thing at a time. */
type Open = "nothing" | "correct" | "teach" | "why";

/** A finished answer with everything that can be done about it. */
export function AnswerCard({ answer, prompt, onAsk }: AnswerCardProps) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>("nothing");
  const [correction, setCorrection] = useState<string>();
  const [receipt, setReceipt] = useState<Receipt>();
  const actions = useRef<HTMLDivElement>(null);

  const opened = useRef<Open>("nothing");
  const close = (): void => {
    opened.current = open;
    setOpen("nothing");
  };
  useEffect(() => {
    if (open !== "nothing" || opened.current === "nothing") return;
    const buttons = actions.current;
    const opener = buttons?.querySelector<HTMLElement>(`[data-opens="${opened.current}"]`);
    (opener ?? buttons?.querySelector("button"))?.focus();
    opened.current = "nothing";
  }, [open]);
  const learned = (given: Receipt, text?: string): void => {
    setReceipt(given);
    setCorrection(text);
    close();
    void queries.invalidateQueries();
  };
  const corrected = correction !== undefined;
  const offersTeaching = !answer.known && receipt === undefined;
  return (
    <div className="answer-card">
      {open === "correct" ? (
        <CorrectForm
          turnId={answer.turnId}
          text={correction ?? (answer.known ? answer.text : "")}
          onCancel={close}
          onLearned={learned}
        />
      ) : (
        <>
          {answer.understood !== undefined && <p className="corrected-note">{answer.understood}</p>}
          {corrected && <p className="corrected-note">{t("answer.corrected")}</p>}
          <div className={corrected ? "corrected" : undefined}>
            <Markdown text={correction ?? withoutSuggestions(answer)} />
          </div>
        </>
      )}
      {!corrected && <Suggestions answer={answer} onAsk={onAsk} />}
      <div ref={actions}>
        {offersTeaching && open !== "teach" && open !== "correct" && (
          <Button
            className="teach-button"
            size="sm"
            variant="light"
            leftSection={<Icon name="fresh" size={16} />}
            data-opens="teach"
            onClick={() => setOpen("teach")}
          >
            {t("answer.teach")}
          </Button>
        )}
        {open !== "correct" && (
          <AnswerActions
            turnId={answer.turnId}
            text={correction ?? answer.text}
            open={open}
            canCorrect={!offersTeaching}
            onOpen={(next) => setOpen(open === next ? "nothing" : next)}
          />
        )}
      </div>
      {open === "teach" && <TeachForm prompt={prompt} onCancel={close} onLearned={learned} />}
      {open === "why" && <WhyPanel turnId={answer.turnId} onClose={close} />}
      {receipt && (
        <ReceiptLine
          key={receipt.actionId}
          receipt={receipt}
          onAskAgain={() => onAsk(prompt)}
          onUndone={() => setCorrection(undefined)}
        />
      )}
    </div>
  );
}
