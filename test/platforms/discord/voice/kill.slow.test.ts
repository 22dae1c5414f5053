import { writeFileSync } from "node:fs";
import assert from "node:assert/strict";
import { join } from "node:path";
import { eventually, startServer, testInFolder } from "../../../cli/running-process.ts";
import { startDiscordDouble } from "../../../doubles/discord/server.ts";
import { trustedCertificate } from "../../../doubles/discord-voice/certificate.ts";
import { MainVoice } from "../../../doubles/discord-voice/main-gateway.ts";
import { DiscordVoiceDouble } from "../../../doubles/discord-voice/server.ts";
import { root } from "../../../source-files.ts";
import { createTalker } from "./talker.ts";

testInFolder(
  "killed in the middle of a talk, it is back in the room at the next start",
  async (folder) => {
    const [discord, voice] = await Promise.all([startDiscordDouble(), DiscordVoiceDouble.start()]);
    const main = new MainVoice(discord, voice);
    const certificate = join(folder, "loopback.pem");
    writeFileSync(certificate, trustedCertificate().certificate);
    const ann = discord.person("Ann");
    const guild = discord.guild("Library", [ann]);
    const text = discord.channel(guild, "general");
    const lounge = discord.channel(guild, "Lounge", { type: 2 });
    const start = () =>
      startServer(folder, [process.execPath, join(root, "src/cli/main.ts"), "start"], {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.world.origin,
        NODE_EXTRA_CA_CERTS: certificate,
        APPRENTICE_SPEECH_STT_ENGINE: "modem",
        APPRENTICE_SPEECH_TTS_ENGINE: "modem",
      });
    const connected = discord.gateway.connected();
    const first = await start();
    await connected;
    const talker = await createTalker(main.enter(guild.id, ann.user.id, lounge.id));
    await ann.asks(text, "!teach Да? => Да.");
    await ann.asks(
      text,
      "!teach Расскажи => Один два три четыре пять шесть семь восемь девять десять.",
    );
    await ann.asks(text, "!join");
    await talker.say("Расскажи");
    await talker.hears((words) => words.includes("два"));
    await first.stop("SIGKILL");
    // The voice server drops who is silent; the main gateway still shows the bot in the room.
    await eventually(() => voice.session(discord.bot.id) === undefined);
    assert.equal(main.channelOf(guild.id, discord.bot.id), lounge.id);

    const second = await start();
    await voice.next(lounge.id, ({ kind }) => kind === "switched", AbortSignal.timeout(60_000));
    talker.forget();
    await talker.say("Да?");
    await talker.hears((words) => words === "Да.");
    assert.deepEqual([...voice.channel(lounge.id).members].length, 2);
    assert.match((await ann.asks(text, "!leave")).content, /Disconnected/);
    await eventually(() => main.channelOf(guild.id, discord.bot.id) === undefined);
    await second.stop();
    talker.close();
    assert.deepEqual(voice.complaints, []);
    await Promise.all([discord.close(), voice.close()]);
  },
);
