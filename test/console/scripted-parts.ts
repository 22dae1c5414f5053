import { effectOf } from "../../src/learning/receipt.ts";
import { once } from "node:events";
import type { Answer } from "../../src/core/answer.ts";
import type { ChatEvent, ChatInput } from "../../src/core/chat.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { Example, ExampleStatus } from "../../src/core/example.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Examples } from "../../src/storage/examples.ts";
import type { Turn } from "../../src/core/turn.ts";
import type { ConsoleParts } from "../../src/console/parts.ts";
import type { KnowledgeFile } from "../../src/learning/preview-file.ts";
import type { Imported } from "../../src/learning/importers/importer.ts";
import type { Lesson, Receipt } from "../../src/learning/teaching.ts";
import { noDataset, noJobs } from "./no-jobs.ts";

export const workspace = "web:local";
export const token = "token-of-the-tests";

/** What the scripted community knows and remembers; tests look into it and change it. */
export type Script = {
  readonly examples: Example[];
  readonly turns: Turn[];
  readonly inputs: ChatInput[];
  readonly aborted: string[];
  readonly undone: string[];
  readonly ratings: (number | undefined)[];
  /** What an answer waits for after its first piece, and an import after its first row. */
  hold: Promise<void>;
  /** Thrown by the next message. */
  failure: Error | undefined;
  /** The id of the first turn after "new conversation". */
  currentFrom: number;
};

/**
 * A console's parts in memory: answers what it was taught, word for word, piece by piece, and
 * forgets all when the test ends.
 */
export function scriptedParts(pagesFolder: string): { parts: ConsoleParts; script: Script } {
  const script: Script = {
    examples: [],
    turns: [],
    inputs: [],
    aborted: [],
    undone: [],
    ratings: [],
    hold: Promise.resolve(),
    failure: undefined,
    currentFrom: 0,
  };
  const examples: Examples = {
    find: async (_workspace, id) => script.examples.find((example) => example.id === id),
    list: async ({ search = "", limit, before }) =>
      [...script.examples]
        .reverse()
        .filter(({ status }) => status === "active")
        .filter(({ prompt, answer }) =>
          `${prompt} ${answer}`.toLowerCase().includes(search.toLowerCase()),
        )
        .filter(({ id }) => !before || id < before)
        .slice(0, limit),
    count: async () => countOf(script),
    active: async function* () {
      yield script.examples;
    },
    mismatches: async () => [],
    mismatchesById: async () => [],
    texts: async () => new Map(),
    versions: async () => new Map(),
  };
  const parts: ConsoleParts = {
    address: { host: "127.0.0.1", port: 0, token },
    version: "1.2.3",
    log: silentLog,
    pagesFolder,
    hears: true,
    uploadMegabytes: 2,
    place: {
      workspace,
      room: "web:local/console",
      person: { id: "web:local", name: "You", role: "admin" },
      language: "en",
      prefix: "!",
    },
    turns: turnsOf(script),
    examples,
    searchExamples: async (query) => ({ found: await examples.list(query), related: [] }),
    knownAnswers: { find: async () => undefined },
    teaching: teachingOf(script),
    jobs: noJobs,
    datasets: { names: async () => [], current: async () => undefined, describe: noDataset },
    registry: {
      list: async () => [],
      under: async () => undefined,
      aliases: async () => new Map(),
      find: noModel,
    },
    models: {
      promotions: { promote: noModel, rollback: noModel, history: async () => [] },
      lineage: { ofVersion: noModel, ofExample: noModel, modelsWith: async () => [] },
      evaluations: { ofVersion: async () => [] },
    },
    operations: {
      chat: (input, signal) => chat(script, input, signal),
      commands: () => [{ name: "help", about: "Says what I can do.", usage: "!help" }],
      async runCommand(name, values) {
        if (name !== "help")
          throw new ApprenticeError("command-unknown", { name, nearest: "help" });
        return {
          text: "**help** says what I can do.",
          data: values,
          files: [{ name: "a.txt", mediaType: "text/plain", bytes: Buffer.from("привет") }],
        };
      },
      async ask(prompt, options) {
        const example = known(script, prompt);
        return {
          prompt,
          answer: example?.answer ?? null,
          tier: example ? "exact" : "none",
          score: example ? 1 : 0,
          exampleIds: example ? [example.id] : [],
          modelVersion: `scripted of ${options.workspace}`,
          guess: example?.answer ?? null,
          encoder: null,
          suggestions: [],
        };
      },
      previewFile: async (file) => readFile(file),
      async importFile(file, { progress, signal }) {
        const { lessons, problemCount } = readFile(file);
        if (problemCount > 0) {
          throw new ApprenticeError("import-invalid", {
            file: file.name,
            count: problemCount,
            problems: "1: ?",
          });
        }
        for (const [done] of lessons.entries()) {
          progress(done + 1, lessons.length);
          await held(script, signal);
        }
        const added = lessons.map((lesson) => add(script, lesson));
        return { receipt: receipt("imported", added) };
      },
      async *exportExamples() {
        for (const { prompt, answer, label } of script.examples) {
          yield `${JSON.stringify({ prompt, answer, label })}\n`;
        }
      },
      talk: async () => {
        throw new ApprenticeError("hearing-off", { name: "the microphone" });
      },
      status: async () => ({
        version: "1.2.3",
        workspace,
        facts: { examples: script.examples.length },
        lines: [{ part: "console", state: "on", key: "error.cancelled", values: {} }],
      }),
    },
  };
  return { parts, script };
}

