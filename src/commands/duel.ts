import { picks, type DuelPick } from "../learning/duel/duels.ts";
import type { Reply } from "../core/reply.ts";
import { asJson } from "./as-json.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";

export default defineCommand({
  name: "duel",
  about: "command.duel",
  needs: "member",
  options: {
    question: { type: "rest", about: "command.duel.question", optional: true },
    round: { type: "text", about: "command.duel.round", optional: true },
    pick: { type: "choice", about: "command.duel.pick", choices: picks, optional: true },
  },
  usageExamples: ["duel When do you open?", "duel v1 v2 When do you open?"],
  async run({ question = "", round, pick }, context) {
    if (round !== undefined && pick !== undefined) return chosen(round, pick, context);
    const { names, prompt } = spelledOut(question);
    if (prompt === "") return { text: context.say("duel.how", { prefix: context.prefix }) };
    const { duels, teacher, signal, say } = context;
    const asked = await duels.ask(teacher.workspace, prompt, names, signal);
    if (!asked) return { text: say("duel.same"), data: { same: true } };
    const shown = (answer: string | null) => answer ?? say("answer.unknown");
    return {
      text: say("duel.asked", { upper: shown(asked.upper), lower: shown(asked.lower) }),
      data: asJson(asked),
      buttons: picks.map((each) => ({
        label: say(`duel.pick.${each}`),
        call: { name: "duel", values: { round: asked.id, pick: each } },
      })),
    };
  },
});

/** `v1 v2 When do you open?`: two names before the question say who answers. */
function spelledOut(question: string): {
  readonly names?: readonly [string, string];
  readonly prompt: string;
} {
  const name = String.raw`([vв]\d{1,5}|live|candidate|previous|recall)`;
  const found = new RegExp(`^${name}\\s+${name}\\s+(.+)$`, "isu").exec(question.trim());
  if (!found) return { prompt: question.trim() };
  return { names: [found[1]!, found[2]!], prompt: found[3]! };
}

async function chosen(round: string, pick: DuelPick, context: CommandContext): Promise<Reply> {
  const { duels, teacher, say, prefix } = context;
  const { state, receipt } = await duels.choose(teacher, round, pick);
  const { verdict, winner, loser, choices, p } = state;
  const values = { count: choices, winner: winner ?? "", loser: loser ?? "", p: rounded(p) };
  const lines = [
    say(verdict === "open" ? "duel.open" : verdict === "even" ? "duel.even" : "duel.won", values),
  ];
  if (receipt?.status === "pending") lines.push(say("receipt.pending"));
  if (receipt && receipt.actionId !== "")
    lines.push(say("receipt.undo", { prefix, id: receipt.actionId.slice(-8) }));
  return {
    text: lines.join(" "),
    data: asJson({ ...state, receipt }),
    ...(receipt && receipt.actionId !== "" && { actionId: receipt.actionId }),
  };
}

const rounded = (p: number): number => Math.round(p * 10_000) / 10_000;
