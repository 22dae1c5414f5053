import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";

/** Language and colours: the same everywhere. */
export function HeaderSwitches() {
  const { t, language, choose } = useLanguage();
  return (
    <>
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
    </>
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
