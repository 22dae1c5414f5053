import { Button } from "@mantine/core";
import { HeaderSwitches } from "./header-switches.tsx";
import { Icon, Mark } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { addressOf } from "./use-place.ts";

type HeaderProps = {
  /** How many answers were taught; unknown until the server has told. */
  readonly taught: number | undefined;
  onNew(): void;
  onKnowledge(): void;
};

/** The name of the bot and what can be done with the whole page. */
export function Header({ taught, onNew, onKnowledge }: HeaderProps) {
  const { t } = useLanguage();
  return (
    <header className="header">
      <div className="header-name">
        <Mark />
        <div>
          <h1>Apprentice</h1>
          <p>{taught ? t("header.knowledge-count", { count: taught }) : t("app.about")}</p>
        </div>
      </div>
      <div className="header-actions">
        <HeaderAction icon="fresh" label={t("header.new")} onClick={onNew} />
        <HeaderAction icon="book" label={t("header.knowledge")} onClick={onKnowledge} />
        <Button
          component="a"
          href={addressOf("jobs")}
          className="header-action"
          variant="subtle"
          color="gray"
          aria-label={t("header.workshop")}
          title={t("header.workshop")}
        >
          <Icon name="curve" />
          <span className="header-action-label">{t("header.workshop")}</span>
        </Button>
        <HeaderSwitches />
      </div>
    </header>
  );
}

type HeaderActionProps = {
  readonly icon: "fresh" | "book";
  readonly label: string;
  onClick(): void;
};

/** On a phone only the drawing is left; its name stays for screen readers. */
function HeaderAction({ icon, label, onClick }: HeaderActionProps) {
  return (
    <Button
      className="header-action"
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className="header-action-label">{label}</span>
    </Button>
  );
}
