import type { Outbound } from "../core/platform.ts";
import { say, sayError, type Voice } from "../texts/say.ts";
import { deliverReply } from "./deliver.ts";
import type { HeardFile } from "./hear-files.ts";

/** Shows a person what was understood of each file they sent, and why one was not. */
export async function tellHeard(
  files: readonly HeardFile[],
  { voice, prefix }: { readonly voice: Voice; readonly prefix: string },
  outbound: Outbound,
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    if ("failure" in file) {
      const { code, id } = file.failure;
      const text = sayError(voice, file.failure, prefix);
      await outbound.send({ text, failure: { code, id } }, signal);
    } else {
      const key = files.length > 1 ? "speech.heard-file" : "speech.heard";
      const text = say(voice, key, { name: file.name, text: file.text });
      await deliverReply({ text, transcript: file.text }, outbound, signal);
    }
  }
}