/** Teaches without the console. */
export function add(script: Script, lesson: Lesson): Example {
  const example: Example = {
    id: newId(),
    workspace,
    prompt: lesson.prompt,
    answer: lesson.answer,
    label: lesson.label,
    source: "taught",
    origin: "console",
    author: "web:local",
    consent: null,
    status: "active",
    supersededBy: null,
    turnId: null,
    language: null,
    tags: [],
    createdAt: 1_760_000_000_000,
    answerId: null,
    reach: "general",
    isCorrected: false,
  };
  script.examples.push(example);
  return example;
}

function change(script: Script, example: Example, status: ExampleStatus): void {
  script.examples[script.examples.indexOf(example)] = { ...example, status };
}

const known = (script: Script, prompt: string): Example | undefined =>
  script.examples.findLast(
    (example) =>
      example.prompt === prompt && example.status === "active" && example.label === "positive",
  );

const actions = new Map<string, { made: readonly Example[]; lost: readonly Example[] }>();

function receipt(
  kind: Receipt["kind"],
  made: readonly Example[],
  lost: readonly Example[] = [],
): Receipt {
  const actionId = newId();
  actions.set(actionId, { made, lost });
  return {
    actionId,
    kind,
    status: "active",
    exampleIds: made.map(({ id }) => id),
    added: made.length,
    superseded: lost.length,
    skipped: 0,
    conflicts: 0,
  };
}

const countOf = (script: Script): Record<ExampleStatus, number> => ({
  pending: 0,
  active: script.examples.filter(({ status }) => status === "active").length,
  superseded: 0,
  retracted: 0,
  rejected: 0,
});

const turnsOf = (script: Script): ConsoleParts["turns"] => ({
  add: async () => undefined,
  begin: async () => undefined,
  finish: async () => undefined,
  sent: async () => undefined,
  find: async (_workspace, id) => script.turns.find((turn) => turn.id === id),
  async list(_workspace, _room, { limit, history, before }) {
    const all = history ? script.turns.slice(script.currentFrom) : script.turns;
    return all.filter(({ id }) => !before || id < before).slice(-limit);
  },
  heard: async () => undefined,
  forget: async () => undefined,
  reword: async () => undefined,
  async startAnew() {
    script.currentFrom = script.turns.length;
  },
});

const noModel = async (): Promise<never> => {
  throw new ApprenticeError("model-version-missing", { reference: "v1" });
};

