import type { JobEvent } from "../../../core/job.ts";
import { axisFor, linear, shortNumber, type Axis } from "./axis.ts";
import { Canvas, textWidth, type Colour, type Point } from "./canvas.ts";

/** One measured value over the steps of a training. */
export type Series = { readonly name: string; readonly points: readonly Point[] };

const size = { width: 960, height: 480 } as const;
const margin = { left: 92, right: 72, top: 56, bottom: 48 } as const;
const background: Colour = [255, 255, 255];
const ink: Colour = [70, 78, 84];
const grid: Colour = [226, 230, 232];
/** Told apart also by those who see no red or green (Okabe and Ito, 2008). */
const colours: readonly Colour[] = [
  [0, 114, 178],
  [230, 120, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 140, 200],
  [190, 150, 0],
  [213, 94, 0],
  [90, 90, 90],
];
const mostSeries = colours.length;

/** What a job measured, by name, in the order in which it came up. */
export function seriesOf(events: readonly JobEvent[]): readonly Series[] {
  const series = new Map<string, Point[]>();
  for (const event of events) {
    if (event.kind !== "metric") continue;
    for (const [name, value] of Object.entries(event.values)) {
      const points = series.get(name) ?? [];
      series.set(name, points);
      points.push([event.step, value]);
    }
  }
  return [...series].map(([name, points]) => ({ name, points }));
}

export const isLoss = ({ name }: Pick<Series, "name">): boolean => /loss/i.test(name);
export const isShare = ({ name }: Pick<Series, "name">): boolean => /accurac/i.test(name);

/**
 * The losses of a training over its steps, and on the right axis its accuracies, as a PNG file.
 * `undefined` when no loss was measured.
 */
export function lossCurve(events: readonly JobEvent[]): Uint8Array | undefined {
  const all = seriesOf(events);
  const losses = all.filter(isLoss);
  if (losses.length === 0) return undefined;
  const shares = all.filter(isShare);
  const shown = [...losses, ...shares].slice(0, mostSeries);
  const steps = shown.flatMap(({ points }) => points.map(([step]) => step));
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const across = linear(first, Math.max(last, first + 1));
  const up = axisFor(losses.flatMap(({ points }) => points.map(([, value]) => value)));
  const share = linear(0, 1);
  const canvas = new Canvas(size.width, size.height, background);
  drawGrid(canvas, across, up, shares.length > 0 ? share : undefined);
  for (const [place, series] of shown.entries()) {
    const axis = isShare(series) ? share : up;
    drawSeries(canvas, series, across, axis, colours[place]!);
  }
  drawLegend(
    canvas,
    shown.map(({ name }) => name),
  );
  return canvas.png();
}

const xOf = (share: number): number =>
  margin.left + share * (size.width - margin.left - margin.right);
const yOf = (share: number): number =>
  size.height - margin.bottom - share * (size.height - margin.top - margin.bottom);

function drawGrid(canvas: Canvas, across: Axis, up: Axis, share: Axis | undefined): void {
  for (const tick of up.ticks) {
    const y = Math.round(yOf(up.place(tick)));
    canvas.line(
      [
        [xOf(0), y],
        [xOf(1), y],
      ],
      grid,
      1,
    );
    const text = shortNumber(tick);
    canvas.text(margin.left - 10 - textWidth(text), y - 7, text, ink);
  }
  for (const tick of share?.ticks ?? []) {
    const text = `${Math.round(tick * 100)}%`;
    canvas.text(size.width - margin.right + 10, Math.round(yOf(tick)) - 7, text, ink);
  }
  for (const tick of across.ticks.filter(Number.isInteger)) {
    const text = shortNumber(tick);
    const x = Math.round(xOf(across.place(tick)) - textWidth(text) / 2);
    canvas.text(x, size.height - margin.bottom + 14, text, ink);
  }
  canvas.line(
    [
      [xOf(0), yOf(1)],
      [xOf(0), yOf(0)],
      [xOf(1), yOf(0)],
    ],
    ink,
    1.5,
  );
}

function drawSeries(
  canvas: Canvas,
  { points }: Series,
  across: Axis,
  axis: Axis,
  colour: Colour,
): void {
  const placed = points.map(([step, value]): Point => [
    xOf(across.place(step)),
    yOf(axis.place(value)),
  ]);
  canvas.line(placed, colour, 3);
  if (placed.length <= 60) for (const point of placed) canvas.dot(point, colour, 4);
}

function drawLegend(canvas: Canvas, names: readonly string[]): void {
  let x: number = margin.left;
  let y = 10;
  for (const [place, name] of names.entries()) {
    const text = name.toLowerCase().slice(0, 28);
    const width = 34 + textWidth(text) + 18;
    if (x + width > size.width) {
      x = margin.left;
      y += 20;
    }
    canvas.line(
      [
        [x, y + 7],
        [x + 24, y + 7],
      ],
      colours[place]!,
      4,
    );
    canvas.text(x + 32, y, text, ink);
    x += width;
  }
}
