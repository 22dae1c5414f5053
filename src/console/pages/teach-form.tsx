import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import type { Receipt } from "./api-types.ts";
import { formKeys } from "./form-keys.ts";
import { useLanguage } from "./language.tsx";
import { useFocus } from "./use-focus.ts";
import { Problem } from "./problem.tsx";

type TeachFormProps = {
  /** Filled in for the person, who may change it. */
  readonly prompt: string;
  onCancel(): void;
  onLearned(receipt: Receipt): void;
};

/** A question and the answer to it. */
export function TeachForm({ prompt: given, onCancel, onLearned }: TeachFormProps) {
  const { t } = useLanguage();
  const promptField = useFocus<HTMLTextAreaElement>(given === "");
  const answerField = useFocus<HTMLTextAreaElement>(given !== "");
  const [prompt, setPrompt] = useState(given);
  const [answer, setAnswer] = useState("");
  const teach = useMutation({
    mutationFn: async () => (await api.teach.$post({ json: { prompt, answer } })).json(),
    onSuccess: (receipt) => onLearned(receipt),
  });
  const complete = prompt.trim() !== "" && answer.trim() !== "";
  const save = (): void => {
    if (complete && !teach.isPending) teach.mutate();
  };
  return (
    <form
      className="edit-form"
      aria-label={t("teach.title")}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        label={t("teach.prompt")}
        autosize
        minRows={1}
        maxRows={6}
        dir="auto"
        ref={promptField}
        onKeyDown={formKeys(save, onCancel)}
        value={prompt}
        onChange={(event) => {
          setPrompt(event.currentTarget.value);
          teach.reset();
        }}
      />
      <Textarea
        label={t("teach.answer")}
        autosize
        minRows={2}
        maxRows={12}
        dir="auto"
        ref={answerField}
        onKeyDown={formKeys(save, onCancel)}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <Problem error={teach.error} />
      <div className="form-actions">
        <Button type="submit" size="sm" loading={teach.isPending} disabled={!complete}>
          {t("teach.save")}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
