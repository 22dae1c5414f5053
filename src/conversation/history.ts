import type { Message } from "../core/message.ts";
import type { Turn } from "../core/turn.ts";
import type { ModelMessage } from "../models/model.ts";
import type { Turns } from "../storage/turns.ts";
import { setIn, speakerName } from "./speaker-name.ts";

export type HistoryWindow = {
  readonly turns: Pick<Turns, "list">;
  /** At most so many earlier turns, and so much of their text in UTF-16 units. */
  readonly historyTurns: number;
  readonly historyCharacters: number;
};

/**
 * The conversation of the room since the last `new`, as a language model sees it: the newest turns
 * that fit the window, then the message itself. Answers that only said "I do not know" are left out.
 * Where several people talk, each of their messages carries the name, and its further lines are set in.
 */
export async function historyMessages(
  window: HistoryWindow,
  message: Message,
): Promise<readonly ModelMessage[]> {
  const { turns, historyTurns, historyCharacters } = window;
  const listed =
    historyTurns === 0
      ? []
      : await turns.list(message.workspace, message.room, {
          limit: historyTurns,
          history: true,
          ...(message.insteadOf !== undefined && { before: message.insteadOf }),
        });
  const earlier = newestThatFit(
    listed.filter((turn) => turn.known && turn.messageId !== message.id),
    historyCharacters,
  );
  const people = new Set([message.person.id, ...earlier.map((turn) => turn.person)]);
  const spoken = (name: string, text: string): ModelMessage => ({
    role: "user",
    content: people.size > 1 ? `${speakerName(name)}: ${setIn(text)}` : text,
  });
  return [
    ...earlier.flatMap((turn): ModelMessage[] => [
      spoken(turn.personName, turn.said ?? turn.prompt),
      { role: "assistant", content: turn.answer ?? "" },
    ]),
    spoken(message.person.name, withQuotes(message)),
  ];
}

/** The message after what it points at, as lines that begin with `>`. */
function withQuotes({ quoted = [], text }: Message): string {
  const lines = quoted.map(({ name, text: said }) =>
    `${speakerName(name)}: ${setIn(said)}`
      .split("\n")
      .map((line) => `> ${line}`)
      .join("\n"),
  );
  return [...lines, text].join("\n");
}

function newestThatFit(turns: readonly Turn[], characters: number): readonly Turn[] {
  let left = characters;
  const first = turns.findLastIndex((turn) => {
    left -= turn.prompt.length + (turn.answer?.length ?? 0);
    return left < 0;
  });
  return turns.slice(first + 1);
}
