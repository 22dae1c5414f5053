import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

export type SourceFile = {
  /** From the root, with forward slashes: `src/core/clock.ts`. */
  readonly path: string;
  readonly text: string;
  /** Modules it imports: paths from the root for ours, package names for others. */
  readonly imports: readonly string[];
};

/** Every TypeScript file under `src`, with what it imports; the pages' own build is left out. */
export function sourceFiles(pattern = "src/**/*.{ts,tsx}"): SourceFile[] {
  return globSync(pattern, { cwd: root, exclude: ["**/dist/**", "**/node_modules/**"] })
    .map((path) => path.split(sep).join("/"))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsOf(text).map((name) => resolved(path, name)) };
    });
}

/** The names in `import ... from "x"`, `export ... from "x"`, `import("x")` and `import "x"`. */
function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^"'`;]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|new URL\(\s*"(\.[^"]+\.ts)"/g;
  return [...text.matchAll(pattern)].map(
    (match) => (match[1] ?? match[2] ?? match[3] ?? match[4])!,
  );
}

function resolved(from: string, name: string): string {
  if (name.startsWith(".")) return posix.join(dirname(from), name);
  if (name.startsWith("node:")) return name;
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Text without comments and string contents, for looking at code only. */
export const codeOnly = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/(^|[^:"'`\\])\/\/[^\n]*/g, "$1")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');

export const fromRoot = (path: string): string => relative(root, path).split(sep).join("/");
