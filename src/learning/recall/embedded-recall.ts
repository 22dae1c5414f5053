import type { InstantEncoder } from "../../encoders/encoder.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { isBulk, isOpposite, learn, taughtAt } from "./learn.ts";
import type { Learned } from "./learn.ts";
import { mostRich } from "./model.ts";
import type { Model } from "./model.ts";
import type { Recall, RecallChange, Recollect, Taught } from "./recall.ts";
import { readingsOf, recollect } from "./recollect.ts";
import { refitInThread, unreadPrompts } from "./refit.ts";
import { packSnapshot, unpackSnapshot } from "./snapshot.ts";
import type { Risk } from "./thresholds.ts";
import { emptyModel, trainModel } from "./train-model.ts";

export type RecallOptions = {
  /** The same examples and seed give the same model. */
  readonly seed?: number;
  /** What tells the meaning of prompts; without one, words alone decide. */
  readonly encoder?: InstantEncoder;
  /** Any encoder by its id, for a memory that another one than `encoder` made. */
  readonly encoderOf?: (id: string) => InstantEncoder | undefined;
  /** How sure an answer must be, where a question does not say. `balanced` unless told otherwise. */
  readonly risk?: Risk;
};

/** While there are no more examples than this, everything is retrained as the set doubles. */
const mostRetrained = 256;

/**
 * Beyond this a refit is over at once: such a memory answers from its index alone, which is always
 * up to date, and training a second one beside it would double the memory.
 */
const mostRefitted = 200_000;

/** The instant memory of one workspace, empty. */
export const createRecall = (options: RecallOptions = {}): Recall => new EmbeddedRecall(options);

/**
 * The instant memory as `snapshot` left it. Throws `recall-snapshot-invalid` when the bytes are
 * damaged, of another version, or of an encoder that is not there; then build it anew from the examples.
 */
export function restoreRecall(snapshot: Uint8Array, options: RecallOptions = {}): Recall {
  const model = unpackSnapshot(snapshot, encoderOf(options));
  if (options.encoderOf === undefined && model.encoder?.id !== options.encoder?.id)
    throw new ApprenticeError("recall-snapshot-invalid");
  return new EmbeddedRecall(withEncoderOf(options, model), model);
}

const encoderOf =
  ({ encoder, encoderOf: any }: RecallOptions) =>
  (id: string): InstantEncoder | undefined =>
    any ? any(id) : encoder;

/** A memory goes on with the encoder that made it. */
function withEncoderOf({ seed, risk }: RecallOptions, { encoder }: Model): RecallOptions {
  return {
    ...(seed !== undefined && { seed }),
    ...(risk && { risk }),
    ...(encoder && { encoder }),
  };
}

/** A memory with the examples that count in it, in the order in which they were taught. */
export type OpenedRecall = { readonly recall: Recall; readonly taught: readonly Taught[] };

/** The same, together with what it was taught. Throws `recall-snapshot-invalid`. */
export function openRecall(snapshot: Uint8Array, options: RecallOptions = {}): OpenedRecall {
  const model = unpackSnapshot(snapshot, encoderOf(options));
  return {
    recall: new EmbeddedRecall(withEncoderOf(options, model), model),
    taught: activeExamples(model),
  };
}

class EmbeddedRecall implements Recall {
  readonly #seed: number;
  readonly #encoder: InstantEncoder | undefined;
  readonly #risk: Risk;
  #model: Model;
  /** The latest change, to be taken back exactly. */
  #latest: Learned | undefined;
  /** Refits follow one another. */
  #refitting: Promise<void> = Promise.resolve();
  /** Whether the latest refit left examples without a meaning because the encoder was away. */
  #isUnread = false;
  /** Changes since a running refit took its examples. */
  #sinceRefit: RecallChange[] | undefined;

  constructor(options: RecallOptions, model: Model = emptyModel(0, options)) {
    this.#seed = options.seed ?? 1;
    this.#encoder = options.encoder;
    this.#risk = options.risk ?? "balanced";
    this.#model = model;
  }

  get size(): number {
    return this.#model.store.active;
  }

  get encoder(): string | null {
    return this.#encoder?.id ?? null;
  }

