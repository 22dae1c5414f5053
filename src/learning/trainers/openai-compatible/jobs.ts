import type { HostedApi, HostedJobs, HostedRequest } from "../hosted/hosted-api.ts";
import { isMissing, type ProviderClient } from "../hosted/provider-client.ts";
import { readReply } from "../hosted/read-reply.ts";
import { readNews } from "./news.ts";
import type { RequestShape } from "./request-shape.ts";
import { asHostedJob, jobList, jobReply, modelReply, type JobReply } from "./wire.ts";

const collection = "/fine_tuning/jobs";
const pathOf = (id: string, part = ""): string => `${collection}/${encodeURIComponent(id)}${part}`;

/** As many trainings as are looked through for ours, newest first. */
const [pageSize, mostPages] = [100, 20];

/** `/fine_tuning/jobs` in OpenAI's shape. */
export function createJobs(client: ProviderClient, shape: RequestShape): HostedJobs {
  const read = (answer: unknown): JobReply => readReply(jobReply, answer, client.host);
  return {
    async create(request) {
      const json = bodyOf(request, shape);
      return asHostedJob(
        read(await client.json({ method: "POST", path: collection, json, once: true })),
      );
    },
    async find({ key, train }) {
      const isOurs = (job: JobReply): boolean =>
        job.metadata?.["apprentice_key"] === key ||
        job.suffix === key ||
        (train !== null && job.training_file === train);
      let after = "";
      for (let page = 0; page < mostPages; page += 1) {
        const query = { limit: pageSize, ...(after && { after }) };
        const answer = await client.json({ method: "GET", path: collection, query });
        const { data, has_more: hasMore } = readReply(jobList, answer, client.host);
        const found = data.find(isOurs);
        if (found) return asHostedJob(found);
        after = data.at(-1)?.id ?? "";
        if (!hasMore || after === "") break;
      }
      return undefined;
    },
    async read(id) {
      try {
        return asHostedJob(read(await client.json({ method: "GET", path: pathOf(id) })));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    news: ({ id }, cursor) => readNews(client, pathOf(id), cursor),
    async cancel(id) {
      await client.json({ method: "POST", path: pathOf(id, "/cancel") });
    },
  };
}

export const createPausing = (client: ProviderClient): NonNullable<HostedApi["pausing"]> => ({
  async pause(id) {
    await client.json({ method: "POST", path: pathOf(id, "/pause") });
  },
  async resume(id) {
    await client.json({ method: "POST", path: pathOf(id, "/resume") });
  },
});

/** The day on which a model is shut down, where the provider tells. */
export async function shutdownDate(client: ProviderClient, model: string): Promise<string | null> {
  try {
    const path = `/models/${encodeURIComponent(model)}`;
    const answer = await client.json({ method: "GET", path });
    return readReply(modelReply, answer, client.host).shutdown_date ?? null;
  } catch {
    // Many servers do not list trained models, and none must: the model itself is named by its job.
    return null;
  }
}

function bodyOf(request: HostedRequest, shape: RequestShape): object {
  const { key, jobId, base, method, settings, train, validation, datasetSha256 } = request;
  const { epochs, batchSize, beta, seed } = settings;
  const hyperparameters = {
    ...(epochs !== undefined && { n_epochs: epochs }),
    ...(batchSize !== undefined && { batch_size: batchSize }),
    ...(method === "dpo" && beta !== undefined && { beta }),
  };
  const type = method === "dpo" ? "dpo" : "supervised";
  return {
    model: base,
    training_file: train,
    ...(validation !== null && { validation_file: validation }),
    suffix: key,
    ...(seed !== undefined && { seed }),
    metadata: { apprentice_key: key, apprentice_job: jobId, dataset_sha256: datasetSha256 },
    ...(shape === "method"
      ? { method: { type, [type]: { hyperparameters } } }
      : { hyperparameters }),
  };
}
