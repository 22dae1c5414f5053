import { CloseButton, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "./api.ts";
import { ExampleList } from "./example-list.tsx";
import { useLanguage } from "./language.tsx";
import { useFocus } from "./use-focus.ts";
import { Problem } from "./problem.tsx";

type WhyPanelProps = { readonly turnId: string; onClose(): void };

/** How an answer came to be: what was taught, how sure the bot was, which model version spoke. */
export function WhyPanel({ turnId, onClose }: WhyPanelProps) {
  const { t, language } = useLanguage();
  const closer = useFocus<HTMLButtonElement>();
  const { data, error, isPending } = useQuery({
    queryKey: ["why", turnId],
    queryFn: async () => (await api.turns[":id"].why.$get({ param: { id: turnId } })).json(),
  });
  const panel = useRef<HTMLElement>(null);
  // What was asked for should be seen, also when it opens below the last line of the window.
  useEffect(() => {
    if (!isPending) panel.current?.scrollIntoView({ block: "nearest" });
  }, [isPending]);
  const confidence = t(data?.tier === "none" ? "why.closest" : "why.confidence");
  return (
    <section ref={panel} className="why" aria-label={t("why.title")}>
      <CloseButton
        ref={closer}
        className="why-close"
        size="sm"
        aria-label={t("close")}
        onClick={onClose}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
      />
      {isPending && <Loader size="sm" />}
      <Problem error={error} />
      {data && (
        <>
          <p className="why-sentence">{t(`why.${data.tier}`)}</p>
          <dl>
            <div>
              <dt>{confidence}</dt>
              <dd>
                <meter min={0} max={1} value={data.score} aria-label={confidence} />
                {new Intl.NumberFormat(language, { style: "percent" }).format(data.score)}
              </dd>
            </div>
            <div>
              <dt>{t("why.model")}</dt>
              <dd>
                <code>{data.modelVersion}</code>
              </dd>
            </div>
          </dl>
          {data.examples.length > 0 && (
            <>
              <h3>{t("why.examples")}</h3>
              <ExampleList examples={data.examples} />
            </>
          )}
        </>
      )}
    </section>
  );
}
