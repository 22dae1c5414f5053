/** What a measured process has used so far. */
export type Usage = {
  readonly kind: "usage";
  /** Milliseconds of CPU, in user and system mode. */
  readonly cpu: number;
  /** Megabytes that are resident, after a collection where that is allowed. */
  readonly memory: number;
};

/** Answers each message of the parent process with what this one has used. */
export function reportUsage(): void {
  process.on("message", () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const usage: Usage = {
      kind: "usage",
      cpu: (user + system) / 1_000,
      memory: process.memoryUsage.rss() / 1024 ** 2,
    };
    process.send?.(usage);
  });
  process.on("disconnect", () => process.exit());
}
