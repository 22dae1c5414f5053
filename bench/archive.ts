import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../src/learning/recall/random.ts";
import { archiveFormats, verifyArchive, writeArchive } from "../src/storage/archive.ts";
import { median } from "./statistics.ts";

const megabytes = 64;
const fileCount = 400;
const words = "order delivery refund price account доставка заказ возврат цена размер".split(" ");

/**
 * Seconds to pack text files into an archive with hashes, and to check it; beside `tar | zstd` on the
 * same files. Goal: within 1.2 times of it.
 */
export async function run(options: { readonly rounds?: number }): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-bench-"));
  try {
    const paths = await writeFiles(join(folder, "files"));
    const results: object[] = [];
    const timed = async (name: string, rounds: number, work: (target: string) => unknown) => {
      const seconds: number[] = [];
      let bytes = 0;
      for (let round = 0; round < rounds; round += 1) {
        const target = join(folder, `${name}-${round}`);
        const start = performance.now();
        await work(target);
        seconds.push((performance.now() - start) / 1_000);
        bytes = (await stat(target).catch(() => undefined))?.size ?? 0;
      }
      results.push({ name, seconds: median(seconds), megabytes: Math.round(bytes / 2 ** 20) });
    };
    const rounds = options.rounds ?? 3;
    await timed("tar-zstd", rounds, (target) =>
      execFileSync("sh", [
        "-c",
        `tar -C "$1" -cf - . | zstd -q -o "$2"`,
        "sh",
        join(folder, "files"),
        target,
      ]),
    );
    for (const format of archiveFormats) {
      await timed(format, rounds, (target) =>
        writeArchive({
          format,
          target,
          paths,
          root: join(folder, "files"),
          content: { kind: "library", path: "files" },
          madeAt: "2026-11-21T00:00:00.000Z",
        }),
      );
      const limits = { bytes: 2 ** 32, files: 1_000_000 };
      await timed(`verify-${format}`, rounds, () =>
        verifyArchive({ name: format, path: join(folder, `${format}-0`), limits }),
      );
    }
    return { bench: "archive", megabytes, files: fileCount, results };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string): Promise<readonly string[]> {
  await mkdir(folder);
  const random = seededRandom(1);
  const paths: string[] = [];
  const size = (megabytes * 2 ** 20) / fileCount;
  for (let index = 0; index < fileCount; index += 1) {
    let text = "";
    while (text.length < size) {
      text += `${words[Math.floor(random() * words.length)]} ${Math.floor(random() * 10_000)} `;
    }
    paths.push(`${index}.txt`);
    await writeFile(join(folder, `${index}.txt`), text);
  }
  return paths;
}
