/** The rate at which the server hears. */
const rate = 16_000;

/** What the microphone hears, in frames of 20 ms. */
export type Microphone = { mute(muted: boolean): void; close(): Promise<void> };

/** Asks for the microphone. Rejects when the person or the browser refuses it. */
export async function openMicrophone(hear: (frame: Int16Array) => void): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
  });
  const context = new AudioContext({ sampleRate: rate });
  let isMuted = false;
  try {
    await context.audioWorklet.addModule("/microphone-worklet.js");
    const node = new AudioWorkletNode(context, "microphone-frames", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Int16Array>) => {
      if (!isMuted) hear(data);
    };
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
  } catch (thrown) {
    await end();
    throw thrown;
  }
  async function end(): Promise<void> {
    for (const track of stream.getTracks()) track.stop();
    await context.close();
  }
  return {
    mute(muted) {
      isMuted = muted;
    },
    close: end,
  };
}
