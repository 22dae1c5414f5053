import { ApprenticeError } from "../../core/errors.ts";
import { createProviderClient, type ProviderClient } from "../trainers/hosted/provider-client.ts";

export type ServingSettings = {
  /** Where the server is, without `/v1`. */
  readonly url: string;
  readonly apiKey: string;
  /** Loading an adapter may take long. */
  readonly timeoutSeconds: number;
};

/** Its address without what belongs to single operations. */
export const rootOf = (url: string): string => url.replace(/\/+$/, "").replace(/\/v1$/, "");

export const createServingClient = (settings: ServingSettings): ProviderClient =>
  createProviderClient({ ...settings, url: rootOf(settings.url), retries: 2 });

/** Asks a model server, and says its failures as one: `serving-failed`. */
export async function served<Result>(host: string, asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApprenticeError)) throw error;
    const { reason, status } = error.values;
    const told = reason ?? (status === undefined ? error.code : `HTTP ${status}`);
    throw new ApprenticeError("serving-failed", { host, reason: told }, { cause: error });
  }
}
