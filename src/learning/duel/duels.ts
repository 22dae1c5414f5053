import { random } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { Database } from "../../storage/database.ts";
import type { DuelChoice } from "../../storage/duel-tables.ts";
import {
  addDuel,
  chooseInDuel,
  duelCounts,
  findDuel,
  type DuelPair,
  type KeptDuel,
} from "../../storage/duels.ts";
import { liveSide, predictorOf, versionSide, type Side, type SideParts } from "../gate/sides.ts";
import type { LiveModels } from "../live/live-models.ts";
import type { Memories } from "../memories.ts";
import type { Registry } from "../registry/registry.ts";
import type { Receipt, Teacher, Teaching } from "../teaching.ts";
import { standingAfter, type Standing } from "./sequential.ts";

/** What a person picks: the answer on top, the one below, or neither as the better. */
export const picks = ["upper", "lower", "equal", "neither"] as const;
export type DuelPick = (typeof picks)[number];

/** A question with two answers, in the order in which they are shown. */
export type AskedDuel = {
  readonly id: string;
  readonly upper: string | null;
  readonly lower: string | null;
};

/** How a series between two stands; who is who is told only once it is over. */
export type DuelState = Standing & {
  readonly choices: number;
  /** `recall` or `v3`; `null` while it goes on. */
  readonly winner: string | null;
  readonly loser: string | null;
};

/** Blind comparisons of two answerers in chat. */
export type Duels = {
  /**
   * Asks both: by default what answers now and the candidate. `undefined`: both say the same, so there
   * is nothing to choose. Throws `duel-needs-two`, `model-version-missing` and what asking throws.
   */
  ask(
    workspace: string,
    prompt: string,
    names?: readonly [string, string],
    signal?: AbortSignal,
  ): Promise<AskedDuel | undefined>;
  /** Notes a choice and teaches the preference. Throws `duel-missing`, `duel-settled`. */
  choose(
    teacher: Teacher,
    id: string,
    pick: DuelPick,
  ): Promise<{ readonly state: DuelState; readonly receipt: Receipt | undefined }>;
};

export type DuelParts = SideParts & {
  readonly database: Database;
  readonly memories: Pick<Memories, "of">;
  readonly live: Pick<LiveModels, "of">;
  readonly registry: Pick<Registry, "find" | "under">;
  readonly teaching: Pick<Teaching, "prefer">;
};

export const createDuels = (parts: DuelParts): Duels => ({
  ask: (workspace, prompt, names, signal) => ask(parts, workspace, prompt, names, signal),
  choose: (teacher, id, pick) => choose(parts, teacher, id, pick),
});

type Answerer = { readonly name: string; readonly side: Side };

async function ask(
  parts: DuelParts,
  workspace: string,
  prompt: string,
  names: readonly [string, string] | undefined,
  signal: AbortSignal | undefined,
): Promise<AskedDuel | undefined> {
  const { database, registry } = parts;
  const candidate = await registry.under(workspace, "candidate");
  const first = await answererNamed(parts, workspace, names?.[0] ?? "live");
  const other = names?.[1] ?? (candidate ? "candidate" : first.side.name);
  const second = await answererNamed(parts, workspace, other);
  if (first.name === second.name)
    throw new ApprenticeError("duel-needs-two", { version: first.side.name });
  const firstAnswer = await answerOf(parts, workspace, first, prompt, signal);
  const secondAnswer = await answerOf(parts, workspace, second, prompt, signal);
  if (firstAnswer === secondAnswer) return undefined;
  const swapped = random() < 0.5;
  const pair = { workspace, firstName: first.name, secondName: second.name };
  const id = await addDuel(database.query, {
    ...pair,
    prompt,
    firstAnswer,
    secondAnswer,
    swapped,
  });
  return swapped
    ? { id, upper: secondAnswer, lower: firstAnswer }
    : { id, upper: firstAnswer, lower: secondAnswer };
}

/** `recall`, `live` (recall, while no trained model is), or any name of a version. */
async function answererNamed(parts: DuelParts, workspace: string, name: string): Promise<Answerer> {
  const recall = await parts.memories.of(workspace);
  const word = name.toLowerCase();
  if (word === "recall" || word === "live") {
    const live = word === "live" ? await parts.live.of(workspace) : undefined;
    const side = await liveSide(parts, live, recall);
    return { name: side.name === "recall" ? "recall" : live!.version.id, side };
  }
  const version = await parts.registry.find(workspace, name);
  return { name: version.id, side: await versionSide(parts, version, recall) };
}

async function answerOf(
  parts: DuelParts,
  workspace: string,
  { side }: Answerer,
  prompt: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const predictor = await predictorOf(parts, workspace, side);
  return (await predictor.predict(prompt, signal)).answer;
}

async function choose(
  { database, registry, teaching }: DuelParts,
  teacher: Teacher,
  id: string,
  pick: DuelPick,
): Promise<{ readonly state: DuelState; readonly receipt: Receipt | undefined }> {
  const { query } = database;
  const { workspace, person } = teacher;
  const duel = await findDuel(query, workspace, id);
  if (!duel) throw new ApprenticeError("duel-missing");
  const choice = choiceOf(duel, pick);
  if (!(await chooseInDuel(query, id, choice, person.id))) {
    throw new ApprenticeError("duel-settled");
  }
  const nameOf = async (name: string) =>
    name === "recall" ? name : `v${(await registry.find(workspace, name)).number}`;
  const receipt = await taught(teaching, teacher, duel, choice);
  return { state: await stateOf(database, duel, nameOf), receipt };
}

function choiceOf({ swapped }: KeptDuel, pick: DuelPick): DuelChoice {
  if (pick === "equal" || pick === "neither") return pick;
  return (pick === "upper") === swapped ? "second" : "first";
}

/** An answer that was preferred is taught; "I do not know" is not. */
async function taught(
  teaching: DuelParts["teaching"],
  teacher: Teacher,
  { id, prompt, firstAnswer, secondAnswer }: KeptDuel,
  choice: DuelChoice,
): Promise<Receipt | undefined> {
  if (choice !== "first" && choice !== "second") return undefined;
  const [chosen, rejected] =
    choice === "first" ? [firstAnswer, secondAnswer] : [secondAnswer, firstAnswer];
  if (chosen === null) return undefined;
  return teaching.prefer(teacher, { prompt, chosen, rejected, duelId: id });
}

async function stateOf(
  { query }: Database,
  pair: DuelPair,
  nameOf: (name: string) => Promise<string>,
): Promise<DuelState> {
  const counts = await duelCounts(query, pair);
  const standing = standingAfter(counts.first, counts.second);
  const choices = counts.first + counts.second + counts.equal + counts.neither;
  if (standing.verdict === "open") return { ...standing, choices, winner: null, loser: null };
  const names = [await nameOf(pair.firstName), await nameOf(pair.secondName)] as const;
  const [winner, loser] = standing.verdict === "second" ? [names[1], names[0]] : names;
  return { ...standing, choices, winner, loser };
}
