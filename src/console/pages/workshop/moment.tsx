import { useLanguage } from "../language.tsx";

/** A moment as the reader's language writes it. */
export function Moment({ at }: { readonly at: number | string }) {
  const { language } = useLanguage();
  const date = new Date(at);
  const words = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return <time dateTime={date.toISOString()}>{words.format(date)}</time>;
}
