import { parentPort, workerData } from "node:worker_threads";
import {
  DecodeFailure,
  type DecodeNews,
  type DecodeRequest,
  type DecodeTask,
} from "./decode-task.ts";
import { decodeTrack, type FileParts } from "./decode-track.ts";

/** The thread that decodes one file: a piece for each message that asks for one. */
const { size, seconds } = workerData as DecodeTask;

let reading: Promise<unknown> = Promise.resolve();
let gotPart: (bytes: Uint8Array) => void = () => {};

const tell = (news: DecodeNews): void =>
  parentPort?.postMessage(news, news.kind === "piece" ? [news.pcm.buffer] : []);

const file: FileParts = {
  size,
  read(start, end) {
    const part = reading.then(
      () =>
        new Promise<Uint8Array>((resolve) => {
          gotPart = resolve;
          tell({ kind: "read", start, end });
        }),
    );
    reading = part;
    return part;
  },
};

async function* news(): AsyncGenerator<DecodeNews> {
  try {
    const track = await decodeTrack(file, seconds);
    if ("unsupported" in track) yield { kind: "unsupported", format: track.unsupported };
    else for await (const pcm of track.pieces) yield { kind: "piece", pcm };
    yield { kind: "end" };
  } catch (thrown) {
    // A demuxer that stumbles over bytes is a damaged file, whatever it says.
    const known = thrown instanceof DecodeFailure ? thrown : new DecodeFailure("audio-damaged");
    yield { kind: "failed", code: known.code, values: known.values };
  }
}

const all = news();
parentPort?.on("message", (request: DecodeRequest) => {
  if (request.kind === "part") gotPart(request.bytes);
  else void all.next().then(({ value, done }) => tell(done ? { kind: "end" } : value));
});
