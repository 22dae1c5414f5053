import { trainedModelKey } from "./compose-trainers.ts";
import type { Config } from "./config.ts";
import type { ServedModel } from "./core/model-version.ts";
import type { ModelSettings } from "./models/provider.ts";

/** How the configured language model is reached. */
export const modelSettings = (config: Config) => ({
  provider: config["model.provider"] as Exclude<Config["model.provider"], "none">,
  ...(config["model.url"] && { url: config["model.url"] }),
  name: config["model.name"],
  sees: config["model.sees"],
  ...(config["model.apiKey"] && { apiKey: config["model.apiKey"] }),
  timeoutSeconds: config["model.timeoutSeconds"],
  retries: config["model.retries"],
});

/** A trained model is reached with the key of the server that it is on. */
export function servedSettings(
  config: Config,
  { provider, url, name }: ServedModel,
): ModelSettings {
  const { timeoutSeconds, retries } = modelSettings(config);
  const isOurs = URL.parse(url)?.origin === URL.parse(config["model.url"])?.origin;
  const apiKey = isOurs ? config["model.apiKey"] : trainedModelKey(config, url);
  return {
    provider: provider === "openai" ? "openai" : "openai-compatible",
    url,
    name,
    ...(apiKey && { apiKey }),
    timeoutSeconds,
    retries,
  };
}
