import { z } from "zod";
import type { JobNews, JobProgress } from "../../../core/job.ts";
import type { Json } from "../../../core/reply.ts";
import type { HostedNews } from "../hosted/hosted-api.ts";
import { isMissing, type ProviderClient } from "../hosted/provider-client.ts";
import { readReply } from "../hosted/read-reply.ts";
import { checkpointList, eventList, readEvent, type EventReply } from "./wire.ts";

const cursorShape = z.object({
  /** The last event that was told. */
  event: z.string().nullable(),
  /** The step of the last checkpoint that was told. */
  checkpoint: z.number().nullable(),
  /** What the provider does not have. */
  without: z.array(z.enum(["events", "checkpoints"])),
});
type Cursor = z.infer<typeof cursorShape>;
const start: Cursor = { event: null, checkpoint: null, without: [] };

const [pageSize, mostPages] = [100, 50];

/** The events and checkpoints of a training after a place, oldest first. */
export async function readNews(
  client: ProviderClient,
  job: string,
  after: Json,
): Promise<HostedNews> {
  let cursor = cursorShape.catch(start).parse(after);
  const unlessMissing = async <Part>(
    part: Cursor["without"][number],
    ask: () => Promise<readonly Part[]>,
  ): Promise<readonly Part[]> => {
    if (cursor.without.includes(part)) return [];
    try {
      return await ask();
    } catch (error) {
      if (!isMissing(error)) throw error;
      cursor = { ...cursor, without: [...cursor.without, part] };
      return [];
    }
  };

  const events = await unlessMissing("events", () => newEvents(client, job, cursor.event));
  const checkpoints = await unlessMissing("checkpoints", () =>
    newCheckpoints(client, job, cursor.checkpoint ?? -1),
  );
  const heard = events.map(readEvent);
  const news: JobNews[] = [...heard.map((event) => event.news), ...checkpoints];
  const last = heard.findLast(({ step }) => step !== null);
  const progress: Pick<JobProgress, "step" | "total"> | null = last
    ? { step: last.step!, total: last.total }
    : null;
  return {
    news,
    progress,
    cursor: {
      ...cursor,
      event: events.at(-1)?.id ?? cursor.event,
      checkpoint: checkpoints.at(-1)?.step ?? cursor.checkpoint,
    },
  };
}

/** OpenAI lists the newest event first; servers that list the oldest first are understood too. */
async function newEvents(
  client: ProviderClient,
  job: string,
  last: string | null,
): Promise<readonly EventReply[]> {
  const found: EventReply[] = [];
  let isRising = false;
  for (let page = 0; page < mostPages; page += 1) {
    const after = found.at(-1)?.id;
    const query = { limit: pageSize, ...(after && { after }) };
    const answer = await client.json({ method: "GET", path: `${job}/events`, query });
    const { data, has_more: hasMore } = readReply(eventList, answer, client.host);
    found.push(...data);
    isRising = (found[0]?.created_at ?? 0) < (found.at(-1)?.created_at ?? 0);
    const isKnown = !isRising && data.some(({ id }) => id === last);
    if (!hasMore || data.length === 0 || isKnown) break;
  }
  const events = isRising ? found : found.toReversed();
  return events.slice(events.findIndex(({ id }) => id === last) + 1);
}

async function newCheckpoints(
  client: ProviderClient,
  job: string,
  last: number,
): Promise<(JobNews & { kind: "checkpoint" })[]> {
  const path = `${job}/checkpoints`;
  const answer = await client.json({ method: "GET", path, query: { limit: pageSize } });
  return readReply(checkpointList, answer, client.host)
    .data.filter(({ step_number: step }) => step > last)
    .toSorted((first, second) => first.step_number - second.step_number)
    .map(({ id, step_number: step, fine_tuned_model_checkpoint: name }) => ({
      kind: "checkpoint",
      step,
      name: name ?? id,
    }));
}
