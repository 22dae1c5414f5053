import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { codeOnly, root, sourceFiles, type SourceFile } from "./source-files.ts";

/** Who may lean on whom: a folder imports only from rows above its own. */
const ladder: readonly (readonly string[])[] = [
  ["core", "texts"],
  ["storage", "models", "encoders", "speech", "platforms", "watchdog"],
  ["learning"],
  ["conversation"],
  ["commands"],
  ["bot"],
  ["console"],
  ["cli", ""],
];
/** Folders of one row that one may import from the other. */
const neighbours: readonly string[] = ["texts -> core"];
/** What a folder may not import although it stands above. */
const forbidden: readonly string[] = [
  "console -> platforms",
  "console -> bot",
  "console -> speech",
  "console -> models",
];
const longestFile = 400;
/** Tables of words may be long. */
const tables = /^src\/texts\/(en|ru|classic)\.ts$|^src\/console\/pages\/strings\.ts$/;

const all = sourceFiles();
const pages = all.filter(({ path }) => path.startsWith("src/console/pages/"));
const server = all.filter((file) => !pages.includes(file));

/** `core` of `src/core/x.ts`; the empty text for the files directly in `src`, except what all may read. */
const folderOf = (path: string): string => {
  const parts = path.split("/");
  return parts.length === 2 ? "" : parts[1]!;
};
const rowOf = (folder: string): number => ladder.findIndex((row) => row.includes(folder));

test("a folder imports only from the rows above it", () => {
  const wrong: string[] = [];
  for (const { path, imports } of server) {
    for (const target of imports.filter((name) => name.startsWith("src/"))) {
      const [from, to] = [folderOf(path), folderOf(target)];
      if (from === to) continue;
      const edge = `${from} -> ${to}`;
      const isUp = rowOf(to) < rowOf(from) && !forbidden.includes(edge);
      const isWhole = rowOf(from) === ladder.length - 1;
      if (!isUp && !isWhole && !neighbours.includes(edge)) wrong.push(`${path} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("every folder of src stands on the ladder", () => {
  const folders = new Set(all.map(({ path }) => folderOf(path)));
  assert.deepEqual(
    [...folders].filter((folder) => rowOf(folder) < 0),
    [],
  );
});

test("platforms do not know each other", () => {
  const wrong = server.flatMap(({ path, imports }) =>
    imports
      .filter((target) => path.startsWith("src/platforms/") && target.startsWith("src/platforms/"))
      .filter((target) => target.split("/")[2] !== path.split("/")[2])
      .map((target) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("imports form no cycle, not even of types", () => {
  assert.deepEqual(cycles(all), []);
});

test("what is imported exists", () => {
  const wrong = server.flatMap(({ path, imports }) =>
    imports
      .filter((target) => target.startsWith("src/") && !existsSync(join(root, target)))
      .map((target) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("each package is imported in one folder", () => {
  const folders = new Map<string, Set<string>>();
  for (const { path, imports } of server) {
    for (const name of imports.filter(
      (target) => !target.startsWith("src/") && !target.startsWith("node:"),
    )) {
      if (/^\.|^package\.json/.test(name)) continue;
      folders.set(name, (folders.get(name) ?? new Set()).add(folderOf(path)));
    }
  }
  // zod describes data wherever data comes in; it is our language for that, not an outside world.
  folders.delete("zod");
  // Markdown comes in as files and goes out as messages: a language too.
  for (const name of ["mdast", "mdast-util-from-markdown"]) folders.delete(name);
  // YAML is the language of settings and of other tools' exports.
  folders.delete("yaml");
  // So is counting in windows of time, wherever somebody comes in.
  folders.delete("rate-limiter-flexible");
  const shared = [...folders]
    .filter(([, users]) => users.size > 1)
    .map(([name, users]) => `${name}: ${[...users].join(", ")}`);
  assert.deepEqual(shared, []);
});

test("only config.ts reads the environment", () => {
  assert.deepEqual(using(/\bprocess\.env\b/, ["src/config.ts"]), []);
});

test("only core/clock.ts knows time and chance", () => {
  const pattern =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\brandomUUID\b|\brandomBytes\b.*node:crypto|\bgetRandomValues\b/;
  assert.deepEqual(using(pattern, ["src/core/clock.ts"]), []);
});

test("index.ts is a list, never a barrel of re-exports", () => {
  const barrels = all
    .filter(({ text }) => /^export \*|^export \{[^}]*\} from/m.test(text))
    .map(({ path }) => path);
  assert.deepEqual(barrels, []);
});

test("files stay short", () => {
  const long = all
    .filter(({ path }) => !tables.test(path))
    .filter(({ text }) => text.split("\n").length > longestFile + 1)
    .map(({ path, text }) => `${path}: ${text.split("\n").length}`);
  assert.deepEqual(long, []);
});

test("the folders that ARCHITECTURE.md names exist, and it names them all", () => {
  const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const named = new Set([...text.matchAll(/`(src\/[\w/-]+?)\/`/g)].map((match) => match[1]!));
  assert.deepEqual(
    [...named].filter((folder) => !existsSync(join(root, folder))),
    [],
  );
  const folders = new Set(all.map(({ path }) => folderOf(path)).filter((folder) => folder !== ""));
  assert.deepEqual(
    [...folders].filter((folder) => !named.has(`src/${folder}`)),
    [],
  );
});

test("the files that documents name exist", () => {
  const missing = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].flatMap((document) =>
    [
      ...readFileSync(join(root, document), "utf8").matchAll(
        /`((?:src|test|bench|docs|examples|bin)\/[\w./-]+\.\w+)`/g,
      ),
    ]
      .map((match) => match[1]!)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${document}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test("every command file is on the list, and every command has a test", async () => {
  const { commands } = await import("../src/commands/index.ts");
  const declared = server.filter(
    ({ path, text }) =>
      path.startsWith("src/commands/") && text.includes("export default defineCommand"),
  );
  assert.equal(commands.length, declared.length);
  const tests = readdirSync(join(root, "test/commands"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, "test/commands", name), "utf8"))
    .join("\n");
  assert.deepEqual(
    commands
      .map(({ name }) => name)
      .filter((name) => !tests.includes(`"${name}"`) && !tests.includes(`!${name}`)),
    [],
  );
});

const using = (pattern: RegExp, allowed: readonly string[]): string[] =>
  server
    .filter(({ path, text }) => !allowed.includes(path) && pattern.test(codeOnly(text)))
    .map(({ path }) => path);

/** Groups of files that reach themselves (Tarjan's strongly connected components, 1972). */
function cycles(files: readonly SourceFile[]): string[][] {
  const edges = new Map(files.map(({ path, imports }) => [path, imports]));
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): void => {
    order.set(path, order.size);
    low.set(path, order.get(path)!);
    stack.push(path);
    for (const target of edges.get(path) ?? []) {
      if (!edges.has(target)) continue;
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path)!, low.get(target)!));
    }
    if (low.get(path) !== order.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1 || edges.get(path)!.includes(path)) found.push(group);
  };
  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return found;
}

test("hooks around each test stand inside a describe: outside they run for every file", () => {
  const loose = sourceFiles("test/**/*.test.ts")
    .filter(({ text }) => /^(beforeEach|afterEach)\(/m.test(text))
    .map(({ path }) => path);
  assert.deepEqual(loose, []);
});
