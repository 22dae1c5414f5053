import { basename, resolve } from "node:path";
import { encoderPlace } from "../compose-recall.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Json } from "../core/reply.ts";
import { readChoice, writeChoice } from "../encoders/choice.ts";
import type { InstantEncoder } from "../encoders/encoder.ts";
import { findFiles, isAddress } from "../encoders/install/find-files.ts";
import { installEncoder, type InstallOrder } from "../encoders/install/install-encoder.ts";
import { knownEncoders } from "../encoders/install/known-encoders.ts";
import { ensureServerEncoder, serverEncoderName } from "../encoders/install/server-encoder.ts";
import { loadRuntime } from "../encoders/onnx/runtime.ts";
import { openEncoder, type EncoderPlace } from "../encoders/open-encoder.ts";
import { isEncoderName, readRecord } from "../encoders/record.ts";
import {
  leastTrials,
  trialsOf,
  tryEncoder,
  type EncoderTrial,
} from "../learning/evaluation/try-encoder.ts";
import type { Taught } from "../learning/recall/recall.ts";
import { replaceFile } from "../storage/atomic-file.ts";
import { say, type Voice } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { print } from "./output.ts";
import { showProgress } from "./progress-bar.ts";
import { withDesk, withSession, type CommonOptions, type Session } from "./session.ts";

type InstallCommand = CommonOptions & {
  readonly name?: string;
  readonly prefix?: string;
  readonly plan?: true;
  readonly keep?: true;
};

/** Fetches an encoder, tries it, and goes over to it. */
export const install = (source: string, options: InstallCommand): Promise<void> =>
  withSession(options, async (session) => {
    const { config, output, signal } = session;
    const { voice } = output;
    const place = encoderPlace(config);
    const order = await orderOf(source, options, signal);
    const bytes = order.files.reduce((sum, file) => sum + file.bytes, 0);
    const plan = {
      name: order.name,
      source: order.source,
      licence: order.licence,
      bytes,
      files: order.files.map(({ path, bytes: size }) => ({ path, bytes: size })),
    };
    const inWords = say(voice, "cli.encoder.fetches", {
      name: order.name,
      source: order.source,
      megabytes: Math.ceil(bytes / 1e6),
      licence: order.licence ?? say(voice, "cli.voice.models.licence-unknown"),
    });
    if (options.plan) return print({ plan }, inWords, output);
    if (!output.json) process.stderr.write(`${inWords}\n`);
    if (!options.keep) mayChoose(session);
    const bar = await showProgress(voice, output.json);
    const record = await installEncoder(order, place, { signal, progress: bar.progress }).finally(
      bar.stop,
    );
    const megabytes = Math.ceil(record.files.reduce((sum, file) => sum + file.bytes, 0) / 1e6);
    const installed = {
      plan,
      name: record.name,
      dimensions: record.dimensions,
      checksum: record.checksum,
    };
    const done = say(voice, "cli.encoder.installed", { name: record.name, megabytes });
    if (options.keep) return print(installed, done, output);
    await changeTo(session, record.name, installed, [done]);
  });

/** Goes over to an encoder that is there. */
export const use = (name: string, options: CommonOptions): Promise<void> =>
  withSession(options, async (session) => {
    mayChoose(session);
    const { config, output, signal } = session;
    const place = encoderPlace(config);
    if (name === serverEncoderName) {
      const bar = await showProgress(output.voice, output.json);
      const progress = (done: number, of: number): void => bar.progress("fitting", done, of);
      await ensureServerEncoder(config, place, signal, progress).finally(bar.stop);
    }
    checkOpens(name, place);
    await changeTo(session, name, {}, []);
  });

/** Throws `encoder-fixed` where a setting says which one is used. */
function mayChoose({ config, sources }: Session): void {
  const name = config["recall.encoder"];
  if (name === "chosen") return;
  throw new ApprenticeError("encoder-fixed", { name, source: sources["recall.encoder"] ?? "?" });
}

/** Throws `encoder-missing`, `encoder-damaged`, `encoder-runtime-missing`. */
function checkOpens(name: string, place: EncoderPlace): void {
  openEncoder(name, place);
  if (isEncoderName(name) && readRecord(place.folder, name).engine.kind === "onnx")
    loadRuntime(place.folder);
}