  get isUnread(): boolean {
    return this.#isUnread;
  }

  async prepare(
    prompts: readonly string[],
    purpose: "ask" | "learn",
    signal?: AbortSignal,
  ): Promise<void> {
    if (!this.#encoder) return;
    const read =
      purpose === "learn" ? prompts : prompts.flatMap((prompt) => readingsOf(this.#model, prompt));
    if (read.length > 0) await this.#encoder.prepare(read, signal);
  }

  readonly recollect: Recollect = (prompt, options) =>
    recollect(this.#model, prompt, { risk: this.#risk, ...options });

  taughtAt(prompt: string): readonly string[] {
    const { store } = this.#model;
    const same = store.samePrompt(prompt).filter((example) => !store.isNegative(example));
    return same.toReversed().map(store.id);
  }

  apply(change: RecallChange): void {
    this.#sinceRefit?.push(change);
    if (change.add.length > 0 || change.remove.length > 0) this.#relearn(change);
    // Last, so that a model that is taken back keeps the words it had.
    for (const [id, text] of change.texts ?? []) this.#model.store.setText(id, text);
  }

  #relearn(change: RecallChange): void {
    if (this.#latest && isOpposite(change, this.#latest)) {
      this.#latest.revert();
      this.#latest = undefined;
      return;
    }
    this.#latest = this.#isDue(change) ? this.#retrain(change) : learn(this.#model, change);
  }

  async refit(signal?: AbortSignal, progress?: (done: number) => void): Promise<void> {
    const before = this.#refitting;
    this.#refitting = before.then(() => this.#refit(signal, progress));
    const mine = this.#refitting;
    this.#refitting = mine.catch(() => {});
    await mine;
  }

  snapshot(): Uint8Array {
    return packSnapshot(this.#model);
  }

  async #refit(signal?: AbortSignal, progress?: (done: number) => void): Promise<void> {
    signal?.throwIfAborted();
    if (this.size > mostRefitted) return progress?.(1);
    const unread = this.#encoder ? unreadPrompts(this.#model) : [];
    if (unread.length > 0) await this.#encoder?.prepare(unread, signal);
    this.#isUnread = unread.length > 0 && this.#encoder?.problem() !== undefined;
    const changes: RecallChange[] = [];
    this.#sinceRefit = changes;
    try {
      const model = await refitInThread(this.#model, { seed: this.#seed }, signal, progress);
      for (const change of changes) {
        for (const [id, text] of change.texts ?? []) model.store.setText(id, text);
        learn(model, change);
      }
      this.#model = model;
      this.#latest = undefined;
    } finally {
      this.#sinceRefit = undefined;
    }
  }

  /**
   * Small sets are retrained when much is added at once and whenever they have doubled; an import
   * may outgrow rich features.
   */
  #isDue({ add, remove }: RecallChange): boolean {
    const { store, vocabulary, trainedOn } = this.#model;
    const after = store.active + add.length - remove.length;
    const bulk = isBulk(add.length);
    if (after <= mostRetrained) return bulk || after >= 2 * trainedOn;
    return bulk && vocabulary.set === "rich" && after > mostRich;
  }

  /** Learns everything anew with a change in it; the old model is kept to take it back. */
  #retrain(change: RecallChange): Learned {
    const before = this.#model;
    const removed = change.remove.flatMap((id) => {
      const example = before.store.find(id);
      return example !== undefined && before.store.isActive(example)
        ? [taughtAt(before.store, example, before.meanings)]
        : [];
    });
    const gone = new Set([...change.remove, ...change.add.map(({ id }) => id)]);
    const examples = [...activeExamples(before).filter(({ id }) => !gone.has(id)), ...change.add];
    this.#model = trainModel(examples, {
      seed: this.#seed,
      ...(this.#encoder && { encoder: this.#encoder }),
    });
    return {
      added: change.add.map(({ id }) => id),
      removed,
      revert: () => {
        this.#model = before;
      },
    };
  }
}

/** The examples that count, in the order in which they were taught. */
const activeExamples = ({ store, meanings }: Model): Taught[] =>
  Array.from(store.activeExamples(), (example) => taughtAt(store, example, meanings));
