import { isoDate } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Reply } from "../core/reply.ts";
import type { AnswerEdit, Receipt } from "../learning/teaching.ts";
import type { KnownAnswer } from "../storage/known-answers.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { effectFacts } from "./effect.ts";
import { shorten } from "./shorten.ts";

export default defineCommand({
  name: "answer",
  about: "command.answer",
  needs: "member",
  options: {
    id: { type: "text", about: "command.answer.id" },
    text: { type: "rest", about: "command.answer.text", optional: true },
    until: { type: "text", about: "command.answer.until", optional: true },
    retire: { type: "flag", about: "command.answer.retire", optional: true },
    confirm: { type: "flag", about: "command.answer.confirm", optional: true },
    merge: { type: "text", about: "command.answer.merge", optional: true },
    split: { type: "text", about: "command.answer.split", optional: true },
  },
  usageExamples: [
    "answer 3f9a21c7",
    "answer 3f9a21c7 text=At ten.",
    "answer 3f9a21c7 --confirm",
    "answer 3f9a21c7 until=2026-12-31",
    "answer 3f9a21c7 merge=77aa01b2",
  ],
  async run({ id, ...given }, context) {
    const { knownAnswers, message, teaching, teacher } = context;
    const edit = editOf(given);
    if (edit) {
      const receipt = await teaching.edit(teacher, id, edit);
      return edited(receipt, edit, context);
    }
    const whole = await knownAnswers.findId(message.workspace, id);
    const answer = whole && (await knownAnswers.find(message.workspace, whole));
    if (!answer) throw new ApprenticeError("answer-missing", { id: id.slice(0, 60) });
    return { text: answerWords(answer, context), data: { ...answer } };
  },
});

type Given = {
  readonly text?: string;
  readonly until?: string;
  readonly retire?: boolean;
  readonly confirm?: boolean;
  readonly merge?: string;
  readonly split?: string;
};

/** The one change that is wished. */
function editOf({ text, until, retire, confirm, merge, split }: Given): AnswerEdit | undefined {
  if (text !== undefined) return { kind: "text", text };
  if (confirm) return { kind: "confirm" };
  if (retire) return { kind: "retire" };
  if (merge !== undefined) return { kind: "merge", into: merge };
  if (split !== undefined) return { kind: "split", prompts: [split] };
  if (until !== undefined) return { kind: "valid-until", until: dateOf(until) };
  return undefined;
}

/** The end of a day, in milliseconds; `null` for "never". */
function dateOf(text: string): number | null {
  if (/^(?:never|никогда|бессрочно)$/iu.test(text.trim())) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? Date.parse(`${text.trim()}T23:59:59Z`) : NaN;
  if (Number.isNaN(day)) {
    throw new ApprenticeError("command-argument-invalid", {
      command: "answer",
      option: "until",
      value: text.slice(0, 60),
      allowed: "2026-12-31, never",
      nearest: "",
      usage: "answer 3f9a21c7 until=2026-12-31",
    });
  }
  return day;
}

function edited(
  receipt: Receipt,
  edit: AnswerEdit,
  { say, prefix }: Pick<CommandContext, "say" | "prefix">,
): Reply {
  const effect = receipt.effect!;
  const count = effect.changed.length;
  const answer = effect.answer === null ? say("effect.unknown") : shorten(effect.answer);
  const until = edit.kind === "valid-until" ? edit.until : null;
  const words = {
    text: say("answer.edited", {
      wording: shorten(effect.wording ?? ""),
      answer,
      old: shorten(effect.old ?? say("effect.unknown")),
    }),
    confirm: say("effect.confirmed"),
    retire: say("answer.retired-now", { count }),
    "retire-wording": say("answer.retired-now", { count }),
    merge: say("answer.merged-now", { count, answer }),
    split: say("answer.split-now"),
    "valid-until":
      until === null
        ? say("answer.until-never")
        : say("answer.until-now", { date: isoDate(until) }),
  }[edit.kind];
  const undo = say("receipt.undo", { prefix, id: receipt.actionId.slice(-8) });
  return {
    text: `${words} ${undo}`,
    data: JSON.parse(JSON.stringify({ ...receipt, ...effectFacts(receipt) })) as NonNullable<
      Reply["data"]
    >,
    actionId: receipt.actionId,
  };
}

/** All that is known about an answer, line by line. */
function answerWords(answer: KnownAnswer, { say }: Pick<CommandContext, "say">): string {
  const { id, version, author, at, text, source, confirmedAt, validUntil, use, status } = answer;
  const earlier = answer.versions.filter(({ number }) => number < version);
  return [
    say("answer.facts", {
      id: id.slice(-8),
      version,
      author,
      date: isoDate(at),
      answer: text === null ? say("effect.unknown") : shorten(text),
    }),
    ...(text === null ? [say("answer.not-known")] : []),
    ...(source === null ? [] : [say("answer.from-file", { file: source })]),
    ...(status === "retired" ? [say("answer.retired")] : []),
    ...(answer.mergedInto === null
      ? []
      : [say("answer.merged", { id: answer.mergedInto.slice(-8) })]),
    say("answer.wordings"),
    ...answer.prompts.map((prompt) => say("answer.wording", { prompt: shorten(prompt) })),
    ...(earlier.length > 0 ? [say("answer.versions")] : []),
    ...earlier.map((each) =>
      say("answer.version", {
        version: each.number,
        answer: each.text === null ? say("effect.unknown") : shorten(each.text),
        author: each.author,
        date: isoDate(each.at),
      }),
    ),
    ...useWords({ use, confirmedAt, validUntil }, { say }),
  ].join("\n");
}

/** How an answer is used, when it was confirmed, and how long it is true. */
export function useWords(
  { use, confirmedAt, validUntil }: Pick<KnownAnswer, "use" | "confirmedAt" | "validUntil">,
  { say }: Pick<CommandContext, "say">,
): readonly string[] {
  return [
    say("answer.used", { count: use.given, people: use.people }),
    ...(use.doubts > 0 ? [say("answer.doubted", { count: use.doubts })] : []),
    confirmedAt === null
      ? say("answer.never-confirmed")
      : say("answer.confirmed", { date: isoDate(confirmedAt) }),
    ...(validUntil === null ? [] : [say("answer.until", { date: isoDate(validUntil) })]),
  ];
}