const teachingOf = (script: Script): ConsoleParts["teaching"] => ({
  async teach(_teacher, lesson) {
    if (!lesson.prompt.trim()) throw new ApprenticeError("teaching-empty", { field: "prompt" });
    const old = known(script, lesson.prompt);
    if (old && !lesson.replace) {
      const effect = effectOf("taken", lesson.prompt, {
        answer: lesson.answer,
        old: old.answer,
        proposal: newId(),
        by: { author: old.author, at: old.createdAt },
      });
      return { ...receipt("taught", []), conflicts: 1, effect };
    }
    if (old) change(script, old, "superseded");
    return receipt("taught", [add(script, lesson)], old ? [old] : []);
  },
  async correct(_teacher, turn, answer) {
    const old = known(script, turn.prompt);
    if (old) change(script, old, "superseded");
    const made = add(script, { prompt: turn.prompt, answer, label: "positive" });
    return receipt("corrected", [made], old ? [old] : []);
  },
  async rate(_teacher, _turn, { rating }) {
    script.ratings.push(rating);
    return receipt("rated", []);
  },
  settle: () => Promise.reject(new Error("not scripted")),
  notAsked: () => Promise.reject(new Error("not scripted")),
  reword: () => Promise.reject(new Error("not scripted")),
  edit: () => Promise.reject(new Error("not scripted")),
  decide: () => Promise.reject(new Error("not scripted")),
  redo: () => Promise.reject(new Error("not scripted")),
  prefer: () => Promise.reject(new Error("not scripted")),
  importLessons: () => Promise.reject(new Error("not scripted")),
  review: () => Promise.reject(new Error("not scripted")),
  retract: () => Promise.reject(new Error("not scripted")),
  withdraw: () => Promise.reject(new Error("not scripted")),
  consent: () => Promise.reject(new Error("not scripted")),
  forget: () => Promise.reject(new Error("not scripted")),
  async undo(_teacher, actionId = "") {
    const action = actions.get(actionId);
    if (!action) throw new ApprenticeError("action-missing");
    if (script.undone.includes(actionId)) throw new ApprenticeError("action-undone");
    script.undone.push(actionId);
    for (const { id } of action.made) {
      const example = script.examples.find((each) => each.id === id);
      if (example) change(script, example, "retracted");
    }
    for (const { id } of action.lost) {
      const example = script.examples.find((each) => each.id === id);
      if (example) change(script, example, "active");
    }
    return {
      actionId,
      kind: "taught",
      removed: action.made.length,
      restored: action.lost.length,
      now: null,
      fell: 0,
    };
  },
});

const held = (script: Script, signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : Promise.race([script.hold, once(signal, "abort")]);

async function* chat(
  script: Script,
  input: ChatInput,
  signal: AbortSignal,
): AsyncIterable<ChatEvent> {
  script.inputs.push(input);
  const { failure } = script;
  script.failure = undefined;
  if (failure) throw failure;
  if (input.text.startsWith("!")) {
    yield {
      kind: "reply",
      text: "**help** says what I can do:\n\n- `!teach` teaches\n- `!why` explains",
    };
    return;
  }
  const example = known(script, input.text);
  const text = example?.answer ?? "I do not know that yet.";
  for (const piece of text.match(/\s*\S+\s*/g) ?? []) {
    if (signal.aborted) break;
    yield { kind: "delta", text: piece };
    await held(script, signal);
  }
  if (signal.aborted) {
    script.aborted.push(input.id);
    return;
  }
  yield { kind: "done", answer: remember(script, input, text, example) };
}

function remember(
  script: Script,
  input: ChatInput,
  text: string,
  example: Example | undefined,
): Answer {
  const turn: Turn = {
    id: newId(),
    workspace,
    room: input.room,
    person: "web:local",
    personName: "You",
    messageId: input.id,
    prompt: input.text,
    answer: text,
    known: example !== undefined,
    tier: example ? "exact" : "none",
    score: example ? 0.97 : 0.1,
    exampleIds: example ? [example.id] : [],
    modelVersion: "recall@12",
    language: "en",
    startedAt: 1_760_000_000_000,
    finishedAt: 1_760_000_000_500,
    answerId: null,
    versionId: null,
    answerMessageIds: [],
  };
  script.turns.push(turn);
  const others = script.examples.filter(({ status }) => status === "active").slice(0, 3);
  return {
    turnId: turn.id,
    text,
    known: turn.known,
    tier: turn.tier,
    score: turn.score,
    exampleIds: turn.exampleIds,
    modelVersion: turn.modelVersion,
    suggestions: example
      ? []
      : others.map(({ prompt, answer, id }) => ({
          prompt,
          answer: answer ?? "",
          score: 0.4,
          exampleIds: [id],
        })),
  };
}

/** One JSON object per line; a line that is none is a mistake. */
function readFile({ name, bytes }: KnowledgeFile): Imported {
  if (!name.endsWith(".jsonl")) {
    throw new ApprenticeError("import-format", { file: name, allowed: "jsonl" });
  }
  const lessons: Lesson[] = [];
  const problems: Imported["problems"][number][] = [];
  for (const [index, line] of Buffer.from(bytes).toString().trim().split("\n").entries()) {
    try {
      const { prompt, answer } = JSON.parse(line) as { prompt: string; answer: string };
      lessons.push({ prompt, answer, label: "positive" });
    } catch {
      problems.push({
        line: index + 1,
        key: "error.json-invalid",
        values: { reason: "?", near: line.slice(0, 20) },
      });
    }
  }
  return {
    items: [],
    leftOut: [],
    leftOutCount: 0,
    lessons: problems.length > 0 ? [] : lessons,
    problems: problems.slice(0, 20),
    problemCount: problems.length,
  };
}
