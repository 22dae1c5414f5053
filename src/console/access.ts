import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { ApprenticeError } from "../core/errors.ts";
import type { GuessLimits } from "./guess-limits.ts";
import type { ConsoleAddress } from "./parts.ts";

/**
 * Lets in only requests that name this console: a page of another site whose name was made to
 * resolve to this machine (DNS rebinding) carries its own name in `Host`.
 */
export function checkHost(address: ConsoleAddress): MiddlewareHandler {
  const names = new Set(["localhost", "127.0.0.1", "::1", address.host, ...(address.hosts ?? [])]);
  const bindsAll = address.host === "0.0.0.0" || address.host === "::";
  return async (context, next) => {
    const host = hostName(context.req.header("host") ?? "");
    // No name can be rebound to an address typed in as numbers.
    if (!names.has(host) && !(bindsAll && isIP(host) > 0)) {
      throw new ApprenticeError("console-host-refused", { host: host || "?" });
    }
    await next();
  };
}

/** `localhost:8080` and `[::1]:8080` without port and brackets, in lower case. */
function hostName(host: string): string {
  const url = URL.parse(`http://${host}`);
  return url ? url.hostname.replaceAll(/^\[|\]$/g, "") : "";
}

/** Lets in only who has the token: as `Authorization: Bearer`, or in the cookie of this run. */
export function checkToken(address: ConsoleAddress, guesses: GuessLimits): MiddlewareHandler {
  return async (context, next) => {
    // A cookie is no guess: its value is as long as a hash, and a page sends an old one by itself.
    const cookie = getCookie(context, cookieName(context));
    const byCookie = same(cookie ?? "", cookieValue(address.token));
    if (byCookie) checkOrigin(context);
    else {
      const [scheme, bearer] = (context.req.header("authorization") ?? "").split(" ");
      if (scheme?.toLowerCase() !== "bearer" || bearer === undefined)
        throw new ApprenticeError("console-token-wrong");
      await checkGuess(context, bearer, address, guesses);
    }
    await next();
  };
}

/** Compares a token, unless too many wrong ones came from there. */
async function checkGuess(
  context: Context,
  token: string,
  address: ConsoleAddress,
  guesses: GuessLimits,
): Promise<void> {
  await guesses.admit(context);
  if (same(token, address.token)) return;
  await guesses.wrong(context);
  throw new ApprenticeError("console-token-wrong");
}

/**
 * A cookie travels with requests that other sites start, so a change must name its origin; so must a
 * WebSocket, which browsers let any site open.
 */
function checkOrigin(context: Context): void {
  const isReading = context.req.method === "GET" || context.req.method === "HEAD";
  if (isReading && context.req.header("upgrade") === undefined) return;
  const origin = context.req.header("origin") ?? "";
  const host = context.req.header("host") ?? "";
  if (origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new ApprenticeError("console-origin-refused", { origin: origin || "?" });
  }
}

/**
 * `/?token=...` becomes a cookie that scripts cannot read, and an address without the token, so
 * that it does not stay in the history. A wrong token is refused; without one the request goes on.
 */
export function takeToken(address: ConsoleAddress, guesses: GuessLimits): MiddlewareHandler {
  return async (context, next) => {
    const token = context.req.query("token");
    if (token === undefined) return next();
    await checkGuess(context, token, address, guesses);
    setCookie(context, cookieName(context), cookieValue(address.token), {
      httpOnly: true,
      sameSite: "Strict",
      maxAge: cookieSeconds,
      secure: isSecure(context),
      path: "/",
    });
    context.header("cache-control", "no-store");
    // After a redirect that another site started, a browser would hold back a strict cookie.
    if (context.req.header("sec-fetch-site") === "cross-site") {
      return context.html(`<!doctype html><meta http-equiv="refresh" content="0;url=/">`);
    }
    return context.redirect("/", 303);
  };
}

/** How long a browser stays signed in, in seconds. */
const cookieSeconds = 30 * 24 * 60 * 60;

/** Whether the browser speaks TLS, to this server or to the proxy before it. */
const isSecure = (context: Context): boolean =>
  context.req.header("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ||
  context.req.url.startsWith("https:");

/** Browsers share cookies among all ports of a host, so the name tells the port. */
const cookieName = (context: Context): string =>
  `apprentice-${URL.parse(`http://${context.req.header("host")}`)?.port || "80"}`;

/** Not the token itself: who reads the cookie cannot make the URL from it. */
const cookieValue = (token: string): string =>
  createHash("sha256").update(`cookie ${token}`).digest("base64url");

/** Compares in a time that tells nothing about where the two differ. */
const same = (given: string, expected: string): boolean =>
  timingSafeEqual(
    createHash("sha256").update(given).digest(),
    createHash("sha256").update(expected).digest(),
  );
