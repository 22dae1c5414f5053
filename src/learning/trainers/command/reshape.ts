type Message = { readonly role: string; readonly content: string };
type Row = {
  readonly prompt: readonly Message[];
  readonly completion: readonly Message[];
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
  readonly label: boolean;
};

/** Other ways to say a row of an export. */
const shapes = {
  /** Axolotl and LLaMA-Factory: the conversation, and each answer as one message. */
  "messages-pair": ({ prompt, chosen, rejected }: Row) => ({
    messages: prompt,
    chosen: chosen[0],
    rejected: rejected[0],
  }),
  /** LLaMA-Factory: the whole conversation with its label. */
  "messages-label": ({ prompt, completion, label }: Row) => ({
    messages: [...prompt, ...completion],
    label,
  }),
  /** Axolotl: texts with their label. */
  "texts-label": ({ prompt, completion, label }: Row) => ({
    prompt: prompt.map(({ content }) => content).join("\n"),
    completion: completion.map(({ content }) => content).join("\n"),
    label,
  }),
} as const;
export type RowShape = keyof typeof shapes;

/** A line of an export, said differently. */
export const reshapeLine = (line: string, shape: RowShape): string =>
  JSON.stringify(shapes[shape](JSON.parse(line) as Row));
