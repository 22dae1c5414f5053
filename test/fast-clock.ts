import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import promises from "node:timers/promises";

/**
 * Makes every clock and timer of this process run `factor` times as fast, those of libraries too, while
 * sockets and files stay real. For a test file that has a process of its own: there is no way back.
 */
export function speedUpClock(factor: number): void {
  const { now: today } = Date;
  const elapsed = performance.now.bind(performance);
  const [startDate, startElapsed] = [today(), elapsed()];
  Date.now = () => Math.round(startDate + (today() - startDate) * factor);
  performance.now = () => startElapsed + (elapsed() - startElapsed) * factor;

  const faster =
    <Rest extends readonly unknown[], Result>(
      start: (run: () => void, delay?: number, ...rest: Rest) => Result,
    ) =>
    (run: () => void, delay = 1, ...rest: Rest): Result =>
      start(run, delay / factor, ...rest);
  for (const name of ["setTimeout", "setInterval"] as const) {
    const patched = faster(timers[name]);
    Object.assign(timers, { [name]: patched });
    Object.assign(globalThis, { [name]: patched });
  }
  const { setTimeout: pause } = promises;
  promises.setTimeout = (delay = 1, value, options) => pause(delay / factor, value, options);
  syncBuiltinESMExports();
}
