import { join } from "node:path";
import { openSpeech, type SpeechParts } from "./compose-speech.ts";
import { modelSettings, servedSettings } from "./compose-models.ts";
import { createServing } from "./compose-trainers.ts";
import type { Config } from "./config.ts";
import { lastAnswer } from "./core/answer.ts";
import type { AskAnswer } from "./core/ask.ts";
import type { Log } from "./core/log.ts";
import type { VoiceRooms } from "./core/voice-rooms.ts";
import type { PlatformName } from "./core/message.ts";
import type { PlatformNotes, Prepare, Reach, Receive } from "./core/platform.ts";
import { createHearFiles } from "./bot/hear-files.ts";
import { createAnswerAloud } from "./bot/answer-aloud.ts";
import { createFollow, type Follow } from "./bot/follow.ts";
import { createJobNotices } from "./bot/job-notices.ts";
import { createLimits } from "./bot/limits.ts";
import { createReaches, type Reaches } from "./bot/reach.ts";
import { createPrepare } from "./bot/prepare.ts";
import { createReceive } from "./bot/receive.ts";
import { createRoomQueues, type RoomQueues } from "./bot/rooms.ts";
import { createRunCommand, type RunCommand } from "./bot/run-command.ts";
import { speakAlong } from "./bot/speak-along.ts";
import { createRunningAnswers } from "./bot/running-answers.ts";
import type { CommandParts, StatusLine } from "./commands/context.ts";
import { commands } from "./commands/index.ts";
import { createLanguagePredictor } from "./conversation/language-predictor.ts";
import { createBriefQuestions } from "./conversation/brief-questions.ts";
import { createAheadAnswers } from "./conversation/ahead.ts";
import { createQuestionsOf } from "./conversation/questions-of.ts";
import { createPrepareAnswer } from "./conversation/prepare.ts";
import { createRespond } from "./conversation/respond.ts";
import { encoderNamed } from "./encoders/encoder-named.ts";
import { createEvaluations } from "./learning/evaluation/evaluate.ts";
import { createMemories, type Memories } from "./learning/memories.ts";
import { createDuels } from "./learning/duel/duels.ts";
import { createPromotions } from "./learning/gate/promotions.ts";
import { createAnswers } from "./learning/live/answers.ts";
import { createLiveModels } from "./learning/live/live-models.ts";
import { createOpenVersion } from "./learning/live/open-version.ts";
import { createSubjects } from "./learning/live/subjects.ts";
import { createRecall, openRecall, restoreRecall } from "./learning/recall/embedded-recall.ts";
import { createLineages } from "./learning/registry/lineage.ts";
import { createRegistry } from "./learning/registry/registry.ts";
import { createArchiving } from "./learning/datasets/archiving.ts";
import { createDatasets } from "./learning/datasets/datasets.ts";
import { importableFiles } from "./learning/datasets/library-files.ts";
import { createTeaching } from "./learning/create-teaching.ts";
import { createSearchExamples } from "./learning/search-examples.ts";
import { createUploads } from "./learning/uploads.ts";
import { createReviewQueue } from "./learning/review.ts";
import type { LanguageModel } from "./models/model.ts";
import { createLanguageModel } from "./models/provider.ts";
import { createArchives } from "./storage/archives.ts";
import { openDatabase, type Database } from "./storage/database.ts";
import { createCommandMessages } from "./storage/command-messages.ts";
import { createDatasetMemory } from "./storage/datasets.ts";
import { createExamples } from "./storage/examples.ts";
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

/** The whole of Apprentice without a place where people are: what every platform is given. */
export type App = CommandParts & {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly memories: Memories;
  readonly model: LanguageModel | undefined;
  readonly receive: Receive;
  readonly prepare: Prepare;
  readonly runCommand: RunCommand;
  readonly rooms: RoomQueues;
  readonly spoken: SpeechParts;
  /** For messages that were edited or deleted after they came. */
  readonly follow: Follow;
  /** A way into a room of any platform that is connected. */
  readonly reach: Reach;
  readonly joinPlatform: Reaches["join"];
  /** A platform's voice rooms, for commands and for answers that are spoken too. */
  attachVoice(rooms: VoiceRooms | undefined): void;
  /** Tells other processes, and `status`, where the console listens. */
  announceConsole(url: string): Promise<void>;
  /** What recall alone says to a prompt, without a conversation. */
  ask(workspace: string, prompt: string): Promise<AskAnswer>;
  /** Lets a chat platform say in `status` how it is doing. */
  reportPlatform(name: PlatformName, state: () => StatusLine): void;
  /** Begins to work on the jobs that wait, and tells people how they go. */
  work(): void;
  /** What a platform has to remember over a restart. */
  notesFor(platform: PlatformName): PlatformNotes;
  /** Gives everything of a workspace another name; `false` when that one has knowledge of its own. */
  renameWorkspace(from: string, to: string): Promise<boolean>;
  /** Finishes what was acknowledged, then closes everything in reverse order. */
  close(): Promise<void>;
};

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
  const encoder = encoderNamed(config["recall.encoder"]);
  const recallOptions = { risk: config["recall.risk"], ...(encoder && { encoder }) };
  const serving = createServing(config);
  const openVersion = createOpenVersion({
    data: folder,
    ...(serving && { serving }),
    openRecall: (snapshot) => openRecall(snapshot, recallOptions),
    openServed: (served) => createLanguageModel(servedSettings(config, served)),
  });
  const { retracted } = datasetMemory;
  const live = createLiveModels({ registry, examples, retracted, openVersion, log });
  const memories = createMemories({
    isShared: database.engine === "postgres",
    examples,
    ledger: createLedger(database),
    folder: join(folder, "models"),
    log,
    createRecall: () => createRecall(recallOptions),
    restoreRecall: (snapshot) => restoreRecall(snapshot, recallOptions),
    follower: live,
    // Milliseconds of quiet after teaching, then recall is retrained in the background.
    refitDelay: 2_000,
  });
  const answers = createAnswers({ memories, live });
  const teaching = createTeaching({
    database,
    examples,
    workspaces,
    memories,
    reviewMembers: config["teaching.reviewMembers"],
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
    restoreRecall: (snapshot) => restoreRecall(snapshot, recallOptions),
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
    log,
  });

  const limits = createLimits({
    messageCharacters: config["limits.messageCharacters"],
    messagesPerMinute: config["limits.messagesPerMinute"],
    personMessagesPerMinute: config["limits.personMessagesPerMinute"],
    messagesPerSecond: config["limits.messagesPerSecond"],
  });
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
          training: trainingLines(config),
        },
        workspace,
      ),
  };
  const runCommand = createRunCommand(commands, parts, config.prefix);
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
    async announceConsole(url) {
      address = new URL(url);
      await lock.note({ console: url });
    },
    reportPlatform: (name, state) => void platforms.set(name, state),
    notesFor: (platform) => createPlatformNotes(database, platform),
    async renameWorkspace(from, to) {
      const isRenamed = await renameWorkspace(database, folder, from, to);
      if (isRenamed) for (const workspace of [from, to]) memories.drop(workspace);
      return isRenamed;
    },
    async ask(workspace, prompt) {
      const { recollect, recallVersion: modelVersion } = await answers.of(workspace);
      const { answer, guess, tier, score, exampleIds, suggestions } = recollect(prompt, {
        hints: false,
      });
      return { prompt, answer, tier, score, exampleIds, modelVersion, guess, suggestions };
    },
    work() {
      jobs.work();
      notices.resume();
    },
    async close() {
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
