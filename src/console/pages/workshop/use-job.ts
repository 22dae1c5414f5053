import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isFinal } from "../../../core/job.ts";
import type { ShownEvent, ShownJob } from "../../routes/job-routes.ts";
import { ConnectionLost, followJob, Refusal } from "../api.ts";

export type FollowedJob = {
  readonly job: ShownJob | undefined;
  readonly events: readonly ShownEvent[];
  readonly error: Error | null;
};

/** Milliseconds before a lost connection is tried again. */
const again = 2_000;

/**
 * A job as it goes on, with its whole history; a lost connection goes on where it broke off. Another
 * job needs another component: give it a key.
 */
export function useJob(id: string): FollowedJob {
  const queries = useQueryClient();
  const [followed, setFollowed] = useState<FollowedJob>({
    job: undefined,
    events: [],
    error: null,
  });
  useEffect(() => {
    const leaving = new AbortController();
    let last = 0;
    const follow = async (): Promise<void> => {
      for await (const line of followJob(id, last, leaving.signal)) {
        if (line.kind === "error") throw new Refusal(line, 422);
        const { job, events } = line;
        last = events.at(-1)?.number ?? last;
        setFollowed((before) => ({ job, events: [...before.events, ...events], error: null }));
        if (isFinal(job.state)) return void queries.invalidateQueries();
      }
    };
    const keepFollowing = async (): Promise<void> => {
      while (!leaving.signal.aborted) {
        try {
          return await follow();
        } catch (thrown) {
          if (leaving.signal.aborted) return;
          const error = thrown instanceof Error ? thrown : new Error(String(thrown));
          setFollowed((before) => ({ ...before, error }));
          if (!(error instanceof ConnectionLost)) return;
          await new Promise((resolve) => setTimeout(resolve, again));
        }
      }
    };
    void keepFollowing();
    return () => leaving.abort();
  }, [id, queries]);
  return followed;
}
