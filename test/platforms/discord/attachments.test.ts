import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { attachmentFrom } from "../../../src/platforms/discord/attachments.ts";

describe("files on Discord's CDN", () => {
  const bytes = Buffer.alloc(300_000, "x");
  let server: Server;
  before(async () => {
    server = createServer((request, response) => {
      if (request.url === "/gone") return void response.writeHead(404).end();
      if (request.url === "/broken") {
        response.writeHead(200, { "content-length": "1000" }).write("half");
        return void setImmediate(() => response.destroy());
      }
      return void response.end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const file = (path: string, given: { readonly name?: string; readonly size?: number } = {}) =>
    attachmentFrom({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
      name: "lessons.csv",
      contentType: null,
      size: bytes.length,
      ...given,
    });

  test("a file comes whole, and it is told how much of it is there", async () => {
    const counts: number[] = [];
    const read = await file("/").read(1_000_000, undefined, (count) => counts.push(count));
    assert.ok(bytes.equals(read));
    assert.equal(counts.at(-1), bytes.length);
    assert.deepEqual(
      counts,
      counts.toSorted((left, right) => left - right),
    );
  });

  test("what it really is counts, not the size that was declared", async () => {
    await assert.rejects(file("/", { size: 10 }).read(100_000), { code: "attachment-too-large" });
    assert.equal((await file("/", { size: 10 ** 12 }).read(1_000_000)).length, bytes.length);
  });

  test("one that is gone, breaks off or is not wanted any more is said so", async () => {
    await assert.rejects(file("/gone").read(1_000), { code: "attachment-unreadable" });
    await assert.rejects(file("/broken").read(10_000), { code: "attachment-unreadable" });
    await assert.rejects(file("/").read(1_000_000, AbortSignal.abort()), { name: "AbortError" });
  });

  test("a name is no path and has no signs that mean something to a terminal", () => {
    for (const [name, plain] of [
      ["../../etc/passwd", "passwd"],
      ["a\u001b[31m.csv", "a_[31m.csv"],
      ["..\\..\\x.csv", "x.csv"],
      ["....", "file"],
    ] as const)
      assert.equal(file("/", { name }).name, plain);
  });
});
