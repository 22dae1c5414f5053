import { trimEnd } from "../../core/trim-end.ts";
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
export const rootOf = (url: string): string => trimEnd(url, "/").replace(/\/v1$/, "");

export const createServingClient = (settings: ServingSettings): ProviderClient =>
  createProviderClient({ ...settings, url: rootOf(settings.url), retries: 2 });

/** Asks a model server, and says its failures as one: `serving-failed`. */
export async function served<Result>(host: string, asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (cause) {
    throw new ApprenticeError("serving-failed", { host, reason: reasonOf(cause) }, { cause });
  }
}

/** Asks a model server whether it is there. Throws `serving-unreachable`. */
export async function reached(host: string, asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (cause) {
    throw new ApprenticeError("serving-unreachable", { host, reason: reasonOf(cause) }, { cause });
  }
}

function reasonOf(failure: unknown): string | number {
  if (!(failure instanceof ApprenticeError)) throw failure;
  const { reason, status } = failure.values;
  return reason ?? (status === undefined ? failure.code : `HTTP ${status}`);
}
