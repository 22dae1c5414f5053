/** A packet in its turn, or `undefined` where one was lost. */
export type TakePacket<Packet> = (packet: Packet | undefined) => void;

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
export class JitterBuffer<Packet extends Uint8Array = Uint8Array> {
  readonly #take: TakePacket<Packet>;
  readonly #waiting = new Map<number, Packet>();
  #next: number | undefined;
  /** The number that would follow a packet that came late. */
  #afterLate: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastLook: NodeJS.Immediate | undefined;

  constructor(take: TakePacket<Packet>) {
    this.#take = take;
  }

  push(sequence: number, frame: Packet): void {
    const ahead = this.#next === undefined ? Infinity : distance(this.#next, sequence);
    const isLate = ahead < 0 && (ahead > -anewFrom || sequence !== this.#afterLate);
    this.#afterLate = isLate ? following(sequence) : undefined;
    if (isLate) return;
    if (ahead < 0 || ahead > longestHole) {
      this.#giveUp();
      this.#next = sequence;
    }
    this.#waiting.set(sequence, frame);
    this.#drain();
  }

  close(): void {
    this.#stopWaiting();
    this.#waiting.clear();
  }

  /** Gives out what waits, holes and all. */
  #giveUp(): void {
    while (this.#waiting.size > 0) this.#skipHole();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#lastLook);
  }

  #drain(): void {
    for (let frame = this.#pull(); frame; frame = this.#pull()) this.#take(frame);
    this.#stopWaiting();
    if (this.#waiting.size === 0) return;
    // Where the process was held up, what is missing may wait to be read: after the timers it is.
    this.#timer = setTimeout(() => {
      this.#lastLook = setImmediate(() => this.#skipHole());
    }, patience);
  }

  #pull(): Packet | undefined {
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
