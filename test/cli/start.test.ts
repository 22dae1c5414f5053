import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../source-files.ts";
import {
  apprentice,
  entry,
  eventually,
  facts,
  isAlive,
  startServer,
  workFolder,
} from "./running-process.ts";

let folder: ReturnType<typeof workFolder>;
before(() => {
  folder = workFolder();
});
after(() => folder.remove());

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`start tells one address, is healthy, and ends cleanly on ${signal}`, async () => {
    const server = await startServer(folder.path);
    const health = await fetch(new URL("/healthz", server.url));
    assert.deepEqual(((await health.json()) as { ok: boolean }).ok, true);
    assert.equal((await fetch(new URL("/api/session", server.url))).status, 401);
    const { code, out, err } = await server.stop(signal);
    assert.equal(code, 0, err);
    assert.equal(out.match(/token=/g)?.length, 1);
    await assert.rejects(fetch(new URL("/healthz", server.url)));
  });
}

test("a second process on the same folder goes through the first, or is refused", async () => {
  const server = await startServer(folder.path);
  try {
    const second = await apprentice(folder.path, ["start"]);
    assert.equal(second.code, 1);
    assert.match(
      second.err,
      new RegExp(`already used by another Apprentice \\(process ${server.child.pid}\\)`),
    );

    const taught = await facts(folder.path, ["teach", "Кто ты?", "Я — ученик 🎓"]);
    assert.equal(taught.code, 0, JSON.stringify(taught.lines));
    const [answer] = (await facts(folder.path, ["ask", "кто ты"])).lines;
    assert.equal(answer!["answer"], "Я — ученик 🎓");
    const corrected = await facts(folder.path, ["correct", "--last", "Ученик."]);
    assert.equal(corrected.code, 0, JSON.stringify(corrected.lines));
    const { out } = await apprentice(folder.path, ["export"]);
    assert.match(out, /"Ученик\."/);
    const missing = await apprentice(folder.path, ["undo", "00000000"], { LANG: "ru_RU.UTF-8" });
    assert.equal(missing.code, 1);
    assert.match(missing.err, /не нахожу такого обучения/);
    assert.equal(
      (await apprentice(folder.path, ["backup", join(folder.path, "live.tar.zst")])).code,
      0,
    );
    assert.ok(existsSync(join(folder.path, "live.tar.zst")));
  } finally {
    assert.equal((await server.stop()).code, 0);
  }
  const [kept] = (await facts(folder.path, ["ask", "Кто ты?"])).lines;
  assert.equal(kept!["answer"], "Ученик.");
});

test("a folder whose process was killed can be used at once", async () => {
  const server = await startServer(folder.path);
  await server.stop("SIGKILL");
  const again = await startServer(folder.path);
  assert.equal((await again.stop()).code, 0);
});

test("a taken port is refused with its number", async () => {
  const server = await startServer(folder.path);
  const other = workFolder();
  try {
    const second = await apprentice(other.path, ["start"], {
      APPRENTICE_CONSOLE_PORT: server.url.port,
    });
    assert.equal(second.code, 1);
    assert.match(second.err, new RegExp(`port ${server.url.port} is already taken`));
  } finally {
    other.remove();
    await server.stop();
  }
});

test(
  "when the process that started it dies, the server ends too",
  { skip: process.platform === "win32" && "uses a shell" },
  async () => {
    // As `npm start` does: a parent that dies of a signal without passing it on.
    const parent = `const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, [${JSON.stringify(entry)}, "start"], { stdio: "inherit" });
    console.log("child " + child.pid);
    setInterval(() => {}, 1000);`;
    const server = await startServer(folder.path, [process.execPath, "-e", parent], {
      npm_lifecycle_event: "start",
    });
    const pid = await serverPid(server.url);
    server.child.kill("SIGKILL");
    await eventually(() => !isAlive(pid));
    const again = await startServer(folder.path);
    assert.equal((await again.stop()).code, 0);
  },
);

/** The process that listens at an address, from its own note in the data folder. */
async function serverPid(url: URL): Promise<number> {
  const { readLockNote } = await import("../../src/storage/lock.ts");
  const note = await readLockNote(join(folder.path, "data"));
  assert.ok(note, url.host);
  return note.process;
}

test(
  "an older Node runs the bundled one",
  { skip: olderNode() ? false : "no older Node on this machine" },
  async () => {
    const server = await startServer(folder.path, [olderNode()!, entry, "start"]);
    const pid = await serverPid(server.url);
    assert.notEqual(pid, server.child.pid);
    server.child.kill("SIGKILL");
    await eventually(() => !isAlive(pid));
  },
);

/** A Node that cannot run TypeScript, where the machine has one beside ours. */
function olderNode(): string | undefined {
  const candidates = (process.env["PATH"] ?? "").split(":").map((path) => join(path, "node"));
  return candidates.find(
    (path) => !path.startsWith(root) && existsSync(path) && path !== process.execPath,
  );
}
