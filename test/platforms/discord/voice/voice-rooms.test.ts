import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  foreignRoom,
  guild,
  inVoiceWorld,
  otherGuild,
  otherRoom,
  room,
  textRoom,
} from "./voice-world.ts";

const [ann, bob, music] = [
  "200000000000000002",
  "200000000000000003",
  "200000000000000004",
] as const;
const workspace = `discord:${guild}`;

describe("voice rooms: coming and going", { concurrency: 6 }, () => {
  test("join follows who calls, and says what is missing", async () => {
    await inVoiceWorld(async (world) => {
      world.guilds.addPerson(ann, "Ann");
      assert.match(await world.write(ann, "!join"), /You are not in a voice channel/);
      assert.match(await world.write(ann, "!leave"), /I am not in a voice channel/);
      await world.enter(ann, "Ann");
      assert.equal(await world.write(ann, "!join"), "Joined Lounge.");
      assert.equal(await world.write(ann, "!join"), "Joined Lounge.");
      assert.match(await world.write(ann, "!voice"), /I am in the voice channel Lounge/);
      assert.equal(world.guilds.signalling.requests.length, 1);
      assert.equal(await world.write(ann, "!leave"), "Disconnected from the voice channel.");
      assert.match(await world.write(ann, "!leave"), /I am not in a voice channel/);
      while (world.double.session(world.guilds.botId)) await new Promise(setImmediate);
    });
  });

  test("without permissions it names them, in the person's language", async () => {
    await inVoiceWorld(async (world) => {
      world.guilds.addChannel(guild, room, { name: "Lounge", missing: ["connect", "speak"] });
      await world.enter(ann, "Ann");
      assert.match(await world.write(ann, "!join"), /cannot join Lounge: I lack Connect, Speak/);
      await world.bot.app.workspaces.change(workspace, { voice: "ru" });
      assert.match(await world.write(ann, "!join"), /нет прав Подключаться, Говорить/);
      world.guilds.addChannel(guild, room, { name: "Lounge", isFull: true });
      assert.match(await world.write(ann, "!join"), /нет мест/);
      assert.deepEqual(world.guilds.signalling.requests, []);
    });
  });

  test("without any speech engine it does not join", async () => {
    await inVoiceWorld(
      async (world) => {
        await world.enter(ann, "Ann");
        assert.match(await world.write(ann, "!join"), /neither hear nor speak/);
      },
      { missing: ["stt", "tts"] },
    );
  });

  test("it speaks the original bot's words where a workspace wants them", async () => {
    await inVoiceWorld(async (world) => {
      await world.bot.app.workspaces.change(workspace, { voice: "classic" });
      world.guilds.addPerson(ann, "Ann");
      const error = / \(error [\w-]+\)$/;
      const said = async (text: string) => (await world.write(ann, text)).replace(error, "");
      assert.match(await said("!join"), /^You are not in a voice channel\./);
      await world.enter(ann, "Ann");
      assert.equal(await said("!join"), "Joined Lounge");
      assert.equal(await said("!leave"), "Disconnected from the voice channel.");
      assert.match(await said("!leave"), /^I am not in a voice channel\./);
    });
  });

  test("it moves to who calls it, and is moved by moderators; the talk goes on", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann", room, "admin");
      const other = await world.enter(bob, "Bob", otherRoom);
      await world.write(ann, "!join");
      await world.write(ann, "!teach Да? => Да.");
      assert.equal(await world.write(bob, "!join"), "Joined Workshop.");
      await other.say("Да?");
      await other.hears((text) => text === "Да.");
      const back = world.double.next(room, ({ kind }) => kind === "switched");
      world.guilds.signalling.place(guild, room);
      await back;
      assert.match(await world.write(ann, "!voice"), /voice channel Lounge/);
    });
  });

  test("called to and fro too often within a minute it stays, and says why", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann");
      await world.enter(bob, "Bob", otherRoom);
      for (let hop = 0; hop < 5; hop++) {
        const isEven = hop % 2 === 0;
        assert.equal(
          await world.write(isEven ? ann : bob, "!join"),
          isEven ? "Joined Lounge." : "Joined Workshop.",
        );
      }
      assert.match(
        await world.write(bob, "!join"),
        /too often within a minute, so I stay where I am/,
      );
      assert.match(await world.write(ann, "!voice"), /voice channel Lounge/);
    });
  });

  test("it leaves when only bots are left", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann");
      world.guilds.addPerson(music, "Music", "member", true);
      world.guilds.place(guild, music, room);
      await world.write(ann, "!join");
      world.leave(talker);
      await world.reads(/Everybody has left Lounge/);
      await world.left();
      assert.deepEqual(await world.bot.app.voiceMemory.places(), []);
    });
  });

  test("taken out by a moderator it stays out and says so", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann");
      await world.write(ann, "!join");
      world.guilds.signalling.place(guild, null);
      await world.reads(/I was taken out of the voice channel/);
      await world.left();
      assert.deepEqual(await world.bot.app.voiceMemory.places(), []);
      assert.equal(await world.write(ann, "!join"), "Joined Lounge.");
    });
  });

  test("muted or deafened by a moderator it says so once", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann");
      await world.write(ann, "!join");
      const { guilds } = world;
      guilds.place(guild, guilds.botId, room, { isMuted: true });
      guilds.place(guild, guilds.botId, room, { isMuted: true });
      await world.reads(/I was muted in Lounge/);
      guilds.place(guild, guilds.botId, room);
      guilds.place(guild, guilds.botId, room, { isDeafened: true });
      await world.reads(/I was deafened in Lounge/);
      assert.equal(world.log().filter((text) => text.includes("muted")).length, 1);
    });
  });

  test("a voice server that closes for good is left with a message", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann");
      await world.write(ann, "!join");
      world.double.refuse(...Array<number>(100).fill(4006));
      world.double.drop(world.guilds.botId, 4006);
      await world.reads(/voice server closed the connection \(code 4,?006\)/);
      assert.ok(world.guilds.signalling.requests.length <= 6);
    });
  });

  test("after a restart it goes back to where it was wanted, and only there", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Да? => Да.");
      await world.kill();
      world.guilds.place(otherGuild, world.guilds.botId, foreignRoom);
      await world.rise();
      assert.equal(world.guilds.channelOf(otherGuild, world.guilds.botId), undefined);
      await talker.say("Да?");
      await talker.hears((text) => text === "Да.");
    });
  });
});

