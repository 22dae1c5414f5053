import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApp } from "../src/compose.ts";
import type { App } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import type { ChatEvent, ChatInput } from "../src/core/chat.ts";
import { newId } from "../src/core/ids.ts";
import { silentLog } from "../src/core/log.ts";
import type { Person, Role } from "../src/core/person.ts";
import { createWebChat } from "../src/platforms/web/chat.ts";

/** The whole app over a folder of its own, spoken to as people do. */
export type RunningApp = {
  readonly app: App;
  readonly folder: string;
  /** Says something and gives everything that came back. */
  say(text: string, how?: Speaking): Promise<readonly ChatEvent[]>;
  /** Says something and gives the words that came back. */
  ask(text: string, how?: Speaking): Promise<string>;
  /** Closes it and opens it again over the same data; `connect` joins platforms before it works. */
  restart(connect?: () => void): Promise<void>;
  close(): Promise<void>;
};

export type Speaking = {
  readonly role?: Role;
  readonly name?: string;
  readonly workspace?: string;
  readonly signal?: AbortSignal;
} & Partial<Omit<ChatInput, "text">>;

export async function runApp(environment: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), "apprentice-app-"));
  // One person plays all parts of a test, so what one person may say is lifted with the other limits.
  const lifted = {
    APPRENTICE_LIMITS_PERSON_MESSAGES_PER_MINUTE:
      environment["APPRENTICE_LIMITS_MESSAGES_PER_MINUTE"] ?? "1000",
    APPRENTICE_LIMITS_MESSAGES_PER_SECOND: "100000",
  };
  const open = () => openApp(readConfig(folder, { ...lifted, ...environment }).config, silentLog);
  let app = await open();
  app.work();
  const say = async (text: string, how: Speaking = {}): Promise<readonly ChatEvent[]> => {
    const { role = "admin", name = "Ann", workspace = "web:local", signal, ...given } = how;
    const person: Person = { id: `web:${name}`, name, role };
    const input: ChatInput = { id: newId(), room: "web:chat", files: [], ...given, text };
    const chat = createWebChat(app.receive, workspace, person);
    return Array.fromAsync(chat(input, signal ?? new AbortController().signal));
  };
  return {
    get app() {
      return app;
    },
    folder,
    say,
    ask: async (text, how) => wordsIn(await say(text, how)),
    async restart(connect = () => {}) {
      await app.close();
      app = await open();
      connect();
      app.work();
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The last words of what came back: an answer, a reply or an error. */
export function wordsIn(events: readonly ChatEvent[]): string {
  const last = events.at(-1);
  if (!last) return "";
  if (last.kind === "done") return last.answer.text;
  return last.text;
}
