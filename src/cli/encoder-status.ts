import { encoderPlace } from "../compose-recall.ts";
import type { Json } from "../core/reply.ts";
import { builtInEncoder } from "../encoders/built-in/built-in-encoder.ts";
import { createEncoders } from "../encoders/encoders.ts";
import { knownEncoders } from "../encoders/install/known-encoders.ts";
import { installedRuntime, installRuntime } from "../encoders/onnx/runtime.ts";
import { openEncoder } from "../encoders/open-encoder.ts";
import { readProgress } from "../encoders/progress-file.ts";
import { installedRecords } from "../encoders/record.ts";
import { say, sayError } from "../texts/say.ts";
import { print } from "./output.ts";
import { withSession, type CommonOptions } from "./session.ts";

/** What is used, what is installed, what can be, and how far reading anew is. Asks nothing over the network. */
export const showEncoders = (options: CommonOptions): Promise<void> =>
  withSession(options, async ({ config, sources, output }) => {
    const { voice } = output;
    const place = encoderPlace(config);
    const encoders = createEncoders(config["recall.encoder"], place);
    const used = encoders.wanted();
    const problem = encoders.problem();
    const records = installedRecords(place.folder);
    const installed = records.map((record) => ({
      name: record.name,
      id: idOf(record.name, place),
      engine: record.engine.kind,
      dimensions: record.dimensions,
      licence: record.licence,
      source: record.source,
      megabytes: Math.round(record.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6),
    }));
    const known = knownEncoders.map(({ name, licence, megabytes, languages }) => ({
      name,
      licence,
      megabytes,
      languages: [...languages],
      installed: records.some((record) => record.name === name),
    }));
    const progress = readProgress(place.folder);
    const reading = Object.entries(progress?.workspaces ?? {});
    const runtime = installedRuntime(place.folder) ?? null;
    const facts: Json = {
      wanted: encoders.wantedName(),
      setting: config["recall.encoder"],
      source: sources["recall.encoder"] ?? "default",
      encoder: used?.id ?? null,
      dimensions: used?.dimensions ?? null,
      problem: problem
        ? { code: problem.code, text: sayError(voice, problem, "apprentice ") }
        : null,
      reading: Object.fromEntries(reading.map(([name, how]) => [name, { ...how }])),
      runtime,
      installed: [
        {
          name: "built-in",
          id: builtInEncoder().id,
          engine: "built-in",
          dimensions: builtInEncoder().dimensions,
        },
        ...installed,
      ],
      known,
    };
    const lines = [
      say(voice, used ? "status.encoder" : "status.encoder-none", { name: encoders.wantedName() }),
      ...(problem ? [sayError(voice, problem, "apprentice ")] : []),
      ...reading.map(([workspace, { done, of }]) =>
        say(voice, "cli.encoder.reading", { workspace, done, of }),
      ),
      ...installed.map(({ name, id, megabytes }) =>
        say(voice, "cli.encoder.installed-line", { name, id: id ?? "?", megabytes }),
      ),
      ...known
        .filter((each) => !each.installed)
        .map(({ name, licence, megabytes, languages }) =>
          say(voice, "cli.encoder.known-line", {
            name,
            licence,
            megabytes,
            languages: languages.join(", "),
          }),
        ),
      runtime
        ? say(voice, "cli.encoder.runtime", { runtime })
        : say(voice, "cli.encoder.runtime-none", { line: installRuntime(place.folder) }),
    ];
    print(facts, lines.join("\n"), output);
  });

/** `null` where it cannot be opened. */
function idOf(name: string, place: ReturnType<typeof encoderPlace>): string | null {
  try {
    return openEncoder(name, place)?.id ?? null;
  } catch {
    return null;
  }
}
