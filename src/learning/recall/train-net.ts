import { addRows } from "./add-rows.ts";
import type { Demand } from "./heads.ts";
import { seededRandom, shuffle } from "./random.ts";
import { softmax } from "./softmax.ts";
import type { VectorTable } from "./train-heads.ts";

/** The weights of a net as they come out of training. */
export type TrainedNet = {
  readonly hidden: number;
  readonly outputs: number;
  /** One row of `hidden` weights per feature. */
  readonly input: Float32Array;
  readonly inputBias: Float32Array;
  /** One row of `outputs` weights per hidden unit. */
  readonly output: Float32Array;
  readonly outputBias: Float32Array;
};

export type NetTask = {
  readonly vectors: VectorTable;
  readonly demands: readonly Demand[];
  /** The examples to learn from: positive ones with an answer. */
  readonly chosen: Int32Array;
  readonly features: number;
  readonly heads: number;
  readonly groups: readonly [first: number, last: number];
  /** Feature group of each feature. */
  readonly groupOf: Uint8Array;
  readonly epochs: number;
  readonly seed: number;
  /** Told the mean loss of each epoch; `false` ends the training. */
  readonly passed?: (loss: number, net: TrainedNet) => boolean;
};

const hiddenUnits = 128;
const learningRate = 0.05;
const inputDropped = 0.3;
const hiddenDropped = 0.5;
const inputSpread = 0.3;
const outputSpread = 0.5;
const leastGradient = 1e-5;
/** Divides the squared gradient of a feature's row: larger takes larger steps. */
const rowShare = 4 * hiddenUnits;

/**
 * Trains a small neural net: sparse vector, one hidden layer of rectified units, one output per
 * answer. By stochastic gradient descent on the cross entropy, with dropout
 * (Srivastava et al., JMLR 2014) and AdaGrad step sizes (Duchi et al., JMLR 2011); the weights of one feature share
 * one step size.
 */
export function trainNet(task: NetTask, progress?: (done: number) => void): TrainedNet {
  const training = new Training(task);
  const order = task.chosen.slice();
  const steps = task.epochs * order.length;
  for (let epoch = 0; epoch < task.epochs; epoch++) {
    shuffle(order, training.random);
    let loss = 0;
    for (const [place, example] of order.entries()) {
      const done = (epoch * order.length + place) / steps;
      loss += training.step(example, learningRate * (1 - 0.9 * done));
    }
    progress?.((epoch + 1) / task.epochs);
    if (task.passed?.(loss / order.length, training.net) === false) break;
  }
  return training.net;
}

class Training {
  readonly net: TrainedNet;
  readonly random: () => number;
  readonly #task: NetTask;
  readonly #inputSquares: Float32Array;
  readonly #inputBiasSquares: Float32Array;
  readonly #outputSquares: Float32Array;
  readonly #outputBiasSquares: Float32Array;
  readonly #hidden: Float64Array;
  readonly #keep: Float64Array;
  readonly #back: Float64Array;
  readonly #errors: Float64Array;
  #features = new Int32Array(4096);
  #values = new Float32Array(4096);

  constructor(task: NetTask) {
    const { features, heads } = task;
    this.#task = task;
    this.random = seededRandom(task.seed * 7 + 3);
    const spread = 1 / Math.sqrt(hiddenUnits);
    this.net = {
      hidden: hiddenUnits,
      outputs: heads,
      input: this.#randomWeights(features * hiddenUnits, inputSpread * spread),
      inputBias: new Float32Array(hiddenUnits),
      output: this.#randomWeights(hiddenUnits * heads, outputSpread * spread),
      outputBias: new Float32Array(heads),
    };
    this.#inputSquares = new Float32Array(features).fill(1e-8);
    this.#inputBiasSquares = new Float32Array(hiddenUnits).fill(1e-6);
    this.#outputSquares = new Float32Array(hiddenUnits * heads).fill(1e-6);
    this.#outputBiasSquares = new Float32Array(heads).fill(1e-6);
    this.#hidden = new Float64Array(hiddenUnits);
    this.#keep = new Float64Array(hiddenUnits);
    this.#back = new Float64Array(hiddenUnits);
    this.#errors = new Float64Array(heads);
  }

