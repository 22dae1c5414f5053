import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Icon, Mark } from "./icons.tsx";
import { useLanguage } from "./language.tsx";

type HeaderProps = {
  /** How many answers were taught; unknown until the server has told. */
  readonly taught: number | undefined;
  onNew(): void;
  onKnowledge(): void;
};

/** The name of the bot and what can be done with the whole page. */
export function Header({ taught, onNew, onKnowledge }: HeaderProps) {
  const { t, language, choose } = useLanguage();
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
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("header.language")}
          title={t("header.language")}
          lang={language === "en" ? "ru" : "en"}
          onClick={() => choose(language === "en" ? "ru" : "en")}
        >
          <span className="header-language">{language === "en" ? "RU" : "EN"}</span>
        </ActionIcon>
        <ColorSwitch />
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

function ColorSwitch() {
  const { t } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const other =
    useComputedColorScheme("light", { getInitialValueInEffect: false }) === "light"
      ? "dark"
      : "light";
  const label = t(other === "dark" ? "header.dark" : "header.light");
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(other)}
    >
      <Icon name={other} />
    </ActionIcon>
  );
}
