import type { Reply } from "../core/reply.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";

const pageSize = 20;

export default defineCommand({
  name: "answers",
  about: "command.answers",
  needs: "member",
  options: {
    search: { type: "rest", about: "command.answers.search", optional: true },
    open: { type: "flag", about: "command.answers.open", optional: true },
    doubted: { type: "flag", about: "command.answers.doubted", optional: true },
    expired: { type: "flag", about: "command.answers.expired", optional: true },
    source: { type: "text", about: "command.answers.source", optional: true },
    page: { type: "integer", about: "command.review.page", optional: true },
  },
  usageExamples: ["answers", "answers wifi", "answers --open", "answers --doubted"],
  async run({ search, open = false, doubted, expired, source, page = 1 }, context) {
    if (open) return openMatters(context);
    const { say, prefix, knownAnswers, message } = context;
    const place = Math.max(1, Math.min(page, 10_000));
    const wanted = {
      workspace: message.workspace,
      limit: pageSize,
      offset: (place - 1) * pageSize,
      ...(search !== undefined && { search }),
      ...(doubted && { isDoubted: true }),
      ...(expired && { isExpired: true }),
      ...(source !== undefined && { source }),
    };
    const count = await knownAnswers.count(wanted);
    const answers = await knownAnswers.list(wanted);
    const data = { count, page: place, answers: answers.map((answer) => ({ ...answer })) };
    if (count === 0) return { text: say("answers.empty"), data };
    const lines = answers.map(({ id, wording, wordings, text }) => {
      const line = say("answers.line", {
        id: id.slice(-8),
        prompt: shorten(wording ?? "—"),
        answer: text === null ? say("effect.unknown") : shorten(text),
      });
      const more = wordings - 1;
      return more > 0 ? `${line} ${say("answers.more-wordings", { count: more })}` : line;
    });
    const isMore = wanted.offset + answers.length < count;
    return {
      text: [
        say("answers.title", { count }),
        ...lines,
        ...(isMore ? [say("answers.more", { prefix, page: place + 1 })] : []),
      ].join("\n"),
      data,
    };
  },
});

/** What waits for somebody's word: corrections that were not settled, and proposals. */
async function openMatters(context: CommandContext): Promise<Reply> {
  const { say, prefix, knownAnswers, message } = context;
  const { questions, proposals } = await knownAnswers.open(message.workspace, pageSize);
  const data = {
    questions: questions.map((question) => ({ ...question })),
    proposals: proposals.map((proposal) => ({ ...proposal })),
  };
  if (questions.length + proposals.length === 0) return { text: say("answers.empty"), data };
  const lines = questions.map(({ id, prompt, answer, wording }) =>
    say("answers.open-line", {
      id: id.slice(-8),
      prompt: shorten(prompt),
      answer: answer === null ? say("effect.unknown") : shorten(answer),
      wording: shorten(wording),
      prefix,
    }),
  );
  const proposed = await Promise.all(
    proposals.map(async ({ id, prompt, text, answerId }) => {
      const standing =
        answerId === null ? undefined : await knownAnswers.find(message.workspace, answerId);
      return say("answers.proposal-line", {
        id: id.slice(-8),
        prompt: shorten(prompt),
        answer: text === null ? say("effect.unknown") : shorten(text),
        old: standing?.text ? shorten(standing.text) : say("effect.unknown"),
      });
    }),
  );
  return { text: [...lines, ...proposed].join("\n"), data };
}
