/** Runs work at once, and once more when it was asked for meanwhile. */
export function coalesced(work: () => Promise<void>): () => void {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const run = (): void => {
    if (running) {
      isAskedAgain = true;
      return;
    }
    running = work().finally(() => {
      running = undefined;
      if (!isAskedAgain) return;
      isAskedAgain = false;
      run();
    });
  };
  return run;
}
