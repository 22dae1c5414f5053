import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Turn } from "../core/turn.ts";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { createGroupCommit } from "./group-commit.ts";
import { turnStatements } from "./turn-statements.ts";
import type { Schema } from "./schema.ts";
import { storableText } from "./text.ts";
import { laterQuestions } from "../core/message.ts";

export type NewTurn = Pick<
  Turn,
  | "workspace"
  | "room"
  | "person"
  | "personName"
  | "messageId"
  | "prompt"
  | "said"
  | "language"
  | "modelVersion"
>;
export type FinishedTurn = Pick<
  Turn,
  "answer" | "known" | "tier" | "score" | "exampleIds" | "modelVersion"
> &
  Partial<Pick<Turn, "answerId" | "versionId">>;

/** Messages and the answers given to them. */
export type Turns = {
  /** Stores a message before it is answered. `undefined`: this message id was seen before. */
  begin(turn: NewTurn): Promise<Turn | undefined>;
  finish(id: string, answer: FinishedTurn): Promise<void>;
  /** Stores a message together with its answer, where that is there at once; else as `begin`. */
  add(turn: NewTurn, answer: FinishedTurn): Promise<Turn | undefined>;
  /** Notes which platform messages carry the answer, so that a reply to one finds the turn. */
  sent(id: string, answerMessageIds: readonly string[]): Promise<void>;
  /** Of an answer given by voice only so much was heard; without a word it stays unanswered. */
  heard(workspace: string, messageId: string, heard: string): Promise<void>;
  /** By id, by an unambiguous ending of it (>= 6 characters), or by the id of a message that asked or answered. */
  find(workspace: string, reference: string): Promise<Turn | undefined>;
  /**
   * Answered turns of a room, oldest first. `history`: only those after the last `new`;
   * `before`: a turn id to page back from; `unanswered`: also those without an answer.
   */
  list(
    workspace: string,
    room: string,
    options: {
      readonly limit: number;
      readonly history?: boolean;
      readonly before?: string;
      readonly unanswered?: boolean;
    },
  ): Promise<readonly Turn[]>;
  /** Removes the words of a message with all its questions, and of the answer to it, for good; the empty turn stays. */
  forget(workspace: string, messageId: string): Promise<void>;
  /** Notes what a message reads after its author edited it. */
  reword(workspace: string, messageId: string, text: string): Promise<void>;
  /** Forgets the conversation so far for answering; the turns themselves stay. */
  startAnew(workspace: string, room: string): Promise<void>;
};

const endingLength = 6;

/** The turns kept in `database`. */
export function createTurns(database: Database): Turns {
  const { query } = database;
  const commit = createGroupCommit(database);
  // Which messages carry an answer can be lost with the machine: then one may come a second time.
  const note = createGroupCommit(database, { isHurried: true });

  const statements = turnStatements(query);
  /** Which words of an answer are given now. */
  const versionOf = async (answerId: string | null | undefined): Promise<string | null> => {
    if (answerId === undefined || answerId === null) return null;
    const row = await query
      .selectFrom("answer")
      .select("current_version")
      .where("id", "=", answerId)
      .executeTakeFirst();
    return row?.current_version ?? null;
  };
  const insert = async (row: TurnRow): Promise<Turn | undefined> => {
    const { rows } = await commit((group) => group.executeQuery(statements.insert(row)));
    return rows.length > 0 ? asTurn(row, []) : undefined;
  };

  const withMessages = async (rows: readonly TurnRow[]): Promise<Turn[]> => {
    if (rows.length === 0) return [];
    const messages = await query
      .selectFrom("answer_message")
      .select(["turn_id", "message_id"])
      .where(
        "turn_id",
        "in",
        rows.map((row) => row.id),
      )
      .orderBy("part")
      .execute();
    const byTurn = Map.groupBy(messages, (message) => message.turn_id);
    return rows.map((row) =>
      asTurn(
        row,
        (byTurn.get(row.id) ?? []).map((message) => message.message_id),
      ),
    );
  };

  return {
    begin: (turn) => insert(newRow(turn)),

    async add(turn, answer) {
      const versionId = await versionOf(answer.answerId);
      return insert({ ...newRow(turn), ...finishedColumns({ ...answer, versionId }) });
    },

    async finish(id, answer) {
      const versionId = await versionOf(answer.answerId);
      const finished = finishedColumns({ ...answer, versionId });
      await commit((group) =>
        group.updateTable("turn").set(finished).where("id", "=", id).execute(),
      );
    },

    async sent(id, answerMessageIds) {
      if (answerMessageIds.length === 0) return;
      await note(async (group) => {
        for (const [part, messageId] of answerMessageIds.entries())
          await group.executeQuery(statements.carry({ message_id: messageId, turn_id: id, part }));
      });
    },

    async find(workspace, reference) {
      const rows = await query
        .selectFrom("turn")
        .selectAll()
        .where("workspace", "=", workspace)
        .where((where) =>
          where.or([
            where("id", "=", reference),
            where("message_id", "=", reference),
            where(
              "id",
              "=",
              where
                .selectFrom("answer_message")
                .select("turn_id")
                .where("answer_message.message_id", "=", reference),
            ),
          ]),
        )
        .limit(1)
        .execute();
      const [turn] = await withMessages(
        rows.length > 0 ? rows : await findByEnding(query, workspace, reference),
      );
      return turn;
    },

    async list(workspace, room, { limit, history, before, unanswered = false }) {
      let selection = query
        .selectFrom("turn")
        .selectAll()
        .where("workspace", "=", workspace)
        .where("room", "=", room)
        .orderBy("id", "desc")
        .limit(limit);
      if (!unanswered) selection = selection.where("answer", "is not", null);
      if (before !== undefined) selection = selection.where("id", "<", before);
      const since = history ? await anewAfter(query, workspace, room) : undefined;
      if (since !== undefined) selection = selection.where("id", ">", since);
      return withMessages((await selection.execute()).reverse());
    },

    async heard(workspace, messageId, heard) {
      await query
        .updateTable("turn")
        .set({ answer: heard === "" ? null : storableText(heard) })
        .where("workspace", "=", workspace)
        .where("message_id", "=", messageId)
        .execute();
    },

    async forget(workspace, messageId) {
      await keepOwnWords(query, workspace, messageId);
      await query
        .updateTable("turn")
        .set({ prompt: "", said: null, answer: null, known: 0, person_name: "" })
        .where("workspace", "=", workspace)
        .where((where) =>
          where.or([
            where("message_id", "=", messageId),
            where("message_id", "in", laterQuestions(messageId)),
          ]),
        )
        .execute();
    },

    async reword(workspace, messageId, text) {
      await keepOwnWords(query, workspace, messageId);
      await query
        .updateTable("turn")
        .set({ prompt: storableText(text), said: null })
        .where("workspace", "=", workspace)
        .where("message_id", "=", messageId)
        .execute();
    },

    async startAnew(workspace, room) {
      await query
        .insertInto("room")
        .values({ workspace, name: room, anew_after: newId() })
        .onConflict((conflict) =>
          conflict
            .columns(["workspace", "name"])
            .doUpdateSet((row) => ({ anew_after: row.ref("excluded.anew_after") })),
        )
        .execute();
    },
  };
}

