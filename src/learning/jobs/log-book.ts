import type { JobNews } from "../../core/job.ts";

/** No program may fill the database with what it prints. */
const mostLogged = 5_000;
const mostMeasured = 20_000;
const longestText = 2_000;

/** The news of a running job on their way to its history: cut to size and counted. */
export type LogBook = {
  take(news: JobNews): void;
  /** What was taken since. */
  empty(): readonly JobNews[];
};

export function createLogBook(): LogBook {
  let waiting: JobNews[] = [];
  let logged = 0;
  let measured = 0;
  return {
    take(news) {
      if (news.kind === "metric") {
        measured += 1;
        if (measured > mostMeasured) return;
      } else if (news.kind !== "state") {
        logged += 1;
        if (logged === mostLogged) {
          const values = { count: mostLogged };
          waiting.push({ kind: "note", code: "lines-left-out", values, warns: true });
        }
        if (logged >= mostLogged) return;
      }
      waiting.push("text" in news ? { ...news, text: clean(news.text) } : finite(news));
    },
    empty() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** One line's worth of text that any database and terminal takes. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    // Colours and bells of terminals, and other control characters.
    .replaceAll(/\u001b\[[0-9;?]*[a-zA-Z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .slice(0, longestText);

/** JSON has no infinity; a value that is no number tells nothing. */
function finite(news: JobNews): JobNews {
  if (news.kind !== "metric") return news;
  const values = Object.entries(news.values).filter(([, value]) => Number.isFinite(value));
  return { ...news, values: Object.fromEntries(values) };
}
