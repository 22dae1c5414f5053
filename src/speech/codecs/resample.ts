/** Changes the sample rate of a stream of sound; pieces may have any length. */
export type Resampler = {
  push(pcm: Float32Array): Float32Array;
  /** What is still inside, after the last piece. */
  flush(): Float32Array;
};

/** Filter taps on each side of a sample, at the lower of the two rates. */
const reach = 10;
/** How much of the lower rate's band passes. */
const passBand = 0.92;

/**
 * A polyphase low-pass filter (windowed sinc, Blackman window; Smith, Digital Audio Resampling,
 * 2002) for any two whole rates. It delays nothing: output sample 0 lies on input sample 0.
 */
export function createResampler(from: number, to: number): Resampler {
  if (from === to) return { push: (pcm) => pcm, flush: () => new Float32Array(0) };
  const divisor = greatestCommonDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const side = Math.ceil(reach * Math.max(1, from / to));
  const phases = filterPhases(up, side, Math.min(1, to / from) * passBand);
  let buffer = new Float32Array(side);
  /** The next output sample, in units of 1/up input samples from the start of `buffer`. */
  let position = side * up;

  const push = (pcm: Float32Array): Float32Array => {
    const input = new Float32Array(buffer.length + pcm.length);
    input.set(buffer);
    input.set(pcm, buffer.length);
    const available = (input.length - side) * up;
    const output = new Float32Array(Math.max(0, Math.ceil((available - position) / down)));
    for (let index = 0; index < output.length; index++) {
      const at = Math.floor(position / up);
      const taps = phases[position % up]!;
      let from = at - side + 1;
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * input[from++]!;
      output[index] = sum;
      position += down;
    }
    const unneeded = Math.min(Math.max(0, Math.floor(position / up) - side), input.length);
    buffer = input.slice(unneeded);
    position -= unneeded * up;
    return output;
  };
  return { push, flush: () => push(new Float32Array(side)) };
}

/** For each place between two input samples, the weights of the `2 * side` samples around it. */
function filterPhases(up: number, side: number, cutoff: number): Float32Array[] {
  return Array.from({ length: up }, (_, phase) => {
    const taps = Float32Array.from({ length: 2 * side }, (_weight, tap) => {
      const distance = tap - side + 1 - phase / up;
      return sinc(distance * cutoff) * blackman(distance / side);
    });
    const sum = taps.reduce((total, weight) => total + weight, 0);
    return taps.map((weight) => weight / sum);
  });
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The Blackman window over -1..1. */
const blackman = (x: number): number =>
  Math.abs(x) >= 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
