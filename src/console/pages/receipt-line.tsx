import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announce.ts";
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
  const text = [
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

function sentenceFor({ actionId, status, kind }: Receipt): PhraseKey {
  if (actionId === "") return "receipt.nothing";
  return status === "pending" ? "receipt.pending" : `receipt.${kind}`;
}
