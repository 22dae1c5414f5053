import { join } from "node:path";
import type { App } from "./app.ts";
import { openSpeech } from "./compose-speech.ts";
import { exampleLimit, messageLimits } from "./compose-limits.ts";
import { encoderLine, followEncoder, openRecallParts } from "./compose-recall.ts";
import { modelSettings, servedSettings } from "./compose-models.ts";
import { createServing } from "./compose-trainers.ts";
import type { Config } from "./config.ts";
import { lastAnswer } from "./core/answer.ts";
import type { Log } from "./core/log.ts";
import type { VoiceRooms } from "./core/voice-rooms.ts";
import { createHearFiles } from "./bot/hear-files.ts";
import { createAnswerAloud } from "./bot/answer-aloud.ts";
import { createFollow } from "./bot/follow.ts";
import { createJobNotices } from "./bot/job-notices.ts";
import { createReaches } from "./bot/reach.ts";
import { createPrepare } from "./bot/prepare.ts";
import { createReceive } from "./bot/receive.ts";
import { createRoomQueues } from "./bot/rooms.ts";
import { createRunCommand } from "./bot/run-command.ts";
import { speakAlong } from "./bot/speak-along.ts";
import { createRunningAnswers } from "./bot/running-answers.ts";
import type { CommandParts, StatusLine } from "./commands/context.ts";
import { commands } from "./commands/index.ts";
import { askRecall, askRecallAll } from "./conversation/ask-recall.ts";
import { createLanguagePredictor } from "./conversation/language-predictor.ts";
import { createBriefQuestions } from "./conversation/brief-questions.ts";
import { createAheadAnswers } from "./conversation/ahead.ts";
import { createQuestionsOf } from "./conversation/questions-of.ts";
import { createPrepareAnswer } from "./conversation/prepare.ts";
import { createRespond } from "./conversation/respond.ts";
import { createEvaluations } from "./learning/evaluation/evaluate.ts";
import { createMemories } from "./learning/memories.ts";
import { createDuels } from "./learning/duel/duels.ts";
import { createPromotions } from "./learning/gate/promotions.ts";
import { createAnswers } from "./learning/live/answers.ts";
import { createLiveModels } from "./learning/live/live-models.ts";
import { createOpenVersion } from "./learning/live/open-version.ts";
import { createSubjects } from "./learning/live/subjects.ts";
import { createLineages } from "./learning/registry/lineage.ts";
import { createRegistry } from "./learning/registry/registry.ts";
import { createArchiving } from "./learning/datasets/archiving.ts";
import { createDatasets } from "./learning/datasets/datasets.ts";
import { importableFiles } from "./learning/datasets/library-files.ts";
import { createTeaching } from "./learning/create-teaching.ts";
import { createSearchExamples } from "./learning/search-examples.ts";
import { createUploads } from "./learning/uploads.ts";
import { createReviewQueue } from "./learning/review.ts";
import { createLanguageModel } from "./models/provider.ts";
import { createArchives } from "./storage/archives.ts";
import { openDatabase } from "./storage/database.ts";
import { createCommandMessages } from "./storage/command-messages.ts";
import { createDatasetMemory } from "./storage/datasets.ts";
import { createExamples } from "./storage/examples.ts";
import { createKnownAnswers } from "./storage/known-answers.ts";
import { createLedger } from "./storage/ledger.ts";
import { openLibrary } from "./storage/library.ts";
import { lockFolder } from "./storage/lock.ts";
import { personalData } from "./storage/personal-data.ts";
import { createPlatformNotes } from "./storage/platform-notes.ts";
import { renameWorkspace } from "./storage/rename-workspace.ts";
import { createTurns } from "./storage/turns.ts";
import { createVoiceMemory } from "./storage/voice-memory.ts";
import { createWorkspaces } from "./storage/workspaces.ts";
import { openTraining } from "./compose-training.ts";
import { reportStatus } from "./status.ts";
import { trainingLines } from "./training-state.ts";

/** Milliseconds of quiet after teaching before recall is retrained in the background. */
const refitDelay = 2_000;

