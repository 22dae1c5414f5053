import { hasDot, letterSize } from "./letters.ts";
import { encodePng } from "./png.ts";

export type Colour = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];

/** A picture to draw lines and short texts on. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, background: Colour) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8Array(width * height * 3);
    for (let at = 0; at < this.#pixels.length; at += 3) this.#pixels.set(background, at);
  }

  /** A line through points, with soft edges. */
  line(points: readonly Point[], colour: Colour, thickness: number): void {
    for (let at = 1; at < points.length; at++) {
      this.#segment(points[at - 1]!, points[at]!, colour, thickness / 2);
    }
  }

  dot(at: Point, colour: Colour, radius: number): void {
    this.#segment(at, at, colour, radius);
  }

  /** Writes lower-case letters and digits; `x` and `y` are the upper left corner. */
  text(x: number, y: number, text: string, colour: Colour, scale = 2): void {
    for (const [place, letter] of Array.from(text).entries()) {
      const left = x + place * letterSize.advance * scale;
      for (let column = 0; column < letterSize.width; column++)
        for (let row = 0; row < letterSize.height; row++)
          if (hasDot(letter, column, row))
            this.#square(left + column * scale, y + row * scale, scale, colour);
    }
  }

  png(): Uint8Array {
    return encodePng(this.width, this.height, this.#pixels);
  }

  /** Each pixel by its distance from the segment. */
  #segment([x1, y1]: Point, [x2, y2]: Point, colour: Colour, radius: number): void {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const square = dx * dx + dy * dy;
    const reach = Math.ceil(radius + 1);
    for (let y = Math.floor(Math.min(y1, y2) - reach); y <= Math.max(y1, y2) + reach; y++)
      for (let x = Math.floor(Math.min(x1, x2) - reach); x <= Math.max(x1, x2) + reach; x++) {
        const along = square === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / square;
        const nearest = Math.min(1, Math.max(0, along));
        const distance = Math.hypot(x - x1 - nearest * dx, y - y1 - nearest * dy);
        const cover = Math.min(1, radius + 0.5 - distance);
        if (cover > 0) this.#blend(x, y, colour, cover);
      }
  }

  #square(left: number, top: number, size: number, colour: Colour): void {
    for (let y = top; y < top + size; y++)
      for (let x = left; x < left + size; x++) this.#blend(x, y, colour, 1);
  }

  #blend(x: number, y: number, colour: Colour, share: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 3;
    for (const [channel, value] of colour.entries()) {
      const before = this.#pixels[at + channel]!;
      this.#pixels[at + channel] = Math.round(before + (value - before) * share);
    }
  }
}

/** How wide a text becomes, in pixels. */
export const textWidth = (text: string, scale = 2): number =>
  Array.from(text).length * letterSize.advance * scale;
