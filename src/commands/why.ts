import { explainTurn } from "../conversation/explain.ts";
import { defineCommand } from "./command.ts";
import { examplesBehind } from "./examples-behind.ts";

export default defineCommand({
  name: "why",
  about: "command.why",
  needs: "member",
  options: { turn: { type: "turn", about: "command.correct.turn", optional: true } },
  usageExamples: ["why", "why last"],
  async run({ turn: reference }, context) {
    const turn = await context.turn(reference);
    const examples = await examplesBehind(turn, context);
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
