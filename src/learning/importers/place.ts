import { say, type Voice } from "../../texts/say.ts";
import type { Place } from "./importer.ts";

type Placed = { readonly line: number; readonly place?: Place };

/** Where something stands in a file, for people. */
export function placeOf(found: Placed, voice: Voice): string {
  const place = placeWithin(found, voice);
  const file = found.place?.file?.slice(0, 80);
  return file === undefined ? place : say(voice, "import.in-file", { file, place });
}

function placeWithin({ line, place }: Placed, voice: Voice): string {
  const number = String(line);
  switch (place?.unit) {
    case "row":
      return say(voice, "import.row", { line: number, sheet: (place.sheet ?? "").slice(0, 80) });
    case "paragraph":
      return say(voice, "import.paragraph", { line: number });
    case "page":
      return say(voice, "import.page", { line: number });
    case "line":
    case undefined:
      return say(voice, "import.line", { line: number });
  }
}
