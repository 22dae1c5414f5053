/** A scale from values to shares of an axis, 0..1, with the values to write beside it. */
export type Axis = { place(value: number): number; readonly ticks: readonly number[] };

/** Losses that fall by more than this are shown on a logarithmic scale. */
const wideRange = 20;
const fewTicks = 5;

/** An axis that holds all values; logarithmic where they span a wide range. */
export function axisFor(values: readonly number[]): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least > 0 && most / least > wideRange) return logarithmic(least, most);
  const low = least >= 0 && least < most / 2 ? 0 : least;
  return linear(low, most > low ? most : low + 1);
}

export function linear(low: number, high: number): Axis {
  const step = niceStep((high - low) / fewTicks);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step)
    ticks.push(tick);
  return { place: (value) => (value - low) / (high - low), ticks };
}

function logarithmic(least: number, most: number): Axis {
  const [low, high] = [Math.log10(least), Math.log10(most)];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const digit of high - low > 3 ? [1] : [1, 3])
      if (digit * 10 ** power >= least && digit * 10 ** power <= most)
        ticks.push(digit * 10 ** power);
  return {
    place: (value) => (Math.log10(Math.max(value, least)) - low) / (high - low),
    ticks,
  };
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = rough / power;
  return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
}

/** A number as short as it can be read. */
export const shortNumber = (value: number): string => {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e5 || (rounded !== 0 && Math.abs(rounded) < 1e-3)
    ? rounded.toExponential(0).replace("e+", "e")
    : String(rounded);
};
