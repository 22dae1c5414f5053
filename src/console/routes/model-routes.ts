import { Hono } from "hono";
import type { ModelVersion } from "../../core/model-version.ts";
import { modelFacts } from "../../learning/registry/model-facts.ts";
import { promotionSchema, valid } from "../request-schemas.ts";
import { consoleTeacher, type RouteParts } from "./route-parts.ts";

/** One trained model: what the gate found, what stands behind it, and letting it answer or not. */
export const modelRoutes = (parts: RouteParts) => {
  const { registry } = parts;
  const { promotions, lineage, evaluations } = parts.models;
  const { workspace } = parts.place;
  const find = (reference: string): Promise<ModelVersion> => registry.find(workspace, reference);
  return new Hono()
    .get("/models/:version", async (context) => {
      const version = await find(context.req.param("version"));
      const [model] = await modelFacts(registry, [version]);
      return context.json({
        model: model!,
        evaluations: await evaluations.ofVersion(version),
        decisions: await promotions.history(workspace, version),
      });
    })
    .get("/models/:version/lineage", async (context) => {
      const version = await find(context.req.param("version"));
      const { ancestors, manifest, rows, corrections } = await lineage.ofVersion(version);
      // The salt is the key of splits and pseudonyms.
      const { splitSalt: _secret, ...dataset } = manifest;
      return context.json({
        ancestors: await modelFacts(registry, ancestors),
        dataset,
        rows,
        corrections,
      });
    })
    .post("/models/:version/promote", valid("json", promotionSchema), async (context) => {
      const { override } = context.req.valid("json");
      const version = await find(context.req.param("version"));
      const { promoted, evidence, checks } = await promotions.promote(
        consoleTeacher(parts),
        version,
        {
          ...(override && { override }),
          signal: AbortSignal.any([context.req.raw.signal, parts.stopping]),
        },
      );
      return context.json({ promoted, evidence, checks });
    })
    .post("/rollback", async (context) => {
      const { from, now } = await promotions.rollback(consoleTeacher(parts));
      const [before] = await modelFacts(registry, [from]);
      const [live] = await modelFacts(registry, now ? [now] : []);
      return context.json({ from: before!, live: live ?? null });
    })
    .get("/examples/:id/lineage", async (context) => {
      const { datasets, models, ...example } = await lineage.ofExample(
        workspace,
        context.req.param("id"),
      );
      const facts = await modelFacts(
        registry,
        models.map(({ version }) => version),
      );
      return context.json({
        ...example,
        datasets: datasets.map(({ name, version, split }) => ({ name, version, split })),
        models: models.map(({ split }, place) => ({ model: facts[place]!, split })),
      });
    });
};
