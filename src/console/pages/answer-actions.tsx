import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "./api.ts";
import { useAnnounce } from "./announce.ts";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { Problem } from "./problem.tsx";

type AnswerActionsProps = {
  readonly turnId: string;
  /** What "copy" copies. */
  readonly text: string;
  readonly open: string;
  /** Where there is no answer to correct, one is taught instead. */
  readonly canCorrect: boolean;
  onOpen(what: "correct" | "why"): void;
};

/** Rate, correct, explain, copy: the row under an answer. */
export function AnswerActions({ turnId, text, open, canCorrect, onOpen }: AnswerActionsProps) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const rating = useMutation({
    mutationFn: async (value: 1 | -1) => {
      const param = { id: turnId };
      return (await api.turns[":id"].feedback.$post({ param, json: { rating: value } })).json();
    },
    onSuccess: () => {
      announce(t("receipt.rated"));
      return queries.invalidateQueries();
    },
  });
  const taking = useMutation({
    mutationFn: async (actionId: string) =>
      (await api.actions[":id"].undo.$post({ param: { id: actionId } })).json(),
    onSuccess: () => {
      rating.reset();
      announce(t("receipt.undone"));
      return queries.invalidateQueries();
    },
  });
  const given = rating.isSuccess ? rating.variables : undefined;
  const busy = rating.isPending || taking.isPending;
  const rate = async (value: 1 | -1): Promise<void> => {
    if (busy) return;
    if (rating.data?.actionId) await taking.mutateAsync(rating.data.actionId);
    if (given !== value) rating.mutate(value);
  };
  return (
    <div className="answer-actions">
      {([1, -1] as const).map((value) => (
        <button
          key={value}
          type="button"
          className="action action-rate"
          aria-pressed={given === value}
          aria-label={t(value === 1 ? "answer.good" : "answer.bad")}
          title={t(value === 1 ? "answer.good" : "answer.bad")}
          onClick={() => void rate(value).catch(() => undefined)}
        >
          <Icon name={value === 1 ? "good" : "bad"} size={17} />
        </button>
      ))}
      {canCorrect && (
        <button
          type="button"
          className="action"
          data-opens="correct"
          onClick={() => onOpen("correct")}
        >
          <Icon name="pencil" size={16} />
          {t("answer.correct")}
        </button>
      )}
      <button
        type="button"
        className="action"
        data-opens="why"
        aria-expanded={open === "why"}
        onClick={() => onOpen("why")}
      >
        <Icon name="question" size={16} />
        {t("answer.why")}
      </button>
      <CopyButton text={text} />
      {given === -1 && canCorrect && (
        <Button size="compact-sm" variant="subtle" onClick={() => onOpen("correct")}>
          {t("answer.better")}
        </Button>
      )}
      <Problem error={rating.error ?? taking.error} />
    </div>
  );
}

/** Only where the browser offers the clipboard: over HTTPS and on this machine. */
function CopyButton({ text }: { readonly text: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!("clipboard" in navigator)) return null;
  const label = t(copied ? "answer.copied" : "answer.copy");
  return (
    <button
      type="button"
      className="action"
      aria-label={label}
      title={label}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => undefined,
        );
      }}
    >
      <Icon name={copied ? "check" : "copy"} size={16} />
    </button>
  );
}
