import { say, type Voice } from "../../texts/say.ts";
import type { Place } from "./importer.ts";

/** Where something stands in a file, for people. */
export function placeOf(
  { line, place }: { readonly line: number; readonly place?: Place },
  voice: Voice,
): string {
  const number = String(line);
  switch (place?.unit) {
    case "row":
      return say(voice, "import.row", { line: number, sheet: (place.sheet ?? "").slice(0, 80) });
    case "paragraph":
      return say(voice, "import.paragraph", { line: number });
    case "page":
      return say(voice, "import.page", { line: number });
    case undefined:
      return say(voice, "import.line", { line: number });
  }
}
