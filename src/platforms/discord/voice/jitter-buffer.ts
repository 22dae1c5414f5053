/** A frame in its turn, or `undefined` where one was lost. */
export type TakeFrame = (frame: Uint8Array | undefined) => void;

/** Milliseconds a missing packet is waited for; people's networks seldom reorder by more. */
const patience = 60;
/** A longer hole than this many frames is a pause: nothing is waited for or filled in. */
const longestHole = 25;
/** So many frames back, two packets in a row are a new stream. */
const anewFrom = 100;

/**
 * Puts one speaker's packets in the order of their RTP sequence numbers. It adds no delay while they
 * arrive in order; behind a gap it waits up to 60 ms, then reports the hole. Late packets are dropped,
 * unless two in a row show that the numbers began anew (RFC 3550, appendix A.1).
 */
export class JitterBuffer {
  readonly #take: TakeFrame;
  readonly #waiting = new Map<number, Uint8Array>();
  #next: number | undefined;
  /** The number that would follow a packet that came late. */
  #afterLate: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(take: TakeFrame) {
    this.#take = take;
  }

  push(sequence: number, frame: Uint8Array): void {
    const ahead = this.#next === undefined ? Infinity : distance(this.#next, sequence);
    const isLate = ahead < 0 && (ahead > -anewFrom || sequence !== this.#afterLate);
    this.#afterLate = isLate ? following(sequence) : undefined;
    if (isLate) return;
    if (ahead < 0 || ahead > longestHole) {
      this.flush();
      this.#next = sequence;
    }
    this.#waiting.set(sequence, frame);
    this.#drain();
  }

  /** Gives out what waits, holes and all: nobody speaks any more. */
  flush(): void {
    while (this.#waiting.size > 0) this.#skipHole();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #drain(): void {
    for (let frame = this.#pull(); frame; frame = this.#pull()) this.#take(frame);
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#skipHole(), patience);
  }

  #pull(): Uint8Array | undefined {
    const frame = this.#waiting.get(this.#next!);
    if (!frame) return undefined;
    this.#waiting.delete(this.#next!);
    this.#next = following(this.#next!);
    return frame;
  }

  #skipHole(): void {
    while (!this.#waiting.has(this.#next!)) {
      this.#take(undefined);
      this.#next = following(this.#next!);
    }
    this.#drain();
  }
}

const following = (sequence: number): number => (sequence + 1) & 0xffff;

/** How far `to` lies ahead of `from` on the circle of 16-bit numbers: -32768..32767. */
const distance = (from: number, to: number): number => ((to - from + 0x1_8000) & 0xffff) - 0x8000;
