import { Option, type Command as Program } from "commander";
import {
  modelCatalog,
  modelKinds,
  type CatalogModel,
  type ModelKind,
} from "../speech/sherpa/model-catalog.ts";
import {
  addModel,
  catalogModel,
  installedModels,
  removeModel,
} from "../speech/sherpa/model-folder.ts";
import { speechModelsFolder } from "../speech-settings.ts";
import { say, type Voice } from "../texts/say.ts";
import { print } from "./output.ts";
import { showProgress } from "./progress-bar.ts";
import { withSession, type CommonOptions } from "./session.ts";

type AddOptions = CommonOptions & {
  readonly url?: string;
  readonly kind: ModelKind;
  readonly sha256?: string;
};

/** `apprentice voice models list | add | remove`: speech models that run on this machine. */
export function addVoice(program: Program, voice: Voice): void {
  // The chat's own command of that name stands beside it.
  const group =
    program.commands.find((command) => command.name() === "voice") ??
    program.command("voice").description(say(voice, "cli.voice"));
  const models = group.command("models").description(say(voice, "cli.voice.models"));
  models
    .command("list")
    .description(say(voice, "cli.voice.models.list"))
    .option("--json", say(voice, "cli.json"))
    .action(list);
  models
    .command("add")
    .description(say(voice, "cli.voice.models.add"))
    .argument("<name>", say(voice, "cli.voice.models.name"))
    .option("--url <address>", say(voice, "cli.voice.models.url"))
    .addOption(
      new Option("--kind <kind>", say(voice, "cli.voice.models.kind"))
        .choices(modelKinds)
        .default("stt"),
    )
    .option("--sha256 <hash>", say(voice, "cli.voice.models.sha256"))
    .option("--json", say(voice, "cli.json"))
    .addHelpText("after", "\n  $ apprentice voice models add giga-am-v3")
    .action(add);
  models
    .command("remove")
    .description(say(voice, "cli.voice.models.remove"))
    .argument("<name>", say(voice, "cli.voice.models.name"))
    .option("--json", say(voice, "cli.json"))
    .action(remove);
}

const list = (options: CommonOptions): Promise<void> =>
  withSession(options, async ({ config, output }) => {
    const here = installedModels(speechModelsFolder(config));
    const known = modelCatalog.map((model) => ({
      ...model,
      installed: here.some(({ name }) => name === model.name),
    }));
    const own = here
      .filter(({ name }) => !modelCatalog.some((model) => model.name === name))
      .map(({ name, kind, url, licence, bytes }) => ({
        name,
        kind,
        url,
        licence,
        languages: ["?"],
        installed: true,
        megabytes: Math.round(bytes / 1_000_000),
      }));
    const { voice } = output;
    const lines = [...own, ...known].map((model) =>
      say(voice, "cli.voice.models.line", {
        mark: model.installed ? "✓" : "·",
        name: model.name,
        kind: model.kind,
        languages: model.languages.join(", "),
        size:
          model.megabytes === null
            ? say(voice, "cli.voice.models.size-unknown")
            : say(voice, "cli.voice.models.size", { megabytes: model.megabytes }),
        licence: model.licence ?? say(voice, "cli.voice.models.licence-unknown"),
      }),
    );
    print(JSON.parse(JSON.stringify({ models: [...own, ...known] })), lines.join("\n"), output);
  });

const add = (name: string, options: AddOptions): Promise<void> =>
  withSession(options, async ({ config, output, signal }) => {
    const bar = await showProgress(output.voice, output.json);
    const progress = (done: number, of: number): void => bar.progress("downloading", done, of);
    const model = chosen(name, options);
    const added = await addModel(speechModelsFolder(config), model, { signal, progress }).finally(
      bar.stop,
    );
    const { sha256, bytes, kind, url } = added;
    const megabytes = Math.round(bytes / 1_000_000);
    const words = say(output.voice, "cli.voice.models.added", { name, megabytes, sha256 });
    print({ name, kind, url, sha256, bytes }, words, output);
  });

const remove = (name: string, options: CommonOptions): Promise<void> =>
  withSession(options, async ({ config, output }) => {
    await removeModel(speechModelsFolder(config), name);
    print({ removed: name }, say(output.voice, "cli.voice.models.removed", { name }), output);
  });

function chosen(name: string, { url, kind, sha256 }: AddOptions): CatalogModel {
  const hash = sha256 === undefined ? {} : { sha256: sha256.toLowerCase() };
  if (url === undefined) return { ...catalogModel(name), ...hash };
  return { name, kind, url, languages: [], licence: null, megabytes: null, ...hash };
}