const minute = 60_000;

/** Chooses the engines by the configuration and connects them. */
export async function openApp(config: Config, log: Log): Promise<App> {
  const spoken = openSpeech(config);
  const folder = config.data;
  const lock = await lockFolder(folder);
  const database = await openDatabase({
    folder,
    ...(config["database.url"] && { url: config["database.url"] }),
    log,
  }).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });

  const turns = createTurns(database);
  const examples = createExamples(database);
  const workspaces = createWorkspaces(database);
  const library = openLibrary({ folder, quotaMb: config["library.quotaMb"] });

  const datasetMemory = createDatasetMemory(database);
  const registry = createRegistry(database);
  const recalling = openRecallParts(config);
  const serving = createServing(config);
  const openVersion = createOpenVersion({
    data: folder,
    ...(serving && { serving }),
    openRecall: recalling.openRecall,
    openServed: (served) => createLanguageModel(servedSettings(config, served)),
  });
  const { retracted } = datasetMemory;
  const live = createLiveModels({ registry, examples, retracted, openVersion, log });
  const memories = createMemories({
    isShared: database.engine === "postgres",
    othersWrote: (wake) => database.news?.on("knowledge", wake),
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log,
    ...recalling,
    follower: live,
    refitDelay,
    idleAfter: config["recall.idleMinutes"] * minute,
  });
  const answers = createAnswers({ memories, live });
  const teaching = createTeaching({
    database,
    examples,
    workspaces,
    memories,
    reviewMembers: config["teaching.reviewMembers"],
    limit: exampleLimit(config),
  });

  const datasets = createDatasets({
    data: folder,
    examples,
    memory: datasetMemory,
    libraryFiles: (workspace, path) => importableFiles(library, workspace, path),
  });
  const archiving = createArchiving({ data: folder, library, archives: createArchives(folder) });

  const model =
    config["model.provider"] === "none" ? undefined : createLanguageModel(modelSettings(config));
  const considering = {
    turns,
    workspaces,
    answers,
    ...(model && { model }),
    voice: config.voice,
    prefix: config.prefix,
    taughtOnly: config["model.taughtOnly"],
    historyTurns: config["conversation.historyTurns"],
    historyCharacters: config["conversation.historyCharacters"],
    ahead: createAheadAnswers(),
    ask: createBriefQuestions({ perHour: config["model.judgementsPerHour"], log }),
  };
  const respond = createRespond({ ...considering, log });

  const languagePredictor = createLanguagePredictor({ workspaces, voice: config.voice });
  const subjects = createSubjects({
    answers,
    openVersion,
    languagePredictor,
    ...(model && { model }),
  });
  const evaluations = createEvaluations({ database, subjects, folder, ...(model && { model }) });

  const promotions = createPromotions({
    data: folder,
    database,
    registry,
    memories,
    live,
    examples,
    retracted,
    openVersion,
    languagePredictor,
    restoreRecall: recalling.restoreRecall,
    margin: config["gate.marginPercent"] / 100,
    log,
  });
  const duels = createDuels({
    database,
    memories,
    live,
    registry,
    teaching,
    examples,
    retracted,
    openVersion,
    languagePredictor,
  });
  const lineage = createLineages({ data: folder, database, datasets, registry, openVersion });
  const { jobs, training } = openTraining({
    config,
    database,
    datasetMemory,
    datasets,
    registry,
    library,
    teaching,
    evaluations,
    archiving,
    encoders: recalling.encoders,
    log,
  });

  const limits = messageLimits(config);
  let address: URL | undefined;
  const consoleUrl = (): string | undefined => address?.origin;
  const platforms = new Map<string, () => StatusLine>();
  const running = createRunningAnswers();
  const { reach, join: joinPlatform } = createReaches();
  let voiceRooms: VoiceRooms | undefined;
  const parts: CommandParts = {
    commands,
    voiceMemory: createVoiceMemory(database),
    get voiceRooms() {
      return voiceRooms;
    },
    stopAnswer: (message) => running.stop(message),
    reviewMembers: config["teaching.reviewMembers"],
    taughtOnly: config["model.taughtOnly"],
    teaching,
    examples,
    knownAnswers: createKnownAnswers(database),
    searchExamples: createSearchExamples({ examples, memories }),
    turns,
    workspaces,
    library,
    datasets,
    archiving,
    evaluations,
    registry,
    promotions,
    duels,
    lineage,
    jobs,
    training,
    uploads: createUploads(),
    review: createReviewQueue(database),
    async respond(message, signal) {
      limits.checkText(message);
      return lastAnswer(respond(message, signal));
    },
    privacy: {
      operator: config["privacy.operator"],
      url: config["privacy.url"],
      data: (workspace, person) => personalData(database, workspace, person),
    },
    status: (workspace) =>
      reportStatus(
        {
          config,
          database,
          examples,
          memories,
          live,
          model,
          consoleUrl,
          platforms,
          spoken,
          encoder: encoderLine(recalling.encoders, memories.renewals().get(workspace)),
          training: trainingLines(config),
        },
        workspace,
      ),
  };
  const runCommand = createRunCommand(commands, parts, config.prefix);
  let unfollow: (() => void) | undefined;
  const doors = createRoomQueues();
  const rooms = createRoomQueues();
  const notices = createJobNotices({
    database,
    jobs,
    reach,
    workspaces,
    log,
    voice: config.voice,
    prefix: config.prefix,
  });
  const receive = createReceive({
    notices,
    commands,
    doors,
    running,
    prefix: config.prefix,
    voice: config.voice,
    limits,
    rooms,
    runCommand,
    commandMessages: createCommandMessages(database),
    questionsOf: createQuestionsOf(considering),
    respond: speakAlong(respond, (message) => voiceRooms?.hearer(message)),
    answerAloud: createAnswerAloud({
      tts: spoken.tts,
      async voiceOf(workspace) {
        const { speaker } = await parts.voiceMemory.choices(workspace);
        return speaker ?? config["speech.tts.voice"];
      },
    }),
    hearFiles: createHearFiles({
      stt: spoken.stt,
      async languageOf(workspace) {
        const { language } = await parts.voiceMemory.choices(workspace);
        return language ?? config["speech.language"];
      },
      limits: {
        bytes: config["limits.fileMb"] * 1_000_000,
        seconds: config["speech.fileMinutes"] * 60,
      },
    }),
    turns,
    workspaces,
    log,
  });

  return {
    ...parts,
    config,
    log,
    database,
    memories,
    model,
    receive,
    prepare: createPrepare({
      commands,
      prefix: config.prefix,
      limits,
      prepareAnswer: createPrepareAnswer(considering),
      log,
    }),
    runCommand,
    rooms,
    spoken,
    follow: createFollow({ turns, teaching }),
    reach,
    joinPlatform,
    attachVoice(rooms) {
      voiceRooms = rooms;
    },
    async announceConsole(url, hasPages = true) {
      address = hasPages ? new URL(url) : undefined;
      await lock.note({ console: url });
    },
    reportPlatform: (name, state) => void platforms.set(name, state),
    notesFor: (platform) => createPlatformNotes(database, platform),
    async renameWorkspace(from, to) {
      const isRenamed = await renameWorkspace(database, folder, from, to);
      if (isRenamed) for (const workspace of [from, to]) memories.drop(workspace);
      return isRenamed;
    },
    ask: (workspace, prompt) => askRecall(answers, workspace, prompt),
    askAll: (workspace, prompts) => askRecallAll(answers, workspace, prompts),
    reopenEncoder: recalling.encoders.reopen,
    work() {
      unfollow ??= followEncoder({ config, encoders: recalling.encoders, memories, log });
      jobs.work();
      notices.resume();
    },
    async close() {
      unfollow?.();
      await doors.idle();
      await rooms.idle();
      await notices.close();
      await jobs.close();
      await memories.close();
      await database.close();
      await lock.release();
    },
  };
}