describe("voice rooms: talking", { concurrency: 6 }, () => {
  test("a question is heard, written down, answered aloud and in writing", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Когда открыто? => С десяти.");
      await talker.say("Когда открыто?");
      await talker.hears((text) => text === "С десяти.");
      assert.equal(await world.reads(/🎙️/), "🎙️ Ann: Когда открыто?");
      const [turn] = await world.bot.app.turns.list(workspace, textRoom, { limit: 1 });
      assert.equal(turn?.person, `discord:${ann}`);
      assert.deepEqual(turn.answerMessageIds.length, 1);
    });
  });

  test("an interruption stops the bot, and only what was heard stays in the conversation", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      const tale = Array.from({ length: 30 }, (_, index) => `w${index}`).join(" ");
      await world.write(ann, `!teach Tell me => ${tale}`);
      await world.write(ann, "!teach Stop => Quiet.");
      await talker.say("Tell me");
      await talker.hears((text) => text.includes("w3"));
      await talker.say("Stop");
      await talker.hears((text) => text.endsWith("Quiet."));
      const heard = talker.heard().replace("Quiet.", "").trim();
      const turns = await world.bot.app.turns.list(workspace, textRoom, { limit: 2 });
      assert.deepEqual(
        turns.map(({ prompt, answer }) => [prompt, answer]),
        [
          ["Tell me", heard],
          ["Stop", "Quiet."],
        ],
      );
      assert.ok(tale.startsWith(heard) && heard !== tale);
    });
  });

  test("a correction by voice counts at once and is confirmed aloud", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Capital? => Sydney.");
      await talker.say("Capital?");
      await talker.hears((text) => text === "Sydney.");
      await talker.say("No, it is Canberra.");
      await talker.hears((text) => /Learned: .*Canberra/.test(text));
      talker.forget();
      await talker.say("Capital?");
      await talker.hears((text) => text.endsWith("Canberra."));
      const taught = await world.bot.app.examples.list({ workspace, limit: 10 });
      const lesson = taught.find(({ answer }) => answer === "Canberra.");
      assert.equal(lesson?.origin, "discord.voice");
    });
  });

  test("two people are told apart; who did not call the bot is not answered or written down", async () => {
    await inVoiceWorld(async (world) => {
      const first = await world.enter(ann, "Ann", room, "admin");
      const second = await world.enter(bob, "Bob");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Как дела? => Хорошо.");
      await Promise.all([first.say("Робо, как дела?"), second.say("Вкусный обед")]);
      await first.hears((text) => text.includes("Хорошо."));
      assert.match(await world.reads(/🎙️/), /🎙️ Ann: как дела\?/i);
      assert.ok(!world.log().some((text) => text.includes("обед")));
      assert.match(second.heard(), /Хорошо/);
    });
  });

  test("who opted out is not heard; who comes back is", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      await world.reads(/listen to the people there.*voice me=no/s, `discord:${room}`);
      await world.write(ann, "!teach Да? => Да.");
      assert.match(await world.write(ann, "!voice me=no"), /I do not hear you/);
      await talker.say("Да?");
      await world.write(ann, "!voice me=yes");
      await talker.say("Да?");
      await talker.hears((text) => text === "Да.");
      assert.equal(world.log().filter((text) => text.startsWith("🎙️")).length, 1);
    });
  });

  test("only those whom an admin lets may talk to it, and not at all where it does not listen", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(bob, "Bob");
      world.guilds.addPerson(ann, "Ann", "admin");
      await world.write(bob, "!join");
      await world.write(ann, "!teach Да? => Да.");
      for (const choice of ["talkers=trainer", "talkers=member listen=no"]) {
        await world.write(ann, `!voice ${choice}`);
        await talker.say("Да?");
      }
      await world.write(ann, "!voice listen=yes");
      await talker.say("Да?");
      await talker.hears((text) => text === "Да.");
      assert.equal(world.log().filter((text) => text.startsWith("🎙️")).length, 1);
    });
  });

  test("an answer to what somebody in the room writes is spoken too; others' are not", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      world.guilds.addPerson(bob, "Bob");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Да? => Да.");
      await world.write(ann, "!teach Нет? => Нет.");
      assert.equal(await world.write(bob, "Нет?"), "Нет.");
      assert.equal(await world.write(ann, "Да?"), "Да.");
      assert.equal(await talker.hears((text) => text.includes(".")), "Да.");
    });
  });

  test("what somebody in the room asks in another channel is not read aloud to the others", async () => {
    await inVoiceWorld(async (world) => {
      await world.enter(ann, "Ann", room, "admin");
      const listener = await world.enter(bob, "Bob");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Who is banned? => Carl.");
      await world.write(ann, "!teach Да? => Да.");
      assert.equal(await world.write(ann, "Who is banned?", guild, "discord:private"), "Carl.");
      assert.equal(await world.write(ann, "Да?", guild, `discord:${room}`), "Да.");
      assert.equal(await listener.hears((text) => text.includes(".")), "Да.");
    });
  });

  test("a moderator who moves the bot while it speaks cuts it off", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      const other = await world.enter(bob, "Bob", otherRoom);
      await world.write(ann, "!join");
      const tale = Array.from({ length: 30 }, (_, index) => `w${index}`).join(" ");
      await world.write(ann, `!teach Tell me => ${tale}`);
      await world.write(ann, "!teach Да? => Да.");
      await talker.say("Tell me");
      await talker.hears((text) => text.includes("w3"));
      const moved = world.double.next(otherRoom, ({ kind }) => kind === "switched");
      world.guilds.signalling.place(guild, otherRoom);
      await moved;
      await other.say("Да?");
      const heard = await other.hears((text) => text.endsWith("Да."));
      assert.doesNotMatch(heard, /w29/);
    });
  });

  test("who leaves in the middle of a sentence is let go", async () => {
    await inVoiceWorld(async (world) => {
      const first = await world.enter(ann, "Ann", room, "admin");
      const second = await world.enter(bob, "Bob");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Да? => Да.");
      const leaving = new AbortController();
      const said = second.say("Робо, расскажи мне длинную сказку", leaving.signal);
      await world.heardFrom(bob);
      world.leave(second);
      leaving.abort();
      await said;
      await first.say("Да?");
      await first.hears((text) => text === "Да.");
      assert.deepEqual(
        world.log().filter((text) => text.startsWith("🎙️")),
        ["🎙️ Ann: Да?"],
      );
    });
  });

  test("two guilds at once never hear each other", async () => {
    await inVoiceWorld(async (world) => {
      const here = await world.enter(ann, "Ann", room, "admin");
      const there = await world.enter(bob, "Bob", foreignRoom, "admin");
      await world.write(ann, "!join");
      await world.write(bob, "!join", otherGuild);
      await world.write(ann, "!teach Кто? => Здесь.");
      await world.write(bob, "!teach Кто? => Там.", otherGuild);
      await Promise.all([here.say("Кто?"), there.say("Кто?")]);
      await Promise.all([
        here.hears((text) => text === "Здесь."),
        there.hears((text) => text === "Там."),
      ]);
    });
  });

  test("without a voice to speak with it answers in writing", async () => {
    await inVoiceWorld(
      async (world) => {
        const talker = await world.enter(ann, "Ann", room, "admin");
        await world.write(ann, "!join");
        await world.write(ann, "!teach Да? => Да.");
        await talker.say("Да?");
        await world.reads(/^Да\.$/);
        const [turn] = await world.bot.app.turns.list(workspace, textRoom, { limit: 1 });
        assert.equal(turn?.answer, "Да.");
        assert.equal(talker.heard(), "");
      },
      { missing: ["tts"] },
    );
  });
});
