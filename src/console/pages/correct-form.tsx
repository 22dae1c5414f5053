import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
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

const meanings = ["everywhere", "different", "only-this", "open"] as const;
type Meaning = (typeof meanings)[number];

/** The share of the words of a correction that stood in the old answer from which that was edited. */
const edited = 0.5;

/** What is chosen as long as nobody has: a wording whose answer was edited in place has changed. */
function likelyMeaning(
  taken:
    | { readonly isWording: boolean; readonly isDeclared: boolean; readonly count: number }
    | undefined,
  old: string,
  answer: string,
): Meaning {
  if (!taken?.isWording) return "open";
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const before = new Set(words(old));
  const now = words(answer);
  const kept = now.filter((word) => before.has(word)).length;
  return taken.isDeclared || taken.count === 1 || kept >= edited * now.length
    ? "everywhere"
    : "open";
}

/** The answer, open for editing in its own place. */
export function CorrectForm({ turnId, text, onCancel, onLearned }: CorrectFormProps) {
  const { t } = useLanguage();
  const field = useFocus<HTMLTextAreaElement>();
  const [answer, setAnswer] = useState(text);
  const [chosen, setChosen] = useState<Meaning>();
  const { data: taken } = useQuery({
    queryKey: ["taken-for", turnId],
    queryFn: async () =>
      (await api.turns[":id"]["taken-for"].$get({ param: { id: turnId } })).json(),
  });
  const meaning = chosen ?? likelyMeaning(taken, text, answer);
  const correct = useMutation({
    mutationFn: async () =>
      (
        await api.turns[":id"].correct.$post({
          param: { id: turnId },
          json: { answer, ...(taken?.wording && { meaning }) },
        })
      ).json(),
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
      {taken && taken.wording !== null && (
        <Radio.Group
          value={meaning}
          onChange={(value) => setChosen(value)}
          label={t("correct.taken-for", { wording: taken.wording, count: taken.count })}
          size="sm"
        >
          {meanings.map((each) => (
            <Radio
              key={each}
              size="xs"
              mt={4}
              value={each}
              label={t(`correct.${each}`, { count: taken.count })}
            />
          ))}
        </Radio.Group>
      )}
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