async function orderOf(
  source: string,
  { name: chosen, prefix }: InstallCommand,
  signal: AbortSignal,
): Promise<InstallOrder> {
  const known = knownEncoders.find(({ name }) => name === source);
  const from = known?.url ?? (isAddress(source) ? source : resolve(source));
  const name = chosen ?? known?.name ?? nameIn(from);
  if (!isEncoderName(name)) throw new ApprenticeError("encoder-name", { name });
  const files = await findFiles(from, name, signal);
  const front = prefix ?? known?.prefix;
  return {
    name,
    source: from,
    files,
    licence: known?.licence ?? null,
    languages: known?.languages ?? [],
    ...(front !== undefined && { prefix: front }),
  };
}

/** The last part of an address or a path that says anything. */
function nameIn(source: string): string {
  const path = isAddress(source)
    ? new URL(source).pathname.replace(/\/resolve\/[^/]+\/?$/, "")
    : source;
  return basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, "-");
}

/** Measures both on the community's own wordings, chooses the new one, and lets everything be read anew. */
async function changeTo(
  session: Session,
  name: string,
  facts: { readonly [fact: string]: Json },
  words: readonly string[],
): Promise<void> {
  const { config, output, signal } = session;
  const { voice } = output;
  const place = encoderPlace(config);
  await withDesk(session, async (desk) => {
    const before = readChoice(place.folder);
    const trial = await compare(desk, place, { before, after: name }, signal);
    await writeChoice(place.folder, name, replaceFile);
    const bar = await showProgress(voice, output.json);
    const isRead = await desk.readAnew(bar.progress).finally(bar.stop);
    const text = [
      ...words,
      inWords(trial, voice),
      say(voice, isRead ? "cli.encoder.used" : "cli.encoder.used-soon", { name }),
    ].join("\n");
    const told = {
      ...facts,
      used: name,
      encoder: openEncoder(name, place)?.id ?? null,
      before,
      trial: trial as unknown as Json,
      read: isRead,
    };
    print(told, text, output);
  });
}

type Comparison = {
  readonly asked: number;
  readonly before: EncoderTrial | null;
  readonly after: EncoderTrial | null;
  /** Megabytes that the process grew by. */
  readonly megabytes: number;
};

async function compare(
  desk: Desk,
  place: EncoderPlace,
  { before, after }: { readonly before: string; readonly after: string },
  signal: AbortSignal,
): Promise<Comparison> {
  const lessons: Pick<Taught, "prompt" | "answer" | "label">[] = [];
  let rest = "";
  for await (const piece of desk.exportExamples()) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines)
      if (line !== "") lessons.push(JSON.parse(line) as (typeof lessons)[number]);
  }
  const trials = trialsOf(lessons);
  const { length: asked } = trials.asked;
  if (asked < leastTrials) return { asked, before: null, after: null, megabytes: 0 };
  const trialOf = async (encoder: InstantEncoder | undefined): Promise<EncoderTrial> => {
    try {
      return await tryEncoder(trials, encoder, signal);
    } finally {
      encoder?.release();
    }
  };
  // The old one may be gone: then there is nothing to compare with.
  const first = await Promise.resolve()
    .then(() => trialOf(openEncoder(before, place)))
    .catch(() => null);
  const memory = process.memoryUsage.rss();
  const encoder = openEncoder(after, place);
  const second = await tryEncoder(trials, encoder, signal);
  const megabytes = Math.max(0, Math.round((process.memoryUsage.rss() - memory) / 1e6));
  encoder?.release();
  return { asked, before: first, after: second, megabytes };
}

function inWords({ asked, before, after, megabytes }: Comparison, voice: Voice): string {
  if (!after) return say(voice, "cli.encoder.not-measured", { least: leastTrials, count: asked });
  const percent = ({ right }: EncoderTrial): number => Math.round((100 * right) / asked);
  return say(voice, "cli.encoder.measured", {
    before: before ? percent(before) : "?",
    after: percent(after),
    asked,
    milliseconds: after.milliseconds.toFixed(1),
    megabytes,
  });
}
