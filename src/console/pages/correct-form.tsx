import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import type { Receipt } from "./api-types.ts";
import { useLanguage } from "./language.tsx";
import { useFocus } from "./use-focus.ts";
import { Problem } from "./problem.tsx";
import { formKeys } from "./form-keys.ts";

type CorrectFormProps = {
  readonly turnId: string;
  readonly text: string;
  onCancel(): void;
  onLearned(receipt: Receipt, answer: string): void;
};

/** The answer, open for editing in its own place. */
export function CorrectForm({ turnId, text, onCancel, onLearned }: CorrectFormProps) {
  const { t } = useLanguage();
  const field = useFocus<HTMLTextAreaElement>();
  const [answer, setAnswer] = useState(text);
  const correct = useMutation({
    mutationFn: async () =>
      (await api.turns[":id"].correct.$post({ param: { id: turnId }, json: { answer } })).json(),
    onSuccess: (receipt) => onLearned(receipt, answer),
  });
  const save = (): void => {
    if (!correct.isPending && answer.trim() !== "") correct.mutate();
  };
  return (
    <form
      className="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        label={t("correct.label")}
        autosize
        minRows={2}
        maxRows={16}
        dir="auto"
        ref={field}
        onKeyDown={formKeys(save, onCancel)}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        onFocus={({ currentTarget: field }) =>
          field.setSelectionRange(field.value.length, field.value.length)
        }
      />
      <Problem error={correct.error} />
      <div className="form-actions">
        <Button type="submit" size="sm" loading={correct.isPending} disabled={answer.trim() === ""}>
          {t("correct.save")}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
