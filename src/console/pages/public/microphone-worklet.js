// @ts-check
/// <reference lib="webworker" />
/* global AudioWorkletProcessor, registerProcessor */

/** 20 ms at 16 kHz. */
const frameLength = 320;

/** Hands on what the microphone hears, as 16-bit samples in frames of 20 ms. */
class MicrophoneFrames extends AudioWorkletProcessor {
  frame = new Int16Array(frameLength);
  filled = 0;

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    for (const sample of input?.[0] ?? []) {
      this.frame[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.filled < frameLength) continue;
      this.port.postMessage(this.frame.slice());
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor("microphone-frames", MicrophoneFrames);
