import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Hono } from "hono";
import { ApprenticeError } from "../core/errors.ts";

const compress = promisify(gzip);

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

type Page = {
  readonly bytes: Buffer<ArrayBuffer>;
  /** The same in gzip: the console is also opened from other machines. */
  readonly compressed: Buffer<ArrayBuffer>;
  readonly mediaType: string;
  readonly tag: string;
};

/** Where the server writes the nonce of the response, for style sheets made by scripts. */
const noncePlaceholder = "{nonce}";

/**
 * Serves the built pages. All of them (under 2 MB) are read once and looked up by their exact path,
 * so that no path can lead out of the folder.
 */
export function staticPages(folder: string | Promise<string>) {
  let pages: Promise<ReadonlyMap<string, Page>> | undefined;
  const read = () => (pages ??= Promise.resolve(folder).then(readPages));
  return new Hono<{ Variables: { secureHeadersNonce?: string } }>().get("*", async (context) => {
    const path = context.req.path === "/" ? "/index.html" : context.req.path;
    const page = (await read()).get(path);
    if (!page) throw new ApprenticeError("console-page-missing", { path: path.slice(0, 100) });
    context.header("content-type", page.mediaType);
    if (path === "/index.html") {
      context.header("cache-control", "no-store");
      const nonce = context.get("secureHeadersNonce") ?? "";
      return context.body(page.bytes.toString().replaceAll(noncePlaceholder, nonce));
    }
    context.header("etag", page.tag);
    const hashed = path.startsWith("/assets/");
    context.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    context.header("vary", "accept-encoding");
    if (context.req.header("if-none-match") === page.tag) return context.body(null, 304);
    if (!(context.req.header("accept-encoding") ?? "").includes("gzip")) {
      return context.body(page.bytes);
    }
    context.header("content-encoding", "gzip");
    return context.body(page.compressed);
  });
}

async function readPages(folder: string): Promise<ReadonlyMap<string, Page>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, Page]> => {
        const bytes = await readFile(file);
        const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
        const compressed = await compress(bytes);
        const mediaType = mediaTypes[extname(file)] ?? "application/octet-stream";
        return [
          `/${relative(folder, file).split(sep).join("/")}`,
          { bytes, compressed, mediaType, tag },
        ];
      }),
    ),
  );
}
