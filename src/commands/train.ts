import { ApprenticeError } from "../core/errors.ts";
import type { Label } from "../core/example.ts";
import type { TrainingMethod } from "../core/model-version.ts";
import type { Reply } from "../core/reply.ts";
import { trainerNames, type TrainingSettings } from "../learning/trainers/trainer.ts";
import type { TrainingWish } from "../learning/start-training.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { labelFrom, requireOperator } from "./dataset-options.ts";
import { placeOf, startedReply } from "./job-reply.ts";
import { LabelUnclear, trainData, type TrainDataset } from "./train-data.ts";
import { findingWords, previewReply } from "./train-preview.ts";
import { yesOrNo } from "./yes-no.ts";

/** The ways to change a language model's weights; the embedded learner has but one of its own. */
const weightMethods = ["sft", "dpo", "kto"] as const satisfies readonly TrainingMethod[];

export default defineCommand({
  name: "train",
  about: "command.train",
  needs: "trainer",
  options: {
    data: {
      type: "text",
      about: "command.train.data",
      aliases: ["data_dir", "directory"],
      suggest: "dataset",
      optional: true,
    },
    words: { type: "rest", about: "command.train.words", optional: true },
    positive: { type: "flag", about: "command.dataset.positive", optional: true },
    negative: { type: "flag", about: "command.dataset.negative", optional: true },
    dataset: { type: "text", about: "command.train.dataset", suggest: "dataset", optional: true },
    number: { type: "integer", about: "command.dataset.number", optional: true },
    trainer: {
      type: "choice",
      about: "command.train.trainer",
      choices: trainerNames,
      optional: true,
    },
    method: {
      type: "choice",
      about: "command.train.method",
      choices: weightMethods,
      optional: true,
    },
    base: { type: "text", about: "command.train.base", suggest: "model", optional: true },
    preset: { type: "text", about: "command.train.preset", optional: true },
    epochs: { type: "integer", about: "command.train.epochs", optional: true },
    seed: { type: "integer", about: "command.train.seed", optional: true },
    attest: { type: "flag", about: "command.dataset.attest", optional: true },
    yes: { type: "flag", about: "command.train.yes", optional: true },
    upload: { type: "text", about: "command.train.upload", optional: true },
    files: { type: "files", about: "command.dataset.files", optional: true },
  },
  usageExamples: [
    "train",
    "train shop-faq --trainer embedded --yes",
    'train "When do you open? => At nine, every day." --positive',
    "train --dataset shop-faq --number 2 --epochs 5",
  ],
  async run(values, context) {
    if (values.attest) requireOperator(context);
    const { text, label } = saidIn(values, (values.files?.length ?? 0) > 0);
    try {
      const dataset = await trainData(
        {
          text,
          files: values.files ?? [],
          attest: values.attest ?? false,
          ...(label && { label }),
          ...(values.upload !== undefined && { upload: values.upload }),
          ...(values.dataset !== undefined && { dataset: values.dataset }),
          ...(values.number !== undefined && { number: values.number }),
        },
        context,
      );
      return await trainOn(dataset, values, context);
    } catch (thrown) {
      if (!(thrown instanceof LabelUnclear)) throw thrown;
      return askForLabel(thrown, values, context);
    }
  },
});

/** Starts the training, or shows what it would be. Rows whose training is refused are not kept for the next. */
async function trainOn(
  { manifest, isNew }: TrainDataset,
  values: Wished & { readonly yes?: boolean },
  context: CommandContext,
): Promise<Reply> {
  const { training, datasets, message } = context;
  try {
    const plan = await training.plan({ ...wishFrom(values), manifest });
    const stopping = plan.findings.filter(({ stops }) => stops);
    if (stopping.length > 0) {
      const reasons = findingWords(stopping, context).join("; ");
      throw new ApprenticeError("training-impossible", { reasons });
    }
    if (!values.yes) return previewReply(plan, manifest, context);
    const job = await training.start(plan, message.person.id, placeOf(context));
    return startedReply(job, context);
  } catch (thrown) {
    if (isNew) await datasets.withdraw(manifest);
    throw thrown;
  }
}

type Said = {
  readonly data?: string;
  readonly words?: string;
  readonly positive?: boolean;
  readonly negative?: boolean;
};

/** The last words of a text that say how its rows are meant. */
const labelAtEnd = /\s(?:--)?((?:no[-_])?(?:positive|negative))(?:=(\S+))?$/iu;

/** The rows or the name that was given, and what they show: `train faq no`, `train нет` with a file. */
function saidIn(
  { data = "", words = "", positive, negative }: Said,
  hasFiles: boolean,
): { text: string; label: Label | undefined } {
  const explicit = labelFrom(positive, negative);
  const lone = words.trim() === "" ? undefined : yesOrNo(words);
  if (lone !== undefined) return { text: data, label: explicit ?? labelFrom(lone, undefined) };
  if (hasFiles && words === "" && yesOrNo(data) !== undefined) {
    return { text: "", label: explicit ?? labelFrom(yesOrNo(data), undefined) };
  }
  const text = [data, words].filter((part) => part !== "").join(" ");
  const written = labelAtEnd.exec(text);
  if (!written || explicit) return { text, label: explicit };
  const [whole, name = "", value = "yes"] = written;
  let isPositive = yesOrNo(value) ?? true;
  if (/^no[-_]/iu.test(name)) isPositive = !isPositive;
  if (/negative$/iu.test(name)) isPositive = !isPositive;
  return { text: text.slice(0, -whole.length), label: isPositive ? "positive" : "negative" };
}

type Wished = Pick<TrainingWish, "trainer" | "method" | "base"> & {
  readonly preset?: string;
  readonly epochs?: number;
  readonly seed?: number;
};

function wishFrom(values: Wished): Omit<TrainingWish, "manifest"> {
  const { trainer, method, base, preset, epochs, seed } = values;
  if (epochs !== undefined && (epochs < 1 || epochs > 1_000)) {
    throw new ApprenticeError("command-argument-invalid", {
      option: "epochs",
      value: String(epochs),
      allowed: "1 ... 1000",
      nearest: "",
      usage: "--epochs 5",
    });
  }
  const settings: TrainingSettings = {
    ...(preset !== undefined && { preset }),
    ...(epochs !== undefined && { epochs }),
    ...(seed !== undefined && { seed }),
  };
  return {
    ...(trainer && { trainer }),
    ...(method && { method }),
    ...(base !== undefined && { base }),
    settings,
  };
}

/** Nobody said whether the rows show how to answer or how not to: two buttons, one for each. */
function askForLabel(
  { upload }: LabelUnclear,
  values: Readonly<Record<string, unknown>>,
  { uploads, message, say, prefix }: CommandContext,
): Reply {
  const name = uploads.keep(message.workspace, upload);
  const { files: _sent, data, words: _words, ...rest } = values;
  const given = typeof data === "string" && yesOrNo(data) === undefined ? { data } : {};
  const call = (label: Label) => ({
    name: "train",
    values: { ...rest, ...given, upload: name, [label]: true },
  });
  return {
    text: say("train.label", { prefix, count: upload.files.length }),
    data: { upload: name, failure: "dataset-label-unclear" },
    buttons: [
      { label: say("train.label-positive"), call: call("positive"), style: "good" },
      { label: say("train.label-negative"), call: call("negative"), style: "bad" },
    ],
  };
}
