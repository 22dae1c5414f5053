/** 16-bit samples as -1..1. */
export function asFloat(pcm: Int16Array): Float32Array {
  const samples = new Float32Array(pcm.length);
  for (let index = 0; index < pcm.length; index++) samples[index] = pcm[index]! / 32_768;
  return samples;
}

/** -1..1 as 16-bit samples; louder is cut off. */
export function asInteger(pcm: Float32Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(pcm.length);
  for (let index = 0; index < pcm.length; index++) {
    samples[index] = Math.max(-32_768, Math.min(32_767, Math.round(pcm[index]! * 32_768)));
  }
  return samples;
}
