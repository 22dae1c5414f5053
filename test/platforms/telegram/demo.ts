// npm run demo:telegram: a day in a loopback Telegram, printed as a chat log.
import { runDay } from "./day.ts";

await runDay((line) => console.log(line));
process.exit();
