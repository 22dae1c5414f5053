import assert from "node:assert/strict";
import type { Person } from "../../doubles/discord/person.ts";
import type { Channel, StoredMessage } from "../../doubles/discord/world.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

/** A bot that knows one answer, and somebody who keeps asking while Discord comes and goes. */
export type Outages = {
  readonly bot: RunningBot;
  /** Asks, and does not wait. */
  question(): StoredMessage;
  /** Ends a round: each question was answered once, over one socket. */
  answeredOnce(asked: readonly StoredMessage[]): Promise<void>;
  /** What came of all rounds, for the log. */
  summary(): string;
};

export async function watchOutages(): Promise<Outages> {
  const bot = await runBot();
  const { discord } = bot;
  const [ann, ben]: [Person, Person] = [discord.person("Ann"), discord.person("Ben")];
  const channel: Channel = discord.channel(discord.guild("Mill", [ann, ben]), "general");
  await ann.asks(channel, "!teach ping? => pong");
  const figures = { rounds: 0, asked: 0, answeredOnce: 0, mostSockets: 0 };

  const text = `<@${discord.bot.id}> ping?`;
  const answersTo = ({ id }: StoredMessage): StoredMessage[] =>
    discord.messages(channel).filter(({ replyTo }) => replyTo === id);

  return {
    bot,
    question: () => ben.says(channel, text),
    async answeredOnce(asked) {
      await Promise.all(
        asked.map(({ id }) => discord.until(channel, ({ replyTo }) => replyTo === id)),
      );
      // A late second answer would come with the session's catching up.
      assert.equal((await ben.asks(channel, text)).content, "pong");
      figures.rounds += 1;
      figures.asked += asked.length;
      for (const each of asked) {
        assert.deepEqual(
          answersTo(each).map(({ content }) => content),
          ["pong"],
        );
        figures.answeredOnce += 1;
      }
      figures.mostSockets = Math.max(figures.mostSockets, discord.gateway.open);
      assert.equal(discord.gateway.open, 1, "one socket");
      assert.equal(bot.connection.state().kind, "connected");
    },
    summary() {
      const { rounds, asked, answeredOnce, mostSockets } = figures;
      return (
        `${rounds} rounds, ${answeredOnce} of ${asked} questions answered once, ` +
        `${mostSockets} socket${mostSockets === 1 ? "" : "s"} at most afterwards`
      );
    },
  };
}
