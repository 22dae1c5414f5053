import { readFile } from "node:fs/promises";
import { glob } from "node:fs/promises";
import { checkSync } from "recheck";
import { parseAst } from "vite";
import { builtAtRunTime, knownSafe } from "./safe-regular-expressions.ts";

/**
 * Finds every regular expression of `src` that some text could keep busy for longer than linear time,
 * with recheck. Exceptions stand in `safe-regular-expressions.ts`, each with its reason.
 */
type Found = {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
  /** Made from values: only its place can be judged. */
  readonly isBuilt: boolean;
};

const timePerExpression = 60_000;

const found: Found[] = [];
for await (const file of glob("src/**/*.{ts,tsx}")) {
  const text = await readFile(file, "utf8");
  if (!/\/|RegExp/.test(text)) continue;
  visit(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }), (node) => {
    const expression = expressionOf(node);
    if (expression) found.push({ file, ...expression });
  });
}

const problems: string[] = [];
const unused = new Set([...Object.keys(knownSafe), ...Object.keys(builtAtRunTime)]);
const judged = new Map<string, string | undefined>();
for (const { file, source, flags, isBuilt } of found) {
  if (isBuilt) {
    unused.delete(file);
    if (!builtAtRunTime[file]) problems.push(`${file}: built at run time: ${source}`);
    continue;
  }
  const key = `/${source}/${flags}`;
  unused.delete(key);
  if (knownSafe[key]) continue;
  if (!judged.has(key)) judged.set(key, judge(source, flags));
  const verdict = judged.get(key);
  if (verdict !== undefined) problems.push(`${file}: ${verdict}: ${key}`);
}
for (const key of unused) problems.push(`no longer needed in the list of exceptions: ${key}`);

console.log(
  `${found.length} regular expressions looked at, ${Object.keys(knownSafe).length} known to be safe, ` +
    `${problems.length} problems`,
);
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
}

/** What is wrong with an expression; `undefined` when every text takes linear time. */
function judge(source: string, flags: string): string | undefined {
  const result = checkSync(source, flags, { timeout: timePerExpression });
  if (result.status === "safe") return undefined;
  if (result.status === "unknown") return `not judged (${result.error.kind})`;
  return result.complexity.summary;
}

type Node = { readonly type: string; readonly [key: string]: unknown };

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  else if (isNode(node)) {
    see(node);
    for (const value of Object.values(node)) if (typeof value === "object") visit(value, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof Object(value).type === "string";
}

function expressionOf(node: Node): Omit<Found, "file"> | undefined {
  const literal = node["regex"] as { pattern: string; flags: string } | undefined;
  if (node.type === "Literal" && literal)
    return { source: literal.pattern, flags: literal.flags, isBuilt: false };
  const callee = node["callee"] as { name?: string } | undefined;
  const isCall = node.type === "NewExpression" || node.type === "CallExpression";
  if (!isCall || callee?.name !== "RegExp") return undefined;
  const [pattern, flags] = node["arguments"] as readonly { value?: unknown }[];
  const isBuilt = typeof pattern?.value !== "string";
  return {
    source: isBuilt ? "RegExp(...)" : String(pattern.value),
    flags: typeof flags?.value === "string" ? flags.value : "",
    isBuilt,
  };
}
