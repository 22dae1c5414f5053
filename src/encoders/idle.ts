/** Milliseconds without use after which memory is given back. */
const longestIdle = 10 * 60_000;

/** Calls `release` once nothing was `touched` for a while; keeps no process alive. */
export function whenIdle(
  release: () => void,
  milliseconds: number = longestIdle,
): { touch(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isUsed = false;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    stop,
    touch() {
      isUsed = true;
      timer ??= setInterval(() => {
        if (isUsed) {
          isUsed = false;
          return;
        }
        stop();
        release();
      }, milliseconds).unref();
    },
  };
}
