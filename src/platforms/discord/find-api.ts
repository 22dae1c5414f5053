import { trimEnd } from "../../core/trim-end.ts";
import { ApprenticeError } from "../../core/errors.ts";

/** How long one question to a server may take, in milliseconds. */
const patience = 10_000;

/**
 * The base address for a client's requests, to which it adds `/v10/...`. What is configured may be the
 * server's root, its `/api`, or that with a version. Without anything: `undefined`, Discord itself.
 * Throws `discord-unreachable`.
 */
export async function findApi(
  configured: string | undefined,
  token: string,
): Promise<string | undefined> {
  if (!configured) return undefined;
  const plain = trimEnd(configured, "/").replace(/\/v\d+$/, "");
  const candidates = plain.endsWith("/api") ? [plain] : [`${plain}/api`, plain];
  for (const base of candidates) if (await isThere(base, token)) return base;
  // A server may lack what was asked for: the client will see what it has.
  return candidates[0];
}

/** Whether a server knows Discord's first route there, whatever it thinks of the token. */
async function isThere(base: string, token: string): Promise<boolean> {
  try {
    const response = await fetch(`${base}/v10/gateway/bot`, {
      headers: { authorization: `Bot ${token}` },
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    return response.status !== 404;
  } catch (thrown) {
    throw new ApprenticeError(
      "discord-unreachable",
      { place: placeOf(base), reason: reasonOf(thrown) },
      { cause: thrown },
    );
  }
}

/** The host of an address, without what could be secret in it. */
export const placeOf = (address: string | undefined): string =>
  address === undefined ? "discord.com" : (URL.parse(address)?.host ?? "?");

/** The system's code for why something is not reached, or the error's name. */
export function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const { code, name } = Object(cause) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "?";
}
