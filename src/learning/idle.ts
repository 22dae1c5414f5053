import { elapsed } from "../core/clock.ts";

/** Knows which of several things nobody has used for a while. */
export type IdleWatch = {
  used(name: string): void;
  isIdle(name: string): boolean;
  stop(): void;
};

/** Looks this often, in milliseconds, unless things get idle sooner. */
const longestLook = 60_000;

/** Tells of each thing that was not used for `after` milliseconds, until `idle` resolves with true. */
export function watchIdle(after: number, idle: (name: string) => Promise<boolean>): IdleWatch {
  const lastUse = new Map<string, number>();
  const isIdle = (name: string): boolean => elapsed() - (lastUse.get(name) ?? 0) >= after;
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    for (const name of [...lastUse.keys()].filter(isIdle)) {
      if ((await idle(name)) && isIdle(name)) lastUse.delete(name);
    }
    isLooking = false;
  }

  const timer = setInterval(() => void look(), Math.min(longestLook, after / 2)).unref();
  return {
    used: (name) => void lastUse.set(name, elapsed()),
    isIdle,
    stop: () => clearInterval(timer),
  };
}
