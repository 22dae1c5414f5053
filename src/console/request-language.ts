import { languages, type Language } from "../core/language.ts";

/**
 * The language of ours that an `Accept-Language` header (RFC 9110, section 12.5.4) likes best;
 * `fallback` when it names none of them.
 */
export function requestLanguage(header: string | undefined, fallback: Language): Language {
  let best = fallback;
  let bestQuality = 0;
  for (const range of (header ?? "").slice(0, 200).split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const language = languages.find((ours) => tag === ours || tag.startsWith(`${ours}-`));
    const quality = Number(parameters.find((part) => part.startsWith("q="))?.slice(2) ?? 1);
    if (language && quality > bestQuality) [best, bestQuality] = [language, quality];
  }
  return best;
}
