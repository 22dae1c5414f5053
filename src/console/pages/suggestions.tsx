import { Button } from "@mantine/core";
import type { ShownAnswer } from "./conversation.ts";
import { useLanguage } from "./language.tsx";

type SuggestionsProps = { readonly answer: ShownAnswer; onAsk(prompt: string): void };

/** Questions that were perhaps meant; each is asked with one press. */
export function Suggestions({ answer, onAsk }: SuggestionsProps) {
  const { t } = useLanguage();
  if (answer.suggestions.length === 0) return null;
  const announced = withoutSuggestions(answer) !== answer.text;
  return (
    <div className="suggestions">
      {!announced && <span>{t("answer.did-you-mean")}</span>}
      {answer.suggestions.map(({ prompt }) => (
        <Button
          key={prompt}
          className="suggestion"
          size="compact-sm"
          radius="xl"
          variant="default"
          onClick={() => onAsk(prompt)}
        >
          <bdi>{prompt}</bdi>
        </Button>
      ))}
    </div>
  );
}

/** The text of an answer without the list of suggestions that platforms without buttons need. */
export function withoutSuggestions({ text, suggestions }: ShownAnswer): string {
  const listed = new Set(suggestions.map(({ prompt }) => `- ${prompt}`));
  return text
    .split("\n")
    .filter((line) => !listed.has(line))
    .join("\n")
    .trimEnd();
}
