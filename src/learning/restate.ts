import type { ExampleRow } from "../storage/example-rows.ts";
import type { Act } from "./act.ts";

/** Makes a question that a teacher said in other words a wording of the same answer, whatever it had. */
export async function wordAgain(
  step: Act,
  {
    row,
    answerId,
    about,
    isStored = false,
  }: {
    readonly row: ExampleRow & { readonly prompt_key: string };
    readonly answerId: string;
    readonly about?: string;
    readonly isStored?: boolean;
  },
): Promise<void> {
  const { id, prompt_key: key } = row;
  const view = await step.view({ keys: [key], answers: [answerId] });
  const decision = { kind: "reword", answer: answerId, how: "corrected", take: true } as const;
  await step.take(view, [{ ...decision, wording: { row: id, key } }], {
    ...(isStored ? {} : { wordings: [row] }),
    ...(about !== undefined && { about }),
  });
}
