import { Hono } from "hono";
import { shortHash } from "../../commands/dataset-reply.ts";
import { aliases } from "../../core/model-version.ts";
import type { RouteParts } from "./route-parts.ts";

/** What training works with and leaves: the datasets and the models of the console's workspace. */
export const workshopRoutes = (parts: RouteParts) =>
  new Hono()
    .get("/datasets", async (context) => {
      const { datasets, place } = parts;
      const { workspace } = place;
      const current = await datasets.current(workspace);
      const names = await datasets.names(workspace);
      const manifests = await Promise.all(names.map((name) => datasets.describe(workspace, name)));
      return context.json({
        datasets: manifests.map((manifest) => ({
          name: manifest.name,
          version: manifest.version,
          createdAt: manifest.createdAt,
          reason: manifest.reason,
          hash: shortHash(manifest),
          counts: manifest.counts,
          isCurrent: manifest.name === current,
        })),
      });
    })
    .get("/models", async (context) => {
      const { registry, place } = parts;
      const { workspace } = place;
      const versions = await registry.list(workspace);
      const standing = await Promise.all(
        aliases.map(async (alias) => ({
          alias,
          id: (await registry.under(workspace, alias))?.id,
        })),
      );
      return context.json({
        models: versions.map((version) => ({
          id: version.id,
          number: version.number,
          method: version.method,
          trainer: version.trainer,
          base: version.base,
          dataset: { ...version.dataset },
          jobId: version.jobId,
          createdAt: version.createdAt,
          aliases: standing.filter(({ id }) => id === version.id).map(({ alias }) => alias),
        })),
      });
    });
