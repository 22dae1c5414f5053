// npm run demo:discord: an evening in a loopback Discord, printed as a chat log.
import { runEvening } from "./evening.ts";

await runEvening((line) => console.log(line));
process.exit();
