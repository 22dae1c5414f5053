/** How many requests a route takes within a time. */
export type RateLimit = {
  readonly method: string;
  /** Of the path without the version, e.g. `/channels/1/messages`. */
  readonly path: RegExp;
  readonly limit: number;
  /** In milliseconds. */
  readonly within: number;
};

export type Window = {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait, when the request was one too many. */
  readonly retryAfter?: number;
};

/** Counts requests by route and by the channel or guild in their path, as Discord's buckets do. */
export function createRateLimits(): {
  add(limit: RateLimit): void;
  take(method: string, path: string, now: number): Window;
} {
  const limits: RateLimit[] = [];
  const buckets = new Map<string, { used: number; until: number }>();
  return {
    add: (limit) => void limits.unshift(limit),
    take(method, path, now) {
      const limit = limits.find((each) => each.method === method && each.path.test(path));
      if (!limit) return { headers: {} };
      const name = `${method} ${path.split("/").slice(0, 4).join("/")}`;
      let bucket = buckets.get(name);
      if (!bucket || bucket.until <= now) {
        bucket = { used: 0, until: now + limit.within };
        buckets.set(name, bucket);
      }
      const seconds = Math.max(0.001, (bucket.until - now) / 1_000);
      // A refused request does not make the wait longer.
      const isOver = bucket.used >= limit.limit;
      if (!isOver) bucket.used += 1;
      return {
        headers: {
          "x-ratelimit-bucket": Buffer.from(`${limit.method} ${limit.path}`)
            .toString("hex")
            .slice(0, 32),
          "x-ratelimit-limit": String(limit.limit),
          "x-ratelimit-remaining": String(limit.limit - bucket.used),
          "x-ratelimit-reset": String(bucket.until / 1_000),
          "x-ratelimit-reset-after": seconds.toFixed(3),
        },
        ...(isOver && { retryAfter: seconds }),
      };
    },
  };
}
