import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { json, runConsole } from "./running-console.ts";
import { token } from "./scripted-parts.ts";

test("health needs no token", async (context) => {
  const { origin } = await runConsole(context);
  const response = await fetch(`${origin}/healthz`);
  assert.equal(response.status, 200);
  const { ok, version, uptimeSeconds } = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([ok, version, typeof uptimeSeconds], [true, "1.2.3", "number"]);
});

test("everything else is refused without the token, in the person's language", async (context) => {
  const { origin } = await runConsole(context);
  for (const path of ["/api/session", "/api/turns", "/", "/assets/main-abc123.js", "/nowhere"]) {
    assert.equal((await fetch(`${origin}${path}`)).status, 401, path);
  }
  const api = await fetch(`${origin}/api/session`, {
    headers: { "accept-language": "ru-RU,en;q=0.5" },
  });
  const { error } = (await api.json()) as { error: { code: string; text: string; id: string } };
  assert.equal(error.code, "console-token-wrong");
  assert.match(error.text, /Откройте адрес/);
  assert.ok(!error.text.includes(error.id), "a wrong token is no fault");
  const page = await fetch(`${origin}/?token=wrong`, { headers: { accept: "text/html" } });
  assert.equal(page.status, 401);
  assert.equal(page.headers.get("set-cookie"), null);
  assert.match(await page.text(), /Open the URL that Apprentice printed/);
  const bearer = await fetch(`${origin}/api/session`, { headers: { authorization: "Bearer no" } });
  assert.equal(bearer.status, 401);
});

test("the token in the URL becomes a cookie that scripts cannot read", async (context) => {
  const { origin, url } = await runConsole(context);
  const entered = await fetch(url, { redirect: "manual" });
  assert.equal(entered.status, 303);
  assert.equal(entered.headers.get("location"), "/");
  const cookie = entered.headers.get("set-cookie") ?? "";
  assert.match(cookie, /^apprentice-\d+=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
  assert.ok(!cookie.includes(token));
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  assert.equal((await fetch(`${origin}/`, { headers })).status, 200);
  assert.equal((await fetch(`${origin}/api/session`, { headers })).status, 200);
  const linked = await fetch(url, { headers: { "sec-fetch-site": "cross-site" } });
  assert.match(await linked.text(), /http-equiv="refresh"/);
});

test("behind TLS the cookie never travels without it", async (context) => {
  const { url } = await runConsole(context);
  const headers = { "x-forwarded-proto": "https" };
  const entered = await fetch(url, { redirect: "manual", headers });
  assert.match(entered.headers.get("set-cookie") ?? "", /; Secure/);
});

test("whoever guesses tokens is slowed down and locked out; a signed-in browser is not", async (context) => {
  const { origin, url } = await runConsole(context);
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
  const guess = (bearer: string) =>
    fetch(`${origin}/api/session`, { headers: { authorization: `Bearer ${bearer}` } });
  const started = performance.now();
  const first = await Promise.all(
    Array.from({ length: 10 }, (_, number) => guess(`guess ${number}`)),
  );
  assert.deepEqual(new Set(first.map(({ status }) => status)), new Set([401]));
  assert.ok(performance.now() - started > 500);
  const locked = await guess(token);
  assert.equal(locked.status, 429);
  assert.match(JSON.stringify(await locked.json()), /console-locked/);
  assert.equal((await fetch(url, { redirect: "manual" })).status, 429);
  assert.equal((await fetch(`${origin}/api/session`, { headers: { cookie } })).status, 200);
});

test("a wrong token on the page can be corrected there", async (context) => {
  const { origin } = await runConsole(context);
  const page = await fetch(`${origin}/`, { headers: { accept: "text/html" } });
  assert.match(await page.text(), /<input name="token" type="password"/);
});

test("thousands of half-open connections do not starve the others", async (context) => {
  const { origin } = await runConsole(context);
  const { hostname, port } = new URL(origin);
  const sockets = Array.from({ length: 700 }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.on("error", () => {});
  const refused = (): number => sockets.filter(({ destroyed }) => destroyed).length;
  while (refused() < 180) await setImmediate();
  // The others are still open; whoever goes makes room.
  for (const socket of sockets.filter(({ destroyed }) => !destroyed).slice(0, 50)) socket.destroy();
  const health = async (): Promise<number> =>
    (await fetch(`${origin}/healthz`).catch(() => ({ status: 0 }))).status;
  let status = 0;
  for (let attempt = 0; attempt < 50 && status !== 200; attempt += 1) status = await health();
  assert.equal(status, 200);
  for (const socket of sockets) socket.destroy();
});

test("only its own host names are answered", async (context) => {
  const { raw } = await runConsole(context);
  const statusOf = async (host: string) =>
    (await raw({ path: "/healthz", headers: { host } })).status;
  for (const host of ["localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]:5"]) {
    assert.equal(await statusOf(host), 200, host);
  }
  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "192.168.1.5",
  ]) {
    assert.equal(await statusOf(host), 421, host);
  }
  for (const host of ["@", "a b", "[::1"])
    assert.ok([400, 421].includes(await statusOf(host)), host);
});

