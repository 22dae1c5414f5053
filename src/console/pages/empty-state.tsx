import { Mark, Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";

/** What the page is for, before the first message. */
export function EmptyState() {
  const { t } = useLanguage();
  return (
    <section className="empty">
      <Mark size={52} />
      <h2>{t("empty.title")}</h2>
      <ul>
        <li>
          <Icon name="question" />
          {t("empty.ask")}
        </li>
        <li>
          <Icon name="pencil" />
          {t("empty.correct")}
        </li>
        <li>
          <Icon name="file" />
          {t("empty.drop")}
        </li>
      </ul>
    </section>
  );
}
