import { lockFolder } from "../../src/storage/lock.ts";

/** Run as its own process: holds the folder until it is killed. */
const lock = await lockFolder(process.argv[2]!);
await lock.note({ url: "http://127.0.0.1:1234" });
process.stdout.write("held\n");
setInterval(() => globalThis.gc?.(), 10);
