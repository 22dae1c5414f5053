import type { Message } from "../src/core/message.ts";
import type { Outbound } from "../src/core/platform.ts";
import { newId } from "../src/core/ids.ts";
import { runApp } from "../test/running-app.ts";
import type { BenchOptions } from "./run.ts";
import { latencies, rounded } from "./statistics.ts";

/**
 * What Apprentice adds between a message and its answer without a language model: the whole way from
 * `receive` to the last event, with the turn on disk before and after. Baseline: recall alone, in memory.
 */
export async function run({ rounds = 2_000 }: BenchOptions): Promise<object> {
  const bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "100000" });
  try {
    const questions = await teach(bot.ask);
    const recall = await bot.app.memories.of("web:local");
    const messageTimes: number[] = [];
    const recallTimes: number[] = [];
    for (let round = -200; round < rounds; round++) {
      const text = questions[Math.abs(round) % questions.length]!;
      const start = performance.now();
      await bot.app.receive(message(text), nowhere);
      const received = performance.now();
      recall.recollect(text);
      const recalled = performance.now();
      if (round < 0) continue;
      messageTimes.push(received - start);
      recallTimes.push(recalled - received);
    }
    const [messages, baseline] = [latencies(messageTimes), latencies(recallTimes)];
    return {
      what: "message to answer without a language model, 200 taught answers, milliseconds",
      rounds,
      messages,
      baseline: { name: "recall alone", ...baseline },
      addedOverBaseline: {
        p50: rounded(messages.p50 - baseline.p50),
        p99: rounded(messages.p99 - baseline.p99),
      },
    };
  } finally {
    await bot.close();
  }
}

async function teach(ask: (text: string) => Promise<string>): Promise<string[]> {
  const topics = [
    "hours",
    "price",
    "parking",
    "tools",
    "rules",
    "door",
    "laser",
    "printer",
    "coffee",
    "events",
  ];
  const questions: string[] = [];
  for (let index = 0; index < 200; index++) {
    const question = `What about the ${topics[index % topics.length]} number ${index}?`;
    await ask(`!teach ${question} => Answer ${index}.`);
    questions.push(question);
  }
  return questions;
}

const message = (text: string): Message => ({
  id: `web:${newId()}`,
  platform: "web",
  workspace: "web:local",
  room: "web:bench",
  person: { id: "web:bench", name: "Bench", role: "admin" },
  text,
  files: [],
  via: "text",
  addressed: true,
  sentAt: 0,
});

const nowhere: Outbound = {
  limits: { text: 1_000_000, editInterval: 0 },
  send: async () => "bench",
  edit: async () => {},
  stream: { delta() {}, done() {} },
};
