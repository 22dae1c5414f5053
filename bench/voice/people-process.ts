// The other side of a voice room in a process of its own: the loopback voice server and the people who
// talk there. What they cost is not counted as the bot's.
import { shareCertificate } from "../../test/doubles/discord-voice/certificate.ts";
import { DiscordVoiceDouble } from "../../test/doubles/discord-voice/server.ts";
import { createTalker, type Talker } from "../../test/platforms/discord/voice/talker.ts";
import type { Asked, PeopleAnswer, PeopleAsked, PeopleTask, Told } from "./people-messages.ts";

const { options, certificate } = JSON.parse(process.argv[2]!) as PeopleTask;
shareCertificate(certificate);
const double = await DiscordVoiceDouble.start(options);
const talkers = new Map<string, Talker>();
const talkerOf = (userId: string): Talker => talkers.get(userId)!;

/** Listens until it fits; who waits in vain goes on, and what was heard tells. */
const hear = async (talker: Talker, fits: (text: string) => boolean): Promise<void> => {
  await talker.hears(fits).catch(() => {});
};

/** Asks and listens until the answer is whole; gives what was heard, and how long it took to begin. */
async function question(userId: string, text: string, answer: string) {
  const talker = talkerOf(userId);
  talker.forget();
  const { last } = await talker.say(text);
  await hear(talker, (words) => words === answer);
  // The end of the answer before may still have been on its way.
  const began = talker.sound.find((at) => at > last) ?? Number.NaN;
  return { heard: talker.heard(), wait: began - last };
}

/** Lets the bot begin a long answer and stops it; gives what was heard of it. */
async function interruption(userId: string, { ask, until, stop, answer }: Asked["interruption"]) {
  const talker = talkerOf(userId);
  talker.forget();
  await talker.say(ask);
  await hear(talker, (text) => text.includes(until));
  const speaking = talker.say(stop);
  await hear(talker, (text) => text.endsWith(answer));
  const { first } = await speaking;
  const { sound } = talker;
  const last = sound.find((at, index) => at > first && sound[index + 1]! - at > 200) ?? Number.NaN;
  return { heard: talker.heard().replace(answer, "").trim(), wait: last - first };
}

/** Coughs while the bot speaks; gives all that was heard. */
async function cough(userId: string, { ask, until, end }: Asked["cough"]) {
  const talker = talkerOf(userId);
  talker.forget();
  await talker.say(ask);
  await hear(talker, (text) => text.startsWith(until));
  await talker.cough(12);
  await hear(talker, (text) => text.endsWith(end));
  return { heard: talker.heard() };
}

/** Several people talk with the bot, each for themselves; gives the distances of the frames they got. */
async function conversations(userIds: readonly string[], seconds: number, ask: string) {
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    userIds.map(async (userId) => {
      const talker = talkerOf(userId);
      talker.forget();
      while (performance.now() < until) {
        await talker.say(ask);
        const before = talker.sound.length;
        await hear(talker, () => talker.sound.length > before + 40);
      }
    }),
  );
  const gaps = userIds.flatMap((userId) => {
    const { sound } = talkerOf(userId);
    return sound.slice(1).flatMap((at, index) => {
      const gap = at - sound[index]!;
      return gap < 200 ? [gap] : [];
    });
  });
  return { gaps };
}

async function answer(asked: PeopleAsked): Promise<PeopleAnswer> {
  switch (asked.kind) {
    case "enter":
      talkers.set(asked.userId, await createTalker(double.enter(asked.channelId, asked.userId)));
      return {};
    case "refuse":
      double.refuse(...Array<number>(10_000).fill(asked.code));
      return {};
    case "identifications":
      return { count: double.identifications.get(asked.userId) ?? 0 };
    case "question":
      return question(asked.userId, asked.text, asked.answer);
    case "interruption":
      return interruption(asked.userId, asked.interruption);
    case "cough":
      return cough(asked.userId, asked.cough);
    case "conversations":
      return conversations(asked.userIds, asked.seconds, asked.ask);
  }
}

process.on("message", (told: Told) => {
  if (told.kind === "admit") double.admit(told.admission);
  else if (told.kind === "dismiss") double.dismiss(told.sessionId);
  else
    void answer(told.asked).then(
      (given) => process.send?.({ kind: "answer", number: told.number, given }),
      (thrown: unknown) =>
        process.send?.({ kind: "failed", number: told.number, reason: String(thrown) }),
    );
});
process.on("disconnect", () => process.exit());
process.send?.({ kind: "ready", endpoint: double.endpoint });
