import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startDiscordDouble } from "../../doubles/discord/server.ts";
import { apprentice, entry, environment } from "../../cli/running-process.ts";

test("DISCORD_TOKEN and DISCORD_API_URL are all it takes; a refused token leaves the console running", async () => {
  const discord = await startDiscordDouble();
  const folder = await mkdtemp(join(tmpdir(), "apprentice-discord-"));
  const start = (token: string) =>
    spawn(process.execPath, [entry, "start"], {
      cwd: folder,
      env: environment({ DISCORD_TOKEN: token, DISCORD_API_URL: discord.world.origin }),
    });
  const joined = discord.gateway.connected();
  const child = start(discord.token);
  try {
    await joined;
    const ann = discord.person("Ann");
    const channel = discord.channel(discord.guild("Mill", [ann]), "general");
    assert.match((await ann.asks(channel, "!hi")).content, /Hi/);
    const doctor = await apprentice(folder, ["doctor"], {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    assert.match(doctor.out, /Discord: the token is good/);
    assert.match(doctor.out, /oauth2\/authorize\?client_id=/);
  } finally {
    child.kill("SIGTERM");
  }
  assert.deepEqual(await once(child, "exit"), [0, null]);
  const refused = start("wrong.token.here");
  let errors = "";
  refused.stderr.on("data", (piece) => (errors += String(piece)));
  let output = "";
  const saidAll = Promise.withResolvers<void>();
  const look = () =>
    errors.includes("discord-token-refused") && output.includes("http://") && saidAll.resolve();
  refused.stderr.on("data", look);
  refused.stdout.on("data", (piece) => {
    output += String(piece);
    look();
  });
  await saidAll.promise;
  const url = new URL(/http:\S+/.exec(output)![0]);
  assert.equal((await fetch(url.origin)).status < 500, true);
  refused.kill("SIGTERM");
  await once(refused, "exit");
  assert.doesNotMatch(errors, /wrong\.token\.here/);
  await rm(folder, { recursive: true, force: true });
  await discord.close();
});
