#!/usr/bin/env node
// Starts Apprentice under a Node that runs TypeScript: this one when it is new enough, else the one
// that `npm install` brought. Plain JavaScript that any Node from 18 on understands.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const oldestGoodNode = [24, 18];
const entry = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

// A server runs as a child, so that a signal ends it also when it is too busy to hear one.
const isServer = process.argv[2] === "start" && !process.channel;

if (!isGoodEnough(process.versions.node)) runUnder(bundledNode());
else if (isServer) runUnder(process.execPath);
else await runHere();

function isGoodEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldestGoodNode[0] || (major === oldestGoodNode[0] && minor >= oldestGoodNode[1]);
}

async function runHere() {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  stopWithParent();
  await import(entry);
}

function bundledNode() {
  const require = createRequire(import.meta.url);
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  try {
    const executable = process.platform === "win32" ? "node.exe" : "bin/node";
    return require.resolve(`${name}/${executable}`);
  } catch {
    console.error(
      `Apprentice needs Node ${oldestGoodNode.join(".")} or newer; this is ${process.versions.node}, and the ` +
        `package ${name} that brings a newer one is not installed. Run npm install, or install a newer Node.`,
    );
    process.exit(1);
  }
}

/** How long after a signal a child may take to end, in milliseconds. */
const stopPatience = 10_000;

/**
 * Runs the same command in a child under a Node, passing signals down and its exit code up. A child
 * that does not end in time after a signal is ended.
 */
function runUnder(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // What the child finds on PATH as `node` should be the node it runs under.
    env: process.env,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      child.kill(signal);
      setTimeout(() => child.kill("SIGKILL"), stopPatience);
    });
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  child.on("error", (error) => {
    console.error(`Apprentice could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  stopWithParent();
}

/**
 * Stops this process when the one that started it is gone: npm dies on a signal without passing it
 * on, and a wrapper can be killed. A process started by hand in the background goes on.
 */
function stopWithParent() {
  const stop = () => process.kill(process.pid, "SIGTERM");
  if (process.channel) {
    process.channel.unref();
    process.on("disconnect", stop);
  }
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 300);
  timer.unref();
}
