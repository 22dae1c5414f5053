import { heardFrameSamples, type OpusDecoder, type Speech } from "../../../core/voice.ts";

type Speaker = {
  decoder: OpusDecoder | undefined;
  /** Frames that came before the decoder was ready. */
  readonly early: (Uint8Array | undefined)[];
};

/** Frames of 20 ms kept for a decoder that is still being made. */
const mostEarly = 100;

/** Each person's own Opus decoder: what one says never mixes with another's. */
export class Speakers {
  readonly #openDecoder: Speech["openDecoder"];
  readonly #hear: (userId: string, pcm: Int16Array) => void;
  readonly #speakers = new Map<string, Speaker>();

  constructor(openDecoder: Speech["openDecoder"], hear: (userId: string, pcm: Int16Array) => void) {
    this.#openDecoder = openDecoder;
    this.#hear = hear;
  }

  /** Decoders for these users, and no others. */
  async setPresent(userIds: ReadonlySet<string>): Promise<void> {
    for (const [userId, speaker] of this.#speakers) {
      if (userIds.has(userId)) continue;
      this.#speakers.delete(userId);
      speaker.decoder?.close();
    }
    await Promise.all([...userIds].map((userId) => this.#open(userId)));
  }

  frame(userId: string, frame: Uint8Array | undefined): void {
    const speaker = this.#speakers.get(userId);
    if (speaker?.decoder) this.#decode(userId, speaker.decoder, frame);
    else if (speaker && speaker.early.length < mostEarly) speaker.early.push(frame);
  }

  close(): void {
    for (const { decoder } of this.#speakers.values()) decoder?.close();
    this.#speakers.clear();
  }

  async #open(userId: string): Promise<void> {
    if (this.#speakers.has(userId)) return;
    const speaker: Speaker = { decoder: undefined, early: [] };
    this.#speakers.set(userId, speaker);
    const decoder = await this.#openDecoder();
    if (this.#speakers.get(userId) !== speaker) return decoder.close();
    speaker.decoder = decoder;
    for (const frame of speaker.early.splice(0)) this.#decode(userId, decoder, frame);
  }

  #decode(userId: string, decoder: OpusDecoder, frame: Uint8Array | undefined): void {
    const pcm = frame ? decodeOrConceal(decoder, frame) : decoder.conceal();
    for (let at = 0; at < pcm.length; at += heardFrameSamples) {
      this.#hear(userId, pcm.subarray(at, at + heardFrameSamples));
    }
  }
}

/** A damaged packet is as good as a lost one. */
function decodeOrConceal(decoder: OpusDecoder, frame: Uint8Array): Int16Array {
  try {
    return decoder.decode(frame);
  } catch {
    return decoder.conceal();
  }
}
