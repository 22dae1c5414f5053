/**
 * A very small language model over bytes. The base knows nothing: every byte is equally likely. The
 * adapter is a product of two matrices (LoRA): what stands before a byte, and the words of the question,
 * choose rows of A; their sum, through B, says which byte comes next.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packTensors, unpackTensors } from "./safetensors.mjs";

const rank = 16;
const features = 2 ** 16;
/** All bytes, and the end of an answer. */
const outputs = 257;
const end = 256;
const longestAnswer = 2_000;
/** How many of the last bytes are looked at, together. */
const contexts = [1, 2, 3, 4, 5, 6, 9, 14];
const longestContext = 14;

/** @typedef {{ question: string, answer: string }} Row */
/** @typedef {{ a: Float32Array, b: Float32Array }} Adapter */

/** An adapter that changes nothing yet: B is zero. @param {number} seed @returns {Adapter} */
export function newAdapter(seed) {
  const random = randomNumbers(seed);
  const a = Float32Array.from({ length: features * rank }, () => (random() - 0.5) * 0.5);
  return { a, b: new Float32Array(outputs * rank) };
}

/**
 * Learns by AdaGrad (Duchi et al., 2011). `epoch` gives the mean loss, in nats for each byte.
 *
 * @param {Adapter} adapter @param {number} learningRate @param {number} seed
 */
export function createLearner(adapter, learningRate, seed) {
  const { a, b } = adapter;
  const [squaresA, squaresB] = [new Float32Array(a.length), new Float32Array(b.length)];
  const random = randomNumbers(seed);
  const hidden = new Float32Array(rank);
  const back = new Float32Array(rank);
  const chances = new Float32Array(outputs);

  /** @param {Int32Array} active @param {number} target */
  const learn = (active, target) => {
    look(adapter, active, hidden, chances);
    const loss = -Math.log(Math.max(chances[target], 1e-12));
    back.fill(0);
    for (let output = 0; output < outputs; output += 1) {
      const error = chances[output] - (output === target ? 1 : 0);
      if (Math.abs(error) < 1e-5) continue;
      for (let index = 0, at = output * rank; index < rank; index += 1, at += 1) {
        back[index] += error * b[at];
        const slope = error * hidden[index];
        squaresB[at] += slope * slope;
        b[at] -= (learningRate * slope) / Math.sqrt(squaresB[at] + 1e-8);
      }
    }
    for (const feature of active) {
      for (let index = 0, at = feature * rank; index < rank; index += 1, at += 1) {
        const slope = back[index];
        squaresA[at] += slope * slope;
        a[at] -= (learningRate * slope) / Math.sqrt(squaresA[at] + 1e-8);
      }
    }
    return loss;
  };

  return {
    /** @param {readonly Row[]} rows */
    epoch(rows) {
      let loss = 0;
      let count = 0;
      for (const row of shuffled(rows, random)) {
        for (const { active, target } of steps(row)) {
          loss += learn(active, target);
          count += 1;
        }
      }
      return loss / count;
    },
  };
}

/** The mean loss over rows, in nats for each byte. @param {Adapter} adapter @param {readonly Row[]} rows */
export function lossOf(adapter, rows) {
  const [hidden, chances] = [new Float32Array(rank), new Float32Array(outputs)];
  let loss = 0;
  let count = 0;
  for (const row of rows) {
    for (const { active, target } of steps(row)) {
      look(adapter, active, hidden, chances);
      loss -= Math.log(Math.max(chances[target], 1e-12));
      count += 1;
    }
  }
  return loss / count;
}

/** The likeliest answer, byte by byte. @param {Adapter} adapter @param {string} question */
export function answer(adapter, question) {
  const [hidden, chances] = [new Float32Array(rank), new Float32Array(outputs)];
  const words = wordsOf(question);
  const said = [];
  while (said.length < longestAnswer) {
    look(adapter, activeFeatures(words, said), hidden, chances);
    const next = chances.indexOf(Math.max(...chances));
    if (next === end) break;
    said.push(next);
  }
  return Buffer.from(said).toString("utf8");
}

/** The files that PEFT writes. @param {string} folder @param {Adapter} adapter @param {string} base */
export function saveAdapter(folder, adapter, base) {
  const config = {
    peft_type: "LORA",
    task_type: "CAUSAL_LM",
    base_model_name_or_path: base,
    r: rank,
    lora_alpha: rank,
    target_modules: ["bytes"],
  };
  const tensors = {
    "base_model.model.bytes.lora_A.weight": {
      shape: [rank, features],
      data: transposed(adapter.a, features, rank),
    },
    "base_model.model.bytes.lora_B.weight": { shape: [outputs, rank], data: adapter.b },
  };
  writeFileSync(join(folder, "adapter_config.json"), JSON.stringify(config, undefined, 2));
  writeFileSync(join(folder, "adapter_model.safetensors"), packTensors(tensors));
}

/** @param {string} folder @returns {Adapter} */
export function loadAdapter(folder) {
  const tensors = unpackTensors(readFileSync(join(folder, "adapter_model.safetensors")));
  return {
    a: transposed(tensors["base_model.model.bytes.lora_A.weight"].data, rank, features),
    b: tensors["base_model.model.bytes.lora_B.weight"].data,
  };
}

/** How likely each output is. */
function look({ a, b }, active, hidden, chances) {
  hidden.fill(0);
  for (const feature of active) {
    for (let index = 0, at = feature * rank; index < rank; index += 1, at += 1) {
      hidden[index] += a[at];
    }
  }
  let highest = -Infinity;
  for (let output = 0; output < outputs; output += 1) {
    let sum = 0;
    for (let index = 0, at = output * rank; index < rank; index += 1, at += 1) {
      sum += hidden[index] * b[at];
    }
    chances[output] = sum;
    highest = Math.max(highest, sum);
  }
  let total = 0;
  for (let output = 0; output < outputs; output += 1) {
    chances[output] = Math.exp(chances[output] - highest);
    total += chances[output];
  }
  for (let output = 0; output < outputs; output += 1) chances[output] /= total;
}

/** Each byte of an answer with what stands before it. */
function* steps({ question, answer: text }) {
  const words = wordsOf(question);
  const bytes = [...Buffer.from(text)];
  for (let at = 0; at <= bytes.length; at += 1) {
    yield { active: activeFeatures(words, bytes.slice(Math.max(0, at - longestContext), at)), target: bytes[at] ?? end };
  }
}

const wordsOf = (question) => question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The last bytes, and each word of the question together with the last three. */
function activeFeatures(words, said) {
  const active = contexts
    .filter((length) => length <= said.length)
    .map((length) => hash(said.slice(-length).join(), length));
  const near = said.slice(-3).join();
  for (const word of words) active.push(hash(`${word} ${near}`, 0));
  return Int32Array.from(active);
}

/** FNV-1a, brought down to the number of features. */
function hash(text, kind) {
  let value = 0x811c9dc5 ^ kind;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value ^ (value >>> 15)) & (features - 1);
}

function transposed(data, rows, columns) {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = data[row * columns + column];
    }
  }
  return turned;
}

function shuffled(rows, random) {
  const order = [...rows];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** Marsaglia's xorshift: the same seed, the same numbers. */
function randomNumbers(seed) {
  let state = seed * 2 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
