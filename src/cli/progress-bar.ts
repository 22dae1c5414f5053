import type { ProgressResult } from "@clack/prompts";
import { say, type Voice } from "../texts/say.ts";
import type { Progress, Stage } from "./desk.ts";

const steps = 100;

/**
 * A progress bar on standard error, one per stage, when a person watches; silent otherwise. `stop`
 * ends the last one.
 */
export async function showProgress(
  voice: Voice,
  json: boolean,
): Promise<{ progress: Progress; stop(): void }> {
  if (json || !process.stderr.isTTY) return { progress: () => {}, stop: () => {} };
  const { progress: progressBar } = await import("@clack/prompts");
  let current: { stage: Stage; bar: ProgressResult; at: number } | undefined;
  const stop = (): void => {
    if (current) current.bar.stop(say(voice, `cli.progress.${current.stage}`));
    current = undefined;
  };
  return {
    stop,
    progress(stage, done, of) {
      if (current?.stage !== stage) {
        stop();
        current = { stage, bar: progressBar({ max: steps, output: process.stderr }), at: 0 };
        current.bar.start(say(voice, `cli.progress.${stage}`));
      }
      const at = of === 0 ? steps : Math.floor((done / of) * steps);
      if (at > current.at) current.bar.advance(at - current.at);
      current.at = Math.max(at, current.at);
    },
  };
}
