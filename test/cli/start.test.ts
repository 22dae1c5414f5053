import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import {
  apprentice,
  eventually,
  facts,
  isAlive,
  startServer,
  testInFolder,
  workFolder,
  wrapper,
} from "./running-process.ts";

describe("starting and stopping", { concurrency: 3 }, () => {
  testInFolder("start tells one address, is healthy, and ends cleanly", async (folder) => {
    const server = await startServer(folder);
    const health = await fetch(new URL("/healthz", server.url));
    assert.deepEqual(((await health.json()) as { ok: boolean }).ok, true);
    assert.equal((await fetch(new URL("/api/session", server.url))).status, 401);
    const { code, out, err } = await server.stop("SIGTERM");
    assert.equal(code, 0, err);
    assert.equal(out.match(/token=/g)?.length, 1);
    await assert.rejects(fetch(new URL("/healthz", server.url)));
  });

  testInFolder(
    "a second process on the same folder goes through the first, or is refused",
    async (folder) => {
      const server = await startServer(folder);
      try {
        const second = await apprentice(folder, ["start"]);
        assert.equal(second.code, 1);
        assert.match(
          second.err,
          new RegExp(`already used by another Apprentice \\(process ${server.child.pid}\\)`),
        );

        const taught = await facts(folder, ["teach", "Кто ты?", "Я — ученик 🎓"]);
        assert.equal(taught.code, 0, JSON.stringify(taught.lines));
        const [answer] = (await facts(folder, ["ask", "кто ты"])).lines;
        assert.equal(answer!["answer"], "Я — ученик 🎓");
        const corrected = await facts(folder, ["correct", "--last", "Ученик."]);
        assert.equal(corrected.code, 0, JSON.stringify(corrected.lines));
        assert.equal((await apprentice(folder, ["backup", join(folder, "live.tar.zst")])).code, 0);
        assert.ok(existsSync(join(folder, "live.tar.zst")));
      } finally {
        assert.equal((await server.stop()).code, 0);
      }
      const [kept] = (await facts(folder, ["ask", "Кто ты?"])).lines;
      assert.equal(kept!["answer"], "Ученик.");
    },
  );

  testInFolder("a taken port is refused with its number", async (folder) => {
    const server = await startServer(folder);
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

  testInFolder(
    "when the process that started it dies, the server ends too",
    async (folder) => {
      // As `npm start` does: a parent that dies of a signal without passing it on.
      const parent = `const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, [${JSON.stringify(wrapper)}, "start"], { stdio: "inherit" });
    console.log("child " + child.pid);
    setInterval(() => {}, 1000);`;
      const server = await startServer(folder, [process.execPath, "-e", parent], {
        npm_lifecycle_event: "start",
      });
      const pid = await serverPid(folder);
      server.child.kill("SIGKILL");
      await eventually(() => !isAlive(pid));
      const again = await startServer(folder);
      assert.equal((await again.stop()).code, 0);
    },
    { skip: process.platform === "win32" && "uses a shell" },
  );

  /** The process that runs on a work folder, from its own note in the data folder. */
  async function serverPid(folder: string): Promise<number> {
    const { readLockNote } = await import("../../src/storage/lock.ts");
    const note = await readLockNote(join(folder, "data"));
    assert.ok(note);
    return note.process;
  }

  testInFolder(
    "an older Node runs the bundled one",
    async (folder) => {
      const server = await startServer(folder, [olderNode()!, wrapper, "start"]);
      const pid = await serverPid(folder);
      assert.notEqual(pid, server.child.pid);
      server.child.kill("SIGKILL");
      await eventually(() => !isAlive(pid));
    },
    { skip: olderNode() ? false : "no older Node on this machine" },
  );

  /** A Node that cannot run TypeScript, where the machine has one beside ours. */
  function olderNode(): string | undefined {
    const candidates = (process.env["PATH"] ?? "").split(":").map((path) => join(path, "node"));
    return candidates.find((path) => {
      if (!existsSync(path)) return false;
      const version = spawnSync(path, ["--version"], { encoding: "utf8" }).stdout;
      return Number(/^v(\d+)/.exec(version)?.[1]) < 24;
    });
  }

  testInFolder(
    "what people start ends as it should, with the code of the server",
    async (folder) => {
      const server = await startServer(folder, [process.execPath, wrapper, "start"]);
      const pid = await serverPid(folder);
      assert.notEqual(pid, server.child.pid);
      assert.equal((await server.stop("SIGTERM")).code, 0);
      assert.equal(isAlive(pid), false);
    },
  );

  testInFolder("an address this machine does not have is refused in words", async (folder) => {
    const { code, err } = await apprentice(folder, ["start"], {
      APPRENTICE_CONSOLE_HOST: "host.invalid",
    });
    assert.equal(code, 1);
    assert.match(err, /console cannot listen on host\.invalid, port 0: there is no such host\./);
  });
});
