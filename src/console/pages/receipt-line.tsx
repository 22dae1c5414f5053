import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announce.ts";
import { useMutation } from "@tanstack/react-query";
import { api } from "./api.ts";
import type { Receipt } from "./api-types.ts";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import type { PhraseKey } from "./strings.ts";
import { UndoButton } from "./undo-button.tsx";

type ReceiptLineProps = {
  readonly receipt: Receipt;
  /** The file it came from. */
  readonly name?: string;
  onAskAgain?(): void;
  onUndone?(): void;
};

/** The proof that something was learned, and the way back. */
export function ReceiptLine({ receipt, name = "", onAskAgain, onUndone }: ReceiptLineProps) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const [undone, setUndone] = useState(false);
  const [settled, setSettled] = useState<string>();
  const settle = useMutation({
    mutationFn: async ({ name, values }: Call) =>
      (await api.commands[":name"].$post({ param: { name }, json: { values } })).json(),
    onSuccess: (reply) => setSettled(reply.text),
  });
  const told = settled ?? receipt.words;
  const text =
    told ??
    [
      t(sentenceFor(receipt), { count: receipt.added, name }),
      receipt.skipped > 0 && t("receipt.skipped", { count: receipt.skipped }),
      receipt.conflicts > 0 && t("receipt.conflicts", { count: receipt.conflicts }),
    ]
      .filter(Boolean)
      .join(" ");
  useEffect(() => announce(text), [announce, text]);
  return (
    <div className={undone ? "receipt receipt-undone" : "receipt"}>
      <Icon name={undone ? "undo" : "check"} />
      {!undone && <span className="receipt-text">{text}</span>}
      <div className="receipt-actions">
        {!undone && onAskAgain && (
          <Button size="compact-sm" variant="subtle" onClick={onAskAgain}>
            {t("answer.again")}
          </Button>
        )}
        {!undone &&
          settled === undefined &&
          (receipt.buttons ?? []).map(({ label, call }) => (
            <Button
              key={label}
              size="compact-sm"
              variant="light"
              loading={settle.isPending}
              onClick={() => settle.mutate(call)}
            >
              {label}
            </Button>
          ))}
        {receipt.actionId !== "" && (
          <UndoButton
            actionId={receipt.actionId}
            onUndone={() => {
              setUndone(true);
              onUndone?.();
            }}
          />
        )}
      </div>
    </div>
  );
}

type Call = NonNullable<Receipt["buttons"]>[number]["call"];

/** What there is to say of acts that say nothing themselves. */
const sentences: Partial<Record<Receipt["kind"], PhraseKey>> = {
  taught: "receipt.taught",
  corrected: "receipt.corrected",
  rated: "receipt.rated",
  reviewed: "receipt.reviewed",
  imported: "receipt.imported",
};

function sentenceFor({ actionId, status, kind }: Receipt): PhraseKey {
  if (actionId === "") return "receipt.nothing";
  if (status === "pending") return "receipt.pending";
  return sentences[kind] ?? "receipt.reviewed";
}
