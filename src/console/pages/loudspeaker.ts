import { pageLead } from "../../core/voice-line.ts";

/** What the bot's voice is sent as: samples per second. */
const rate = 48_000;
/** Frames come by network: they are played so much later, in seconds. */
const ahead = pageLead / 1_000;

/** Plays the bot's voice, frame after frame. */
export type Loudspeaker = {
  /** 16-bit samples. */
  play(samples: Int16Array): void;
  /** Falls silent at once. */
  stop(): void;
  close(): Promise<void>;
};

export async function openLoudspeaker(): Promise<Loudspeaker> {
  const context = new AudioContext({ sampleRate: rate });
  await context.resume();
  const playing = new Set<AudioBufferSourceNode>();
  let next = 0;
  return {
    play(samples) {
      const buffer = context.createBuffer(1, samples.length, rate);
      buffer.copyToChannel(
        Float32Array.from(samples, (sample) => sample / 32_768),
        0,
      );
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      source.onended = () => playing.delete(source);
      if (next < context.currentTime) next = context.currentTime + ahead;
      source.start(next);
      playing.add(source);
      next += buffer.duration;
    },
    stop() {
      for (const source of playing) source.stop();
      playing.clear();
      next = 0;
    },
    close: () => context.close(),
  };
}
