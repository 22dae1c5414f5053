import type { ShownExample } from "./api-types.ts";
import { useLanguage } from "./language.tsx";
import { Markdown } from "./markdown.tsx";

/** Taught questions with their answers. */
export function ExampleList({ examples }: { readonly examples: readonly ShownExample[] }) {
  const { t, language } = useLanguage();
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  return (
    <ul className="examples">
      {examples.map((example) => (
        <li key={example.id}>
          <p className="example-prompt" dir="auto">
            {example.prompt}
          </p>
          {example.label === "negative" && <p className="example-negative">{t("why.negative")}</p>}
          {example.answer === null ? (
            <p className="quiet">{t("knowledge.no-answer")}</p>
          ) : (
            <Markdown text={example.answer} />
          )}
          <p className="example-date">{date.format(example.createdAt)}</p>
        </li>
      ))}
    </ul>
  );
}
