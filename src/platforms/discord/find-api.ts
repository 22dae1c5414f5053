import { ApprenticeError } from "../../core/errors.ts";

/** How long one question to a server may take, in milliseconds. */
const patience = 10_000;

/**
 * The base address for a client's requests, to which it adds `/v10/...`. What is configured may be the
 * server's root, its `/api`, or that with a version. Without anything: `undefined`, Discord itself.
 * Throws `discord-unreachable`.
 */
export async function findApi(configured: string | undefined): Promise<string | undefined> {
  if (!configured) return undefined;
  const plain = configured.replace(/\/+$/, "").replace(/\/v\d+$/, "");
  const candidates = plain.endsWith("/api") ? [plain] : [`${plain}/api`, plain];
  let reason = "";
  for (const base of candidates) {
    try {
      const response = await fetch(`${base}/v10/gateway`, {
        signal: AbortSignal.timeout(patience),
      });
      await response.body?.cancel();
      // A server that asks for a token here is there all the same.
      if (response.ok || response.status === 401) return base;
      reason = `HTTP ${response.status}`;
    } catch (thrown) {
      throw new ApprenticeError(
        "discord-unreachable",
        { place: placeOf(configured), reason: reasonOf(thrown) },
        { cause: thrown },
      );
    }
  }
  throw new ApprenticeError("discord-unreachable", { place: placeOf(configured), reason });
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