type TurnRow = Schema["turn"];

/** A turn by its id, seen from inside a transaction, without the messages that carry it. */
export async function findTurn(
  query: Query,
  workspace: string,
  id: string,
): Promise<Turn | undefined> {
  const row = await query
    .selectFrom("turn")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && asTurn(row, []);
}

/** What was asked after a message may have been completed with its words: those that change go there too. */
async function keepOwnWords(query: Query, workspace: string, messageId: string): Promise<void> {
  const changed = await query
    .selectFrom("turn")
    .select(["id", "room"])
    .where("workspace", "=", workspace)
    .where("message_id", "=", messageId)
    .executeTakeFirst();
  if (!changed) return;
  await query
    .updateTable("turn")
    .set((row) => ({ prompt: row.ref("said").$notNull(), said: null }))
    .where("workspace", "=", workspace)
    .where("room", "=", changed.room)
    .where("id", ">", changed.id)
    .where("said", "is not", null)
    .execute();
}

/** The turn whose id ends so; none when several do. */
async function findByEnding(query: Query, workspace: string, ending: string): Promise<TurnRow[]> {
  if (ending.length < endingLength) return [];
  const rows = await query
    .selectFrom("turn")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("ending", "=", ending.slice(-endingLength).toLowerCase())
    .execute();
  const fitting = rows.filter((row) => row.id.endsWith(ending.toLowerCase()));
  return fitting.length === 1 ? fitting : [];
}

async function anewAfter(
  query: Query,
  workspace: string,
  room: string,
): Promise<string | undefined> {
  const row = await query
    .selectFrom("room")
    .select("anew_after")
    .where("workspace", "=", workspace)
    .where("name", "=", room)
    .executeTakeFirst();
  return row?.anew_after;
}

function newRow(turn: NewTurn): TurnRow {
  const id = newId();
  return {
    id,
    ending: id.slice(-endingLength),
    workspace: turn.workspace,
    room: turn.room,
    person: turn.person,
    person_name: storableText(turn.personName),
    message_id: turn.messageId,
    prompt: storableText(turn.prompt),
    said: turn.said === undefined ? null : storableText(turn.said),
    answer: null,
    known: 0,
    tier: "none",
    score: 0,
    example_ids: "[]",
    model_version: turn.modelVersion,
    language: turn.language,
    started_at: now(),
    finished_at: null,
    answer_id: null,
    version_id: null,
  };
}

const finishedColumns = (answer: FinishedTurn) =>
  ({
    answer: answer.answer === null ? null : storableText(answer.answer),
    known: answer.known ? 1 : 0,
    tier: answer.tier,
    score: answer.score,
    example_ids: JSON.stringify(answer.exampleIds),
    model_version: answer.modelVersion,
    finished_at: now(),
    answer_id: answer.answerId ?? null,
    version_id: answer.versionId ?? null,
  }) as const;

function asTurn(row: TurnRow, answerMessageIds: readonly string[]): Turn {
  return {
    id: row.id,
    workspace: row.workspace,
    room: row.room,
    person: row.person,
    personName: row.person_name,
    messageId: row.message_id,
    prompt: row.prompt,
    ...(row.said !== null && { said: row.said }),
    answer: row.answer,
    known: row.known === 1,
    tier: row.tier,
    score: row.score,
    exampleIds: JSON.parse(row.example_ids) as string[],
    modelVersion: row.model_version,
    language: row.language,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    answerId: row.answer_id,
    versionId: row.version_id,
    answerMessageIds,
  };
}
