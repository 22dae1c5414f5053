import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Language } from "../../core/language.ts";
import { phrase, type PhraseKey, type PhraseValues } from "./strings.ts";

type LanguageChoice = {
  readonly language: Language;
  choose(language: Language): void;
  /** Says a text of the page. */
  t(key: PhraseKey, values?: PhraseValues): string;
};

const LanguageContext = createContext<LanguageChoice | null>(null);
const storageKey = "apprentice-language";

/** Follows the browser's language until the person chooses one. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(preferredLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      choose(next) {
        localStorage.setItem(storageKey, next);
        // Requests name the language of the page, also those that start before the next effect.
        document.documentElement.lang = next;
        choose(next);
      },
      t: (key, values) => phrase(language, key, values),
    }),
    [language],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  const choice = use(LanguageContext);
  if (!choice) throw new Error("outside LanguageProvider");
  return choice;
}

function preferredLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  const language = chosen === "en" || chosen === "ru" ? chosen : browserLanguage();
  document.documentElement.lang = language;
  return language;
}

const browserLanguage = (): Language =>
  navigator.languages.find((tag) => /^(en|ru)\b/.test(tag))?.startsWith("ru") ? "ru" : "en";
