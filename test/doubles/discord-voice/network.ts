/** What goes wrong between two ends, as shares of packets (0..1). */
export type NetworkFaults = {
  readonly loss?: number;
  /** Arrive after the packet behind them. */
  readonly reorder?: number;
  /** Carry RTP padding. */
  readonly padding?: number;
  /** Each packet is up to so many milliseconds late; the order stays. */
  readonly jitter?: number;
};

/** A packet that is overtaken arrives this many milliseconds late: after the next, before the third. */
const overtakenBy = 25;

/** The way packets take, with its faults; chance comes from `seed`, so a run can be repeated. */
export class Network {
  readonly #faults: NetworkFaults;
  readonly #timers = new Set<NodeJS.Timeout>();
  #state: number;
  readonly #dueOf = new Map<string, number>();

  constructor(faults: NetworkFaults, seed = 1) {
    this.#faults = faults;
    this.#state = seed;
  }

  /** Bytes of padding that the next packet carries. */
  padding(): number {
    return this.#happens(this.#faults.padding) ? 1 + Math.floor(this.#random() * 12) : 0;
  }

  /** Calls `arrive` when a packet on `path` reaches the other end, if it ever does. */
  carry(path: string, arrive: () => void): void {
    if (this.#happens(this.#faults.loss)) return;
    if (this.#happens(this.#faults.reorder)) return this.#later(overtakenBy, arrive);
    const { jitter = 0 } = this.#faults;
    if (jitter === 0) return arrive();
    const now = performance.now();
    const due = Math.max(this.#dueOf.get(path) ?? 0, now + this.#random() * jitter);
    this.#dueOf.set(path, due);
    this.#later(due - now, arrive);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #later(milliseconds: number, arrive: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      arrive();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #happens(share = 0): boolean {
    return share > 0 && this.#random() < share;
  }

  /** A linear congruential generator with the constants of Numerical Recipes. */
  #random(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
