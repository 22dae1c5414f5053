import { now } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import { checkOrder, neededTarget, warn, type OrderRules } from "../check-order.ts";
import { tokensOf, usualEpochs } from "../tokens.ts";
import type { Trainer, TrainerTraits } from "../trainer.ts";
import type { HostedParts } from "./hosted-parts.ts";
import { runHosted } from "./run-hosted.ts";
import { sunsetFindings, jobsSunset } from "./sunsets.ts";

/** A trainer over the API of a provider. */
export function createHostedTrainer(parts: HostedParts): Trainer {
  const { name, api, datasets, options, knownSettings, baseSetting } = parts;
  const sunset = jobsSunset(api.host);
  const traits: TrainerTraits = { ...parts.traits, ...(sunset && { sunset }) };
  const today = options.today ?? now;
  const rules: OrderRules = {
    datasets,
    traits,
    knownSettings,
    defaultBase: options.model,
    baseSetting,
  };
  return {
    name,
    traits,
    async check(order) {
      const { findings } = await checkOrder(rules, order);
      const base = order.base ?? options.model;
      const ends = sunsetFindings(api.host, base, today());
      return [...findings, ...ends, warn("rows-leave", { host: api.host })];
    },
    async estimate(order) {
      const target = neededTarget(traits, order, name);
      const place = { workspace: order.workspace, ...order.dataset };
      const content = await datasets.exportable(place, target);
      const epochs = order.settings.epochs ?? usualEpochs(content.lines.train.length);
      const tokens = tokensOf(content) * epochs;
      const price = options.prices.get(order.base ?? options.model);
      const dollars = price === undefined ? null : (tokens / 1_000_000) * price;
      return { seconds: null, tokens, dollars };
    },
    async run(order, run) {
      const ends = sunsetFindings(api.host, order.base ?? options.model, today());
      const over = ends.find(({ stops }) => stops);
      // One that has begun is still brought to its end.
      if (over && run.handle === null) {
        const date = String(over.values["date"]);
        throw new ApprenticeError("training-sunset", { host: api.host, date });
      }
      return runHosted({ ...parts, traits }, order, run);
    },
  };
}
