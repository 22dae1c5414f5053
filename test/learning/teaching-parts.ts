import { join } from "node:path";
import type { Person, Role } from "../../src/core/person.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createTeaching } from "../../src/learning/create-teaching.ts";
import { createMemories } from "../../src/learning/memories.ts";
import { createAnswers } from "../../src/learning/live/answers.ts";
import { createLiveModels } from "../../src/learning/live/live-models.ts";
import { createOpenVersion } from "../../src/learning/live/open-version.ts";
import { createSubjects } from "../../src/learning/live/subjects.ts";
import { openRecall } from "../../src/learning/recall/embedded-recall.ts";
import { createRegistry } from "../../src/learning/registry/registry.ts";
import { createLanguagePredictor } from "../../src/conversation/language-predictor.ts";
import type { LanguageModel } from "../../src/models/model.ts";
import { createScriptedModel } from "../../src/models/scripted.ts";
import { createDatasetMemory } from "../../src/storage/datasets.ts";
import type { Teacher } from "../../src/learning/teaching.ts";
import type { Database } from "../../src/storage/database.ts";
import { createExamples } from "../../src/storage/examples.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { createTurns } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { createPlainRecall, restorePlainRecall } from "./plain-recall.ts";

export type TeachingParts = ReturnType<typeof teachingParts>;

/** Everything teaching needs, over one database, with a recall whose content can be looked at. */
export function teachingParts(database: Database, folder: string, refitDelay = 60_000) {
  const examples = createExamples(database);
  const ledger = createLedger(database);
  const workspaces = createWorkspaces(database);
  const registry = createRegistry(database);
  const openVersion = createOpenVersion({
    data: folder,
    openRecall,
    openServed: () => createScriptedModel(() => "served"),
  });
  const { retracted } = createDatasetMemory(database);
  const live = createLiveModels({ registry, examples, retracted, openVersion, log: silentLog });
  const memories = createMemories({
    examples,
    ledger,
    folder: join(folder, "models"),
    log: silentLog,
    createRecall: () => createPlainRecall(),
    restoreRecall: restorePlainRecall,
    follower: live,
    refitDelay,
  });
  const teaching = createTeaching({ database, examples, workspaces, memories });
  const answers = createAnswers({ memories, live });
  const languagePredictor = createLanguagePredictor({ workspaces, voice: "auto" });
  const subjectsWith = (model?: LanguageModel) =>
    createSubjects({ answers, openVersion, languagePredictor, ...(model && { model }) });
  return {
    registry,
    openVersion,
    live,
    answers,
    subjectsWith,
    subjects: subjectsWith(),
    database,
    examples,
    ledger,
    workspaces,
    memories,
    teaching,
    turns: createTurns(database),
  };
}

export const teacherIn = (workspace: string, role: Role, id = `web:${role}`): Teacher => ({
  workspace,
  person: { id, name: id, role } satisfies Person,
  origin: "console",
});

/** A stored turn in which the bot gave this answer; `null`: it did not know. */
export async function answeredTurn(
  { turns }: TeachingParts,
  workspace: string,
  prompt: string,
  answer: string | null,
): Promise<Turn> {
  const begun = (await turns.begin({
    workspace,
    room: "web:room",
    person: "web:member",
    personName: "Member",
    messageId: newId(),
    prompt,
    language: "ru",
    modelVersion: "recall@0",
  }))!;
  await turns.finish(begun.id, {
    answer: answer ?? "I do not know that yet",
    known: answer !== null,
    tier: answer === null ? "none" : "exact",
    score: 0.5,
    exampleIds: [],
    modelVersion: "recall@0",
  });
  return (await turns.find(workspace, begun.id))!;
}
