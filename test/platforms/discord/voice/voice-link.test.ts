import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { ApprenticeError } from "../../../../src/core/errors.ts";
import { silentLog } from "../../../../src/core/log.ts";
import {
  defaultLinkTimes,
  VoiceLink,
  type LinkParts,
} from "../../../../src/platforms/discord/voice/voice-link.ts";
import { closeCode } from "../../../doubles/discord-voice/opcodes.ts";
import {
  DiscordVoiceDouble,
  type VoiceDoubleOptions,
} from "../../../doubles/discord-voice/server.ts";
import { Signalling } from "../../../doubles/discord-voice/signalling.ts";

const bot = "300000000000000001";
const guild = "100000000000000000";
const [room, otherRoom] = ["100000000000000009", "100000000000000008"] as const;
const [ann, bob] = ["200000000000000002", "200000000000000003"] as const;
const hasty = { ...defaultLinkTimes, firstWait: 2, patience: 200, moveWait: 50 };

type Linked = {
  readonly double: DiscordVoiceDouble;
  readonly signalling: Signalling;
  readonly heard: { readonly userId: string; readonly frame: Uint8Array | undefined }[];
  readonly muted: Set<string>;
  /** Why the link ended. */
  readonly ended: Promise<ApprenticeError | undefined>;
  open(changes?: Partial<LinkParts>, company?: boolean): Promise<VoiceLink>;
};

async function linked(
  run: (parts: Linked) => Promise<void>,
  options: VoiceDoubleOptions = {},
): Promise<void> {
  const double = await DiscordVoiceDouble.start(options);
  const signalling = new Signalling(double, bot);
  const links: VoiceLink[] = [];
  const heard: Linked["heard"] = [];
  const muted = new Set<string>();
  const end = Promise.withResolvers<ApprenticeError | undefined>();
  try {
    await run({
      double,
      signalling,
      heard,
      muted,
      ended: end.promise,
      async open(changes = {}, company = false) {
        const link = await VoiceLink.open(
          {
            guildId: guild,
            botId: bot,
            adapterCreator: signalling.adapterCreator(guild),
            heard: {
              frame: (userId, frame) => heard.push({ userId, frame }),
              takes: (userId) => !muted.has(userId),
            },
            times: hasty,
            log: silentLog,
            closing: new AbortController().signal,
            ended: end.resolve,
            ...changes,
          },
          room,
          company,
        );
        links.push(link);
        return link;
      },
    });
  } finally {
    for (const link of links) link.close();
    await double.close();
  }
}

const frames = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from([0xfc, index, ...Array(40).fill(index)]));

