import { open } from "node:fs/promises";
import type { Exit } from "./run-folder.ts";

/** As much of the end of a log is told, in bytes. */
const longestEnd = 2_000;

/** How a program ended, and its last words. */
export async function endingOf(
  { code, signal }: Exit,
  log: string,
): Promise<{ readonly ending: string; readonly reason: string }> {
  const ending = signal === null ? `exit ${code}` : signal;
  const file = await open(log, "r").catch(() => undefined);
  if (!file) return { ending, reason: "…" };
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestEnd);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer
      .toString("utf8")
      .split(/[\r\n]+/)
      .map((line) => line.replaceAll(/[\p{Cc}\uFFFD]/gu, "").trim())
      .filter((line) => line !== "");
    return { ending, reason: lines.slice(-3).join(" | ").slice(-400) || "…" };
  } finally {
    await file.close();
  }
}
