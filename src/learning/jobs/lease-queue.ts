import { now } from "../../core/clock.ts";
import { newId } from "../../core/ids.ts";
import { jobKinds, type JobState } from "../../core/job.ts";
import type { Json } from "../../core/reply.ts";
import type { Database } from "../../storage/database.ts";
import { addJob, addJobEvents, asJob, jsonOrNull } from "../../storage/jobs.ts";
import type { Claim, JobQueue } from "./queue.ts";

export type LeaseSettings = {
  /** Milliseconds for which a worker keeps a job without being heard of. */
  readonly lease: number;
  /** How often a job is begun at most. */
  readonly attempts: number;
};

export const usualLease: LeaseSettings = { lease: 30_000, attempts: 5 };

/**
 * The queue in the database itself, the same on both engines: one statement claims a job, so that two
 * workers never have the same; a claim is a lease, so that the jobs of a dead worker come free.
 */
export function createLeaseQueue(
  { engine, query, transaction }: Database,
  { lease, attempts }: LeaseSettings = usualLease,
): JobQueue {
  /** The row of a claim, as long as it is the claim's. */
  const ownRow = (from: Database["query"], { job, token }: Claim) =>
    from
      .updateTable("job")
      .where("id", "=", job.id)
      .where("token", "=", token)
      .where("state", "in", ["running", "paused"]);

  return {
    add: addJob,
    async claim(kinds = jobKinds, except = []) {
      const at = now();
      let waiting = query
        .selectFrom("job")
        .select("id")
        .where((where) =>
          where.or([
            where.and([where("state", "=", "queued"), where("run_at", "<=", at)]),
            where.and([where("state", "=", "running"), where("lease_until", "<", at)]),
          ]),
        )
        .where("kind", "in", kinds)
        .where("attempts", "<", attempts)
        .orderBy("run_at")
        .orderBy("id")
        .limit(1);
      if (except.length > 0) waiting = waiting.where("id", "not in", except);
      const token = newId();
      const row = await query
        .updateTable("job")
        .set((set) => ({
          state: "running",
          token,
          lease_until: at + lease,
          attempts: set("attempts", "+", 1),
          started_at: set.fn.coalesce("started_at", set.val(at)),
        }))
        .where("id", "=", engine === "postgres" ? waiting.forUpdate().skipLocked() : waiting)
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      return { job: asJob(row), token, handle: row.handle && (JSON.parse(row.handle) as Json) };
    },
    async beat(claim, { progress, state, handle }, within = query) {
      const row = await ownRow(within, claim)
        .set({
          lease_until: now() + lease,
          ...(progress && { progress: JSON.stringify(progress) }),
          ...(state && { state, wish: null }),
          ...(handle !== undefined && { handle: JSON.stringify(handle) }),
        })
        .returning("wish")
        .executeTakeFirst();
      return row ? (row.wish ?? undefined) : "lost";
    },
    async settle(within, claim, ending) {
      const row = await ownRow(within, claim)
        .set({
          state: ending.state,
          result: jsonOrNull(ending.result),
          failure: jsonOrNull(ending.failure),
          cost: jsonOrNull(ending.cost),
          finished_at: now(),
          token: null,
          lease_until: null,
          wish: null,
        })
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    async giveBack(claim, again) {
      await ownRow(query, claim)
        .set((set) => ({
          // What a person has paused stays so.
          state: set
            .case()
            .when("state", "=", "paused")
            .then<JobState>("paused")
            .else<JobState>("queued")
            .end(),
          token: null,
          lease_until: null,
          run_at: now() + (again?.after ?? 0),
          ...(!again && { attempts: set("attempts", "-", 1) }),
        }))
        .execute();
    },
    async sweep() {
      return transaction(async (within) => {
        const failure = JSON.stringify({ code: "job-attempts", values: { count: attempts } });
        const rows = await within
          .updateTable("job")
          .set({ state: "failed", failure, finished_at: now(), token: null, lease_until: null })
          .where("attempts", ">=", attempts)
          .where((where) =>
            where.or([
              where("state", "=", "queued"),
              where.and([where("state", "=", "running"), where("lease_until", "<", now())]),
            ]),
          )
          .returning("id")
          .execute();
        for (const { id } of rows) {
          await addJobEvents(within, id, [{ kind: "state", state: "failed" }]);
        }
        return rows.map(({ id }) => id);
      });
    },
  };
}
