import type { Language } from "../core/language.ts";
import { createConsoleClient } from "../console/client.ts";
import type { Desk } from "./desk.ts";

/** Works through the Apprentice that is already running, whose console is at `address`. */
export function openRemoteDesk(
  address: URL,
  workspace: string,
  language: Language,
  signal: AbortSignal,
): Desk {
  const client = createConsoleClient(address, { workspace, room: "cli:local", language, signal });
  return {
    runCommand: (name, values, files) => client.runCommand(name, values, files),
    async *ask(prompts) {
      yield* await client.ask(prompts);
    },
    importFile: (file, progress) =>
      client.importFile(file, (done, total) => progress("teaching", done, total)),
    exportExamples: () => client.exportExamples(),
    readAnew: async () => false,
    followJob: (id) => client.followJob(id),
    giveUpJob: async () => undefined,
    close: async () => {},
  };
}
