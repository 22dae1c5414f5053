import type { Turn } from "../core/turn.ts";

export type NewTurn = Pick<
  Turn,
  | "workspace"
  | "room"
  | "person"
  | "personName"
  | "messageId"
  | "prompt"
  | "language"
  | "modelVersion"
>;
export type FinishedTurn = Pick<
  Turn,
  "answer" | "known" | "tier" | "score" | "exampleIds" | "modelVersion"
>;

/** Messages and the answers given to them. */
export type Turns = {
  /** Stores a message before it is answered. `undefined`: this message id was seen before. */
  begin(turn: NewTurn): Promise<Turn | undefined>;
  finish(id: string, answer: FinishedTurn): Promise<void>;
  /** Notes which platform messages carry the answer, so that a reply to one finds the turn. */
  sent(id: string, answerMessageIds: readonly string[]): Promise<void>;
  /** By id, by an unambiguous ending of it (>= 6 characters), or by the id of a message that asked or answered. */
  find(workspace: string, reference: string): Promise<Turn | undefined>;
  /**
   * Answered turns of a room, oldest first. `history`: only those after the last `new`;
   * `before`: a turn id to page back from.
   */
  list(
    workspace: string,
    room: string,
    options: { readonly limit: number; readonly history?: boolean; readonly before?: string },
  ): Promise<readonly Turn[]>;
  /** Forgets the conversation so far for answering; the turns themselves stay. */
  startAnew(workspace: string, room: string): Promise<void>;
};
