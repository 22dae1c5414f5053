import type { Example } from "../core/example.ts";
import { defineCommand } from "./command.ts";
import { shorten } from "./shorten.ts";

/** As many as one message shows; the console shows all. */
const most = 15;
const longestAnswer = 120;

export default defineCommand({
  name: "examples",
  about: "command.examples",
  needs: "member",
  options: { search: { type: "rest", about: "command.examples.search", optional: true } },
  usageExamples: ["examples", "examples opening hours"],
  async run({ search = "" }, { message, searchExamples, prefix, say }) {
    const { workspace } = message;
    const { found, related } = await searchExamples({
      workspace,
      search,
      status: "active",
      limit: most + 1,
    });
    const shown = found.slice(0, most);
    const data = { examples: shown.map(facts), related: related.map(facts) };
    if (shown.length === 0 && related.length === 0) {
      const text =
        search.trim() === ""
          ? say("examples.none", { prefix })
          : say("examples.not-found", { search: shorten(search) });
      return { text, data };
    }
    const lines = [
      ...(shown.length > 0
        ? [say(search.trim() === "" ? "examples.newest" : "examples.found")]
        : [say("examples.not-found", { search: shorten(search) })]),
      ...shown.map(line),
      ...(found.length > most ? [say("examples.more", { count: most })] : []),
      ...(related.length > 0 ? ["", say("examples.related"), ...related.map(line)] : []),
    ];
    return { text: lines.join("\n"), data };
  },
});

const line = ({ id, prompt, answer }: Example): string =>
  `- ${shorten(prompt)} → ${shorten(answer ?? "-", longestAnswer)} (${id.slice(-8)})`;

const facts = ({ id, prompt, answer, label, language, createdAt }: Example) => ({
  id,
  prompt,
  answer,
  label,
  language,
  createdAt,
});