  /** Learns from one example and tells its cross entropy before. */
  step(example: number, rate: number): number {
    const inputs = this.#readInput(example);
    this.#forward(inputs);
    const { answer } = this.#task.demands[example]!;
    const loss = -Math.log(Math.max(1e-12, this.#errors[answer]!));
    this.#errors[answer]! -= 1;
    this.#backward(inputs, rate);
    return loss;
  }

  /** Takes the example's features of the right groups, each dropped at random. */
  #readInput(example: number): number {
    const { vectors, groups, groupOf } = this.#task;
    const end = vectors.starts[example + 1]!;
    const from = vectors.starts[example]!;
    if (end - from > this.#features.length) {
      this.#features = new Int32Array(end - from);
      this.#values = new Float32Array(end - from);
    }
    let inputs = 0;
    for (let at = from; at < end; at++) {
      const feature = vectors.features[at]!;
      const group = groupOf[feature]!;
      if (group < groups[0] || group > groups[1] || this.random() < inputDropped) continue;
      this.#features[inputs] = feature;
      this.#values[inputs++] = vectors.values[at]! / (1 - inputDropped);
    }
    return inputs;
  }

  /** Leaves the hidden activations, and the output probabilities in the place of the errors. */
  #forward(inputs: number): void {
    const { input, inputBias, output, outputBias } = this.net;
    const hidden = this.#hidden;
    const keep = this.#keep;
    const errors = this.#errors;
    const outputs = errors.length;
    hidden.set(inputBias);
    addRows(hidden, input, hiddenUnits, this.#features, this.#values, 0, inputs);
    errors.set(outputBias);
    for (let unit = 0; unit < hiddenUnits; unit++) {
      const dropped = this.random() < hiddenDropped || hidden[unit]! <= 0;
      keep[unit] = dropped ? 0 : 1 / (1 - hiddenDropped);
      hidden[unit] = hidden[unit]! * keep[unit]!;
      if (dropped) continue;
      const activation = hidden[unit]!;
      const row = unit * outputs;
      for (let head = 0; head < outputs; head++) errors[head]! += activation * output[row + head]!;
    }
    softmax(errors);
  }

  #backward(inputs: number, rate: number): void {
    const { input, inputBias, output, outputBias } = this.net;
    const hidden = this.#hidden;
    const keep = this.#keep;
    const back = this.#back;
    const errors = this.#errors;
    const outputs = errors.length;
    let backSquare = 0;
    for (let unit = 0; unit < hiddenUnits; unit++) {
      back[unit] = 0;
      if (keep[unit] === 0) continue;
      const activation = hidden[unit]!;
      const row = unit * outputs;
      let sum = 0;
      for (let head = 0; head < outputs; head++) {
        const error = errors[head]!;
        const at = row + head;
        sum += error * output[at]!;
        const gradient = error * activation;
        if (gradient < leastGradient && gradient > -leastGradient) continue;
        this.#outputSquares[at]! += gradient * gradient;
        output[at]! -= (rate * gradient) / Math.sqrt(this.#outputSquares[at]!);
      }
      back[unit] = sum * keep[unit]!;
      backSquare += back[unit]! ** 2;
    }
    for (let head = 0; head < outputs; head++) {
      const error = errors[head]!;
      this.#outputBiasSquares[head]! += error * error;
      outputBias[head]! -= (0.3 * rate * error) / Math.sqrt(this.#outputBiasSquares[head]!);
    }
    for (let unit = 0; unit < hiddenUnits; unit++) {
      const gradient = back[unit]!;
      if (gradient === 0) continue;
      this.#inputBiasSquares[unit]! += gradient * gradient;
      inputBias[unit]! -= (0.3 * rate * gradient) / Math.sqrt(this.#inputBiasSquares[unit]!);
    }
    for (let at = 0; at < inputs; at++) {
      const feature = this.#features[at]!;
      const value = this.#values[at]!;
      this.#inputSquares[feature]! += (value * value * backSquare) / rowShare;
      const scale = (rate * value) / Math.sqrt(this.#inputSquares[feature]!);
      const row = feature * hiddenUnits;
      for (let unit = 0; unit < hiddenUnits; unit++) input[row + unit]! -= scale * back[unit]!;
    }
  }

  /** About normal: the sum of four uniform numbers. */
  #randomWeights(length: number, spread: number): Float32Array {
    const weights = new Float32Array(length);
    for (let at = 0; at < length; at++) {
      const sum = this.random() + this.random() + this.random() + this.random();
      weights[at] = (sum - 2) * Math.sqrt(3) * spread;
    }
    return weights;
  }
}
