import { parentPort, workerData } from "node:worker_threads";
import { asApprenticeError } from "../../../core/errors.ts";
import type { Found } from "../importer.ts";
import { rowsAtOnce, type OfficeNews, type OfficeTask } from "./office-task.ts";
import { readDocument } from "./read-document.ts";

/** The thread that reads one document: some rows for each message that asks for more. */
async function* news(task: OfficeTask): AsyncGenerator<OfficeNews> {
  try {
    let found: Found[] = [];
    for await (const each of readDocument(task)) {
      found.push(each);
      if (found.length < rowsAtOnce) continue;
      yield { kind: "found", found };
      found = [];
    }
    yield { kind: "found", found };
    yield { kind: "end" };
  } catch (thrown) {
    const { code, values } = asApprenticeError(thrown);
    // A parser that stumbles over bytes is a damaged file, whatever it says.
    yield code === "internal"
      ? { kind: "failed", code: "import-damaged", values: { file: task.name } }
      : { kind: "failed", code, values };
  }
}

const all = news(workerData as OfficeTask);
parentPort?.on("message", () => {
  void all.next().then(({ value, done }) => {
    parentPort?.postMessage(done ? { kind: "end" } : value);
  });
});
