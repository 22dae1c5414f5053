import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runApp, type RunningApp } from "../running-app.ts";
import { root } from "../source-files.ts";
import { makeLive } from "../trained-model.ts";

const workspace = "web:local";

/** The example's server of adapters, as its own process. */
async function startServer(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(root, "examples/trainer/serve.mjs"), "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  return { url: line.trim(), child };
}

describe("the example trainer", () => {
  let bot: RunningApp;
  let server: Awaited<ReturnType<typeof startServer>>;
  before(async () => {
    server = await startServer();
    bot = await runApp({
      APPRENTICE_RECALL_ENCODER: "none",
      APPRENTICE_TRAINERS_COMMAND_PRESETS: "custom",
      APPRENTICE_TRAINERS_COMMAND_MODELS: "tiny",
      APPRENTICE_TRAINERS_COMMAND_CUSTOM: JSON.stringify([
        "{node}",
        join(root, "examples/trainer/train.mjs"),
        "{spec}",
      ]),
      APPRENTICE_SERVING_KIND: "vllm",
      APPRENTICE_SERVING_URL: server.url,
    });
  });
  after(async () => {
    await bot.close();
    server.child.kill();
    await once(server.child, "exit");
  });

  test("learns a community's answers, from the chat to the answer of the trained model", async () => {
    const files = [
      {
        name: "workshop.md",
        mediaType: "text/markdown",
        bytes: readFileSync(join(root, "examples/faq-en.md")),
      },
    ];
    const started = await bot.ask("!train --positive --attest --trainer command --epochs 4 --yes", {
      files,
    });
    assert.match(started, /^Model training started/);
    const { jobs, registry, datasets } = bot.app;
    const { id } = await jobs.find(workspace, "last");
    let state = "";
    for await (const { job } of jobs.follow(id, new AbortController().signal)) state = job.state;
    assert.equal(state, "succeeded", await bot.ask("!job"));

    const losses: Record<string, number[]> = { loss: [], eval_loss: [] };
    for await (const { job, events } of jobs.follow(id, new AbortController().signal)) {
      assert.equal(job.state, "succeeded");
      for (const event of events) {
        if (event.kind !== "metric") continue;
        for (const name of Object.keys(losses)) losses[name]!.push(event.values[name] ?? 0);
      }
    }
    // Nats for each byte; knowing nothing is ln(257) = 5.55.
    assert.equal(losses["loss"]!.length, 4);
    assert.ok(losses["loss"]!.at(-1)! < 0.05, JSON.stringify(losses));
    // Answers it never saw: only the language of the others helps.
    assert.ok(
      losses["eval_loss"]!.every((loss) => loss < 4),
      JSON.stringify(losses),
    );

    const [version] = await registry.list(workspace);
    assert.ok(version?.artefact.kind === "adapter");
    assert.deepEqual(
      version.artefact.files.map(({ path }) => path),
      ["adapter_config.json", "adapter_model.safetensors"],
    );
    assert.equal(version.base, "tiny");
    assert.equal(version.served?.url, `${server.url}/v1`);

    // As when the server was restarted: it must be told again.
    await fetch(`${server.url}/v1/unload_lora_adapter`, {
      method: "POST",
      body: JSON.stringify({ lora_name: version.served?.name }),
    });
    await makeLive(bot, version);
    const place = { workspace, name: version.dataset.name, version: version.dataset.version };
    const rows = await Array.fromAsync(datasets.rows(place, "train"));
    let right = 0;
    for (const { prompt, answer } of rows.slice(0, 10)) {
      if ((await bot.ask(prompt, { room: `web:${prompt.length}` })) === answer) right += 1;
    }
    assert.ok(right >= 8, `${right} of 10`);
  });
});
