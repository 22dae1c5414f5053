import type { Reply, ReplyItem } from "../core/reply.ts";
import type { ReviewQueue } from "../learning/review.ts";
import type { Verdict } from "../learning/teaching.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { missingOption } from "./missing-option.ts";
import { receiptReply } from "./receipt.ts";
import { shorten } from "./shorten.ts";

const acts = ["approve", "edit", "reject"] as const;
type Act = (typeof acts)[number];
const done = {
  approve: "review.approved",
  edit: "review.edited",
  reject: "review.rejected",
} as const;

const pageSize = 10;

export default defineCommand({
  name: "review",
  about: "command.review",
  needs: "trainer",
  options: {
    act: { type: "choice", about: "command.review.act", choices: acts, optional: true },
    item: { type: "text", about: "command.review.item", suggest: "review", optional: true },
    answer: { type: "rest", about: "command.review.answer", optional: true },
    page: { type: "integer", about: "command.review.page", optional: true },
  },
  usageExamples: [
    "review",
    "review approve 3f9a21c7",
    "review edit 3f9a21c7 At ten on Sundays.",
    "review reject 3f9a21c7",
  ],
  async run({ page = 1, act, item, answer }, context) {
    if (act === undefined) return list(page, context);
    if (item === undefined) throw missingOption("review", "item", context);
    const receipt = await context.teaching.review(
      context.teacher,
      item,
      verdictOf(act, answer, context),
    );
    const reply = receiptReply(receipt, context, done[act]);
    if (act !== "reject") return reply;
    const undo = context.say("receipt.undo", {
      prefix: context.prefix,
      id: receipt.actionId.slice(-8),
    });
    return { ...reply, text: `${context.say(done.reject)} ${undo}` };
  },
});

function verdictOf(act: Act, answer: string | undefined, context: CommandContext): Verdict {
  if (act !== "edit") return { kind: act };
  if (answer === undefined) throw missingOption("review", "answer", context);
  return { kind: "edit", answer };
}

async function list(page: number, context: CommandContext): Promise<Reply> {
  const { review: queue, message, say, prefix } = context;
  const { wrong, pending } = await queue.count(message.workspace);
  const place = Math.max(1, Math.min(page, 1_000));
  const offset = (place - 1) * pageSize;
  const items = await queue.list(message.workspace, { offset, limit: pageSize });
  const count = wrong + pending;
  const data = { wrong, pending, page: place, items: items.map((item) => ({ ...item })) };
  if (count === 0) return { text: say("review.empty"), data };
  const lines = [say("review.title", { count }), ...items.map((item) => line(item, context))];
  lines.push(say("review.how", { prefix }));
  if (offset + items.length < count) lines.push(say("review.more", { prefix, page: place + 1 }));
  return { text: lines.join("\n"), data, items: items.map((item) => asReply(item, context)) };
}

/** One item with what can be done about it. */
function asReply(item: Item, context: CommandContext): ReplyItem {
  const { say } = context;
  const call = (act: Act) => ({ name: "review", values: { act, item: item.id } });
  return {
    key: item.id,
    text: line(item, context).replace(/^- /, ""),
    buttons: [
      { label: say("review.approve"), call: call("approve"), style: "good" },
      { label: say("review.edit"), call: call("edit"), asks: "answer" },
      { label: say("review.reject"), call: call("reject"), style: "bad" },
    ],
  };
}

type Item = Awaited<ReturnType<ReviewQueue["list"]>>[number];

function line(item: Item, { say }: CommandContext): string {
  const quoted = (answer: string | null) =>
    answer === null ? say("test.nothing") : `“${shorten(answer)}”`;
  const id = item.id.slice(-8);
  if (item.kind === "wrong") {
    const { prompt, predicted, expected, label } = item;
    return say(label === "negative" ? "review.wrong-negative" : "review.wrong", {
      id,
      prompt: shorten(prompt),
      predicted: quoted(predicted),
      expected: quoted(expected),
    });
  }
  const { person, count, first, action } = item;
  const values = { id, person, count, prompt: shorten(first.prompt), answer: quoted(first.answer) };
  if (first.label === "negative") return say("review.pending-negative", values);
  // A correction makes two examples: the better answer, and not the old one.
  const many = action === "imported" && count > 1;
  return say(many ? "review.pending-many" : "review.pending", values);
}