test("further host names can be allowed, and all numbers when it listens everywhere", async (context) => {
  const { raw } = await runConsole(context, (parts) => ({
    ...parts,
    address: { ...parts.address, host: "0.0.0.0", hosts: ["bot.example"] },
  }));
  const statusOf = async (host: string) =>
    (await raw({ path: "/healthz", headers: { host } })).status;
  assert.deepEqual(
    await Promise.all(["bot.example", "192.168.1.5:80", "other.example"].map(statusOf)),
    [200, 200, 421],
  );
});

test("a change with the cookie must come from its own pages", async (context) => {
  const { origin, url } = await runConsole(context);
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const statusWith = async (headers: Record<string, string>) =>
    (await fetch(`${origin}/api/conversations`, { method: "POST", headers })).status;
  assert.equal(await statusWith({ cookie, origin }), 200);
  assert.equal(await statusWith({ cookie }), 403);
  assert.equal(await statusWith({ cookie, origin: "null" }), 403);
  assert.equal(await statusWith({ cookie, origin: "http://evil.example" }), 403);
  assert.equal(await statusWith({ authorization: `Bearer ${token}` }), 200);
});

test("pages may run only our own scripts and are never framed", async (context) => {
  const console = await runConsole(context);
  const response = await console.fetch("/");
  const policy = response.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  assert.ok(nonce.length >= 16);
  assert.equal(await response.text(), `<meta name="csp-nonce" content="${nonce}">`);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.ok(!policy.includes("unsafe"));
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  const again = await console.fetch("/");
  assert.ok(!again.headers.get("content-security-policy")?.includes(nonce));
});

test("hashed files are kept, and no path leaves the folder", async (context) => {
  const console = await runConsole(context);
  const asset = await console.fetch("/assets/main-abc123.js");
  assert.match(asset.headers.get("cache-control") ?? "", /immutable/);
  assert.match(asset.headers.get("content-type") ?? "", /^text\/javascript/);
  assert.deepEqual(
    [asset.headers.get("content-encoding"), await asset.text()],
    ["gzip", "export {};"],
  );
  const plain = { "accept-encoding": "identity" };
  const uncompressed = await console.fetch("/assets/main-abc123.js", { headers: plain });
  assert.equal(uncompressed.headers.get("content-encoding"), null);
  assert.equal(await uncompressed.text(), "export {};");
  const headers = { "if-none-match": asset.headers.get("etag") ?? "" };
  assert.equal((await console.fetch("/assets/main-abc123.js", { headers })).status, 304);
  const paths = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
  ];
  for (const path of [
    ...paths,
    "//etc/passwd",
    "/assets",
    `/${"a".repeat(4096)}`,
    "/\\..\\secret.txt",
  ]) {
    const { status, body } = await console.raw({
      path,
      headers: { host: "localhost", authorization: `Bearer ${token}` },
    });
    assert.ok(status === 404 || status === 400, path);
    assert.ok(body !== "secret" && body.length < 1000, path);
  }
});

test("a body past the limit is refused in words", async (context) => {
  const console = await runConsole(context);
  const body = { id: "message-1", text: "x".repeat(4 * 1024 * 1024) };
  const response = await console.fetch("/api/messages", json(body, { "accept-language": "ru" }));
  assert.equal(response.status, 413);
  const { error } = (await response.json()) as { error: { code: string; text: string } };
  assert.equal(error.code, "console-request-too-large");
  assert.match(error.text, /не больше 2 МБ/);
});

test("a taken port is told as such", async (context) => {
  const { origin } = await runConsole(context);
  const port = Number(new URL(origin).port);
  await assert.rejects(
    runConsole(context, (parts) => ({ ...parts, address: { ...parts.address, port } })),
    { code: "console-port-in-use" },
  );
});
