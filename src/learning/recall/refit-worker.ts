import { parentPort, workerData } from "node:worker_threads";
import { ExampleStore } from "./example-store.ts";
import { taughtAt } from "./learn.ts";
import { Meanings } from "./meanings.ts";
import { packModel } from "./pack-model.ts";
import { buffersIn } from "./refit-task.ts";
import type { RefitNews, RefitTask } from "./refit-task.ts";
import { trainModel } from "./train-model.ts";

/** The thread of a refit: trains on the examples it was started with, tells the model and ends. */
const { examples, meanings, seed } = workerData as RefitTask;
const tell = (news: RefitNews) => parentPort?.postMessage(news, buffersIn(news));

const store = ExampleStore.unpack(examples);
const known = new Meanings(meanings.dimensions, meanings.rows);
const taught = Array.from(store.activeExamples(), (example) => taughtAt(store, example, known));
const model = trainModel(taught, {
  seed,
  dimensions: meanings.dimensions,
  localHeads: true,
  progress: (done) => tell({ done }),
});
tell({ model: packModel(model) });
