import type { Example } from "../core/example.ts";
import { explainTurn } from "../conversation/explain.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "why",
  about: "command.why",
  needs: "member",
  options: { turn: { type: "turn", about: "command.correct.turn", optional: true } },
  usageExamples: ["why", "why last"],
  async run({ turn: reference }, context) {
    const turn = await context.turn(reference);
    const found = await Promise.all(
      turn.exampleIds.map((id) => context.examples.find(turn.workspace, id)),
    );
    const examples = found.filter((example): example is Example => example !== undefined);
    return {
      text: explainTurn(turn, examples, context.voice),
      turnId: turn.id,
      data: {
        turnId: turn.id,
        modelVersion: turn.modelVersion,
        tier: turn.tier,
        score: turn.score,
        examples: examples.map(
          ({ id, prompt, answer, label, author, source, createdAt, status }) => ({
            id,
            prompt,
            answer,
            label,
            author,
            source,
            createdAt,
            status,
          }),
        ),
      },
    };
  },
});
