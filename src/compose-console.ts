import { attachmentOf, type WholeFile } from "./core/attachment.ts";
import type { Person } from "./core/person.ts";
import { now } from "./core/clock.ts";
import { newId } from "./core/ids.ts";
import type { Language } from "./core/language.ts";
import type { Log } from "./core/log.ts";
import type { Message } from "./core/message.ts";
import { systemLanguage } from "./config.ts";
import type { App } from "./app.ts";
import { usageOf } from "./commands/usage.ts";
import { ensurePages } from "./console/pages-folder.ts";
import { createConsole, type Console } from "./console/server.ts";
import { exportExamples } from "./learning/export-examples.ts";
import { importFile } from "./learning/import-file.ts";
import { previewFile } from "./learning/preview-file.ts";
import type { Teacher } from "./learning/teaching.ts";
import { createWebChat } from "./platforms/web/chat.ts";
import { createWebVoice } from "./platforms/web/voice.ts";
import { say, sayError, type Voice } from "./texts/say.ts";
import { version } from "./version.ts";

/** The workspace of the console and, unless told otherwise, of the command line. */
export const localWorkspace = "web:local";

/** Whoever holds the console's token owns this machine's Apprentice. */
const owner: Person = { id: "web:local", name: "Admin", role: "admin" };

/** Where a console listens, when that is not where the settings say, and what it shows. */
export type ConsoleWish = {
  readonly host: string;
  readonly port: number;
  readonly pagesFolder: string | Promise<string>;
  readonly log: Log;
};

/** Connects the console to the app: the web platform, the operations behind the API, the pages. */
export function openConsole(app: App, token: string, wish?: ConsoleWish): Console {
  const { config } = app;
  const log = wish?.log ?? app.log;
  const place = {
    workspace: localWorkspace,
    room: "web:chat",
    person: owner,
    language: systemLanguage(),
    prefix: config.prefix,
  };
  const teacher = (workspace: string): Teacher => ({ workspace, person: owner, origin: "console" });
  const voiceFor = (language: Language): Voice =>
    config.voice === "auto" ? language : config.voice;
  return createConsole({
    address: {
      host: wish?.host ?? config["console.host"],
      port: wish?.port ?? config["console.port"],
      token,
      hosts: config["console.hosts"]
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    },
    version,
    log,
    pagesFolder: wish?.pagesFolder ?? ensurePages({ log }),
    hears: app.spoken.stt !== undefined,
    uploadMegabytes: config["limits.fileMb"],
    place,
    turns: app.turns,
    examples: app.examples,
    knownAnswers: app.knownAnswers,
    searchExamples: app.searchExamples,
    teaching: app.teaching,
    models: app,
    jobs: app.jobs,
    datasets: app.datasets,
    registry: app.registry,
    operations: {
      chat: createWebChat(app.receive, localWorkspace, owner),
      commands: (language) =>
        app.commands.map((command) => ({
          name: command.name,
          about: say(language, command.about),
          usage: usageOf(command, config.prefix),
        })),
      runCommand: (name, values, { workspace = localWorkspace, files, room, language, signal }) => {
        const message = commandMessage(workspace, room, files);
        return app.rooms.run(room, () =>
          app.runCommand(
            { name, values },
            { message, voice: voiceFor(language), language, signal },
          ),
        );
      },
      ask: (prompt, { workspace }) => app.ask(workspace, prompt),
      previewFile,
      async importFile(file, { workspace = localWorkspace, signal, progress, language }) {
        return importFile(app, teacher(workspace), file, {
          voice: voiceFor(language),
          place: { platform: "web", room: place.room, messageId: null, language },
          signal,
          progress,
        });
      },
      exportExamples: (_signal, workspace = localWorkspace) =>
        exportExamples(app.examples, workspace),
      status: (workspace = localWorkspace) => app.status(workspace),
      talk: createWebVoice({
        receive: app.receive,
        prepare: app.prepare,
        speech: app.spoken.speech,
        settings: app.spoken.voiceSettings,
        workspace: localWorkspace,
        room: place.room,
        person: owner,
        keepHeard: (workspace, messageId, heard) => app.turns.heard(workspace, messageId, heard),
        sayError: (error, language) => sayError(voiceFor(language), error, config.prefix),
      }),
    },
  });
}

/** A terminal whose commands go through the running console has a room of its own. */
const platformOf = (room: string): "web" | "cli" => (room.startsWith("cli:") ? "cli" : "web");

const commandMessage = (workspace: string, room: string, files: readonly WholeFile[]): Message => ({
  id: `${platformOf(room)}:${newId()}`,
  platform: platformOf(room),
  workspace,
  room,
  person: owner,
  text: "",
  files: files.map(attachmentOf),
  via: "command",
  addressed: true,
  sentAt: now(),
});