/** Waits for something that follows by itself, without watching the clock. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

test("it joins, is included in the call's encryption, and speaks and hears from the first frame", async () => {
  await linked(async ({ double, open, heard }) => {
    const person = double.enter(room, ann);
    const link = await open({}, true);
    assert.equal(link.audible, true);
    person.speak(true);
    for (const frame of frames(10)) person.sendFrame(frame);
    await until(() => heard.length === 10);
    assert.deepEqual(
      heard.map(({ frame }) => frame?.[1]),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    const received: number[] = [];
    person.on("frame", (frame) => received.push(frame[1]!));
    for (const frame of frames(10)) link.play(frame);
    await until(() => received.length === 10);
    const spoke = once(person, "speaking");
    link.stopSpeaking();
    assert.deepEqual(await spoke, [bot, 0]);
    assert.deepEqual(double.complaints, []);
  });
});

test("a first word that comes before the news of whose it is is not lost", async () => {
  await linked(async ({ double, open, heard }) => {
    const person = double.enter(room, ann);
    await open({}, true);
    for (const frame of frames(5)) person.sendFrame(frame);
    // Long enough for the packets to come first; were they later, the test would still hold.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(heard.length, 0);
    person.speak(true);
    await until(() => heard.length === 5);
    assert.deepEqual(
      heard.map(({ frame }) => frame?.[1]),
      [0, 1, 2, 3, 4],
    );
  });
});

test("nothing is sent into a call whose encryption does not include the bot", async () => {
  await linked(async ({ double, open }) => {
    const link = await open();
    assert.equal(link.audible, false);
    link.play(frames(1)[0]!);
    const founded = double.next(room, ({ kind }) => kind === "switched");
    const person = double.enter(room, ann);
    link.play(frames(1)[0]!);
    await founded;
    const heard = once(person, "frame");
    link.play(frames(2)[1]!);
    assert.deepEqual((await heard)[0], frames(2)[1]);
    assert.deepEqual(double.complaints, []);
  });
});

test("packets that overtake each other or carry padding are heard in order", async () => {
  await linked(
    async ({ double, open, heard }) => {
      const person = double.enter(room, ann);
      await open({}, true);
      await person.say(frames(40));
      await until(() => heard.filter(({ frame }) => frame?.[0] === 0xfc).length === 40);
      const numbers = heard.flatMap(({ frame }) => (frame?.[0] === 0xfc ? [frame[1]!] : []));
      assert.deepEqual(
        numbers,
        frames(40).map((frame) => frame[1]),
      );
    },
    { faults: { reorder: 0.1, padding: 0.3 }, seed: 7 },
  );
});

test("a person who is not to be heard is not listened to, from the moment they say so", async () => {
  await linked(async ({ double, open, heard, muted }) => {
    const [first, second] = [double.enter(room, ann), double.enter(room, bob)];
    const link = await open({}, true);
    muted.add(bob);
    for (const person of [first, second]) person.speak(true);
    for (const person of [second, first]) for (const frame of frames(5)) person.sendFrame(frame);
    await until(() => heard.length === 5);
    muted.add(ann);
    muted.delete(bob);
    link.listenAnew();
    for (const person of [first, second]) for (const frame of frames(5)) person.sendFrame(frame);
    await until(() => heard.length === 10);
    assert.deepEqual([...new Set(heard.slice(0, 5).map(({ userId }) => userId))], [ann]);
    assert.deepEqual([...new Set(heard.slice(5).map(({ userId }) => userId))], [bob]);
  });
});

for (const code of [
  closeCode.authenticationFailed,
  closeCode.sessionInvalid,
  closeCode.encryptionRequired,
]) {
  test(`a server that refuses with ${code} is asked five times at most, then people are told`, async () => {
    await linked(async ({ double, signalling, open }) => {
      double.refuse(...Array<number>(1_000).fill(code));
      await assert.rejects(open(), { code: "voice-refused", values: { reason: code } });
      const joins = signalling.requests.filter(({ channel_id: channel }) => channel !== null);
      assert.equal(joins.length, 5);
      assert.equal(signalling.requests.at(-1)?.channel_id, null);
    });
  });
}

for (const code of [closeCode.rateLimited, closeCode.callTerminated]) {
  test(`after ${code} it is not asked again`, async () => {
    await linked(async ({ double, signalling, open, ended }) => {
      double.enter(room, ann);
      await open({}, true);
      double.drop(bot, code);
      assert.equal((await ended)?.code, "voice-refused");
      assert.equal(signalling.requests.filter((request) => request.channel_id).length, 1);
    });
  });
}

test("a server that fails once is joined again, and the talk goes on", async () => {
  await linked(async ({ double, open, heard }) => {
    const person = double.enter(room, ann);
    const link = await open({}, true);
    const founded = double.next(room, ({ kind }) => kind === "joined");
    double.drop(bot, closeCode.sessionTimeout);
    await founded;
    await until(() => link.audible);
    person.speak(true);
    for (const frame of frames(3)) person.sendFrame(frame);
    await until(() => heard.length === 3);
    assert.deepEqual(double.complaints, []);
  });
});

test("a signal that Discord never answers is given up with a message", async () => {
  await linked(async ({ signalling, open }) => {
    signalling.silent = true;
    const times = { ...hasty, patience: 5 };
    await assert.rejects(open({ times }), { code: "voice-unreachable" });
    assert.ok(signalling.requests.filter((request) => request.channel_id).length <= 5);
  });
});

test("a firewall that eats UDP is found out", async () => {
  await linked(async ({ double, open }) => {
    double.swallowDiscovery();
    const times = { ...hasty, patience: 20 };
    await assert.rejects(open({ times }), { code: "voice-unreachable" });
  });
});

test("being taken out ends the link; being moved does not", async () => {
  await linked(async ({ double, signalling, open, ended }) => {
    const link = await open();
    const moved = double.next(otherRoom, ({ kind }) => kind === "joined");
    double.drop(bot, closeCode.disconnected);
    signalling.place(guild, otherRoom);
    await moved;
    const person = double.enter(otherRoom, ann);
    await until(() => link.audible);
    const heard = once(person, "frame");
    link.play(frames(1)[0]!);
    await heard;
    double.drop(bot, closeCode.disconnected);
    signalling.place(guild, null);
    assert.equal((await ended)?.code, "voice-removed");
  });
});

test("it goes to another room without leaving the guild's voice", async () => {
  await linked(async ({ double, signalling, open }) => {
    const link = await open();
    const person = double.enter(otherRoom, ann);
    await link.moveTo(otherRoom, true);
    assert.equal(link.audible, true);
    const heard = once(person, "frame");
    link.play(frames(1)[0]!);
    await heard;
    assert.deepEqual(
      signalling.requests.map((request) => request.channel_id),
      [room, otherRoom],
    );
  });
});

test("an encrypted group that falls apart is joined anew, and the process lives", async () => {
  await linked(async ({ double, open, heard }) => {
    const person = double.enter(room, ann);
    const link = await open({}, true);
    const group = double.channel(room).group!;
    group.damageNext(bot);
    const invalid = double.next(room, ({ kind }) => kind === "invalid");
    double.enter(room, bob);
    await invalid;
    await double.next(room, ({ kind }) => kind === "switched");
    await until(() => link.audible);
    person.speak(true);
    for (const frame of frames(3)) person.sendFrame(frame);
    await until(() => heard.length === 3);
  });
});

test("a proposal the library cannot follow does not end the process", async () => {
  await linked(async ({ double, open }) => {
    double.enter(room, ann);
    const link = await open({}, true);
    const invalid = double.next(room, ({ kind }) => kind === "invalid");
    double.session(bot)!.sendBinary(27, Buffer.from([0, 4, 1, 2, 3, 4]));
    await invalid;
    await double.next(room, ({ kind }) => kind === "switched");
    await until(() => link.audible);
  });
});

test("sound that cannot be decrypted asks for new keys, in a call just founded too", async () => {
  await linked(
    async ({ double, open, heard }) => {
      const person = double.enter(room, ann);
      const link = await open({}, true);
      const invalid = double.next(room, ({ kind }) => kind === "invalid");
      person.speak(true);
      const damaged = Buffer.alloc(60, 7);
      for (let sequence = 1; sequence <= 40; sequence++) {
        const timestamp = sequence * 960;
        double.channel(room).forward({ from: person, payload: damaged, sequence, timestamp });
      }
      await invalid;
      await double.next(room, ({ kind }) => kind === "switched");
      await until(() => link.audible);
      for (const frame of frames(3)) person.sendFrame(frame);
      await until(() => heard.length === 3);
    },
    { foundAtOnce: true },
  );
});
