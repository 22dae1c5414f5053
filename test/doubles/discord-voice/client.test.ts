import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import {
  EndBehaviorType,
  entersState,
  joinVoiceChannel,
  VoiceConnectionStatus,
  type VoiceConnection,
} from "@discordjs/voice";
import { closeCode } from "./opcodes.ts";
import type { SimulatedPerson } from "./person.ts";
import { DiscordVoiceDouble, type VoiceDoubleOptions } from "./server.ts";
import { Signalling } from "./signalling.ts";
import { transportModes } from "./transport-cipher.ts";

const bot = "300000000000000001";
const guild = "100000000000000000";
const room = "100000000000000009";
const [ann, bob, eve] = ["200000000000000002", "200000000000000003", "200000000000000004"] as const;

/** Frames that differ from each other; what they sound like does not matter here. */
const framesOf = (speaker: number, count = 10): Buffer[] =>
  Array.from({ length: count }, (_, index) =>
    Buffer.from([0xfc, speaker, index, ...Array.from({ length: 40 }, (_, at) => (at * 7) & 0xff)]),
  );

const soon = () => ({ signal: AbortSignal.timeout(2_000) });

type Joined = {
  readonly double: DiscordVoiceDouble;
  readonly connection: VoiceConnection;
  /** Somebody enters, and the encrypted group switches to keys that include them. */
  enter(userId: string): Promise<SimulatedPerson>;
  switched(): Promise<unknown>;
  /** Lets a person and the client speak to each other; gives how many frames arrived whole. */
  exchange(person: SimulatedPerson): Promise<readonly [toClient: number, toPerson: number]>;
};

async function joined(
  options: VoiceDoubleOptions,
  run: (parts: Joined) => Promise<void>,
): Promise<void> {
  const double = await DiscordVoiceDouble.start(options);
  const signalling = new Signalling(double, bot);
  const connection = joinVoiceChannel({
    guildId: guild,
    channelId: room,
    selfDeaf: false,
    adapterCreator: signalling.adapterCreator(guild),
  });
  connection.on("error", () => {});
  const switched = (): Promise<unknown> => double.next(room, ({ kind }) => kind === "switched");
  try {
    await entersState(connection, VoiceConnectionStatus.Ready, 5_000);
    await run({
      double,
      connection,
      switched,
      async enter(userId) {
        const ready = options.encrypted === false ? undefined : switched();
        const person = double.enter(room, userId);
        await ready;
        return person;
      },
      exchange: (person) => exchange(connection, person),
    });
    assert.deepEqual(double.complaints, []);
  } finally {
    connection.destroy();
    await double.close();
  }
}

async function exchange(connection: VoiceConnection, person: SimulatedPerson) {
  const spoken = framesOf(Number(person.userId.at(-1)));
  const stream = connection.receiver.subscribe(person.userId, {
    end: { behavior: EndBehaviorType.Manual },
  });
  const received: Buffer[] = [];
  stream.on("data", (frame: Buffer) => received.push(frame));
  person.speak(true);
  for (const frame of spoken) person.sendFrame(frame);
  person.speak(false);
  while (received.length < spoken.length) await once(stream, "data", soon());
  stream.destroy();
  const answer = framesOf(99);
  const heard: Buffer[] = [];
  const listen = (frame: Buffer): void => void heard.push(frame);
  person.on("frame", listen);
  for (const frame of answer) connection.playOpusPacket(frame);
  while (heard.length < answer.length) await once(person, "frame", soon());
  person.off("frame", listen);
  connection.setSpeaking(false);
  const whole = (sent: Buffer[], got: Buffer[]): number =>
    sent.filter((frame) => got.some((other) => other.equals(frame))).length;
  return [whole(spoken, received), whole(answer, heard)] as const;
}

for (const mode of transportModes) {
  test(`a real client speaks and hears, end-to-end encrypted, over ${mode}`, async () => {
    await joined(
      { modes: [mode], faults: { padding: 0.3 } },
      async ({ connection, enter, exchange }) => {
        const person = await enter(ann);
        assert.equal(connection.voicePrivacyCode, person.privacyCode);
        assert.match(person.privacyCode, /^\d{30}$/);
        assert.deepEqual(await exchange(person), [10, 10]);
      },
    );
  });
}

test("in a stage nothing is end-to-end encrypted", async () => {
  await joined({ encrypted: false }, async ({ connection, enter, exchange }) => {
    const person = await enter(ann);
    assert.equal(connection.voicePrivacyCode, undefined);
    assert.deepEqual(await exchange(person), [10, 10]);
  });
});

test("people come, go and come back; each time all have the same new keys", async () => {
  await joined({}, async ({ double, connection, enter, exchange, switched }) => {
    const first = await enter(ann);
    const second = await enter(bob);
    const third = await enter(eve);
    const codes = [connection, first, second, third].map((end) =>
      "voicePrivacyCode" in end ? end.voicePrivacyCode : end.privacyCode,
    );
    assert.equal(new Set(codes).size, 1);
    assert.deepEqual(await exchange(second), [10, 10]);

    const removed = switched();
    first.leave();
    await removed;
    assert.notEqual(connection.voicePrivacyCode, codes[0]);
    assert.deepEqual(await exchange(third), [10, 10]);

    second.leave();
    third.leave();
    assert.deepEqual(double.channel(room).group?.userIds, []);
    const returned = await enter(ann);
    assert.equal(connection.voicePrivacyCode, returned.privacyCode);
    assert.deepEqual(await exchange(returned), [10, 10]);
  });
});

test("the client commits when nobody else does", async () => {
  await joined({}, async ({ double, connection, switched }) => {
    const founded = switched();
    const first = double.enter(room, ann);
    first.commits = false;
    await founded;
    const grown = switched();
    const second = double.enter(room, bob);
    second.commits = false;
    await grown;
    assert.equal(connection.voicePrivacyCode, second.privacyCode);
    assert.equal(first.privacyCode, second.privacyCode);
  });
});

test("a client that cannot follow a commit says so and is taken in anew", async () => {
  await joined({}, async ({ double, connection, enter, exchange, switched }) => {
    const first = await enter(ann);
    double.channel(room).group?.damageNext(bot);
    const invalid = double.next(room, ({ kind }) => kind === "invalid");
    double.enter(room, bob);
    await invalid;
    await switched();
    assert.equal(connection.voicePrivacyCode, first.privacyCode);
    assert.equal(double.channel(room).group?.userIds.length, 3);
    assert.deepEqual(await exchange(first), [10, 10]);
  });
});

test("a lost socket is resumed, and what was missed is told again", async () => {
  await joined({}, async ({ double, connection, enter, exchange }) => {
    const person = await enter(ann);
    const before = double.identifications.get(bot);
    double.drop(bot, closeCode.crashed);
    const second = double.enter(room, bob);
    await entersState(connection, VoiceConnectionStatus.Connecting, 2_000);
    await entersState(connection, VoiceConnectionStatus.Ready, 2_000);
    while (connection.voicePrivacyCode !== second.privacyCode)
      await double.next(room, ({ kind }) => kind === "switched");
    assert.equal(double.identifications.get(bot), before);
    assert.deepEqual(await exchange(person), [10, 10]);
  });
});
