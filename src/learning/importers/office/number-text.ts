import { format, isDateFormat, isPercentFormat } from "numfmt";

/** The formats that a workbook need not write down, by their numbers (ECMA-376, 18.8.30). */
const builtIn: Readonly<Record<number, string>> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  // 14 and 22 look different for each reader; this way round nobody takes the month for the day.
  14: "yyyy-mm-dd",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-mm-dd h:mm",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
};

/** The pattern of a format by its number, e.g. `0.00`. */
export const patternOf = (id: number, own: ReadonlyMap<number, string>): string | undefined =>
  own.get(id) ?? builtIn[id];

/**
 * A number as its cell shows it: dates and times by their format, and other numbers too as long as
 * the format keeps every digit; else with all of them.
 */
export function numberText(source: string, pattern: string | undefined, is1904: boolean): string {
  const value = Number(source);
  const plain = plainNumber(source, value);
  if (pattern === undefined || !Number.isFinite(value)) return plain;
  try {
    if (isDateFormat(pattern)) return format(pattern, value + (is1904 ? 1_462 : 0)).trim();
    const shown = format(pattern, value).trim();
    const exact = isPercentFormat(pattern) ? plainNumber("", value * 100) : plain;
    return digitsOf(shown) === digitsOf(exact) ? shown : plain;
  } catch {
    // A format that no program knows says nothing about the number.
    return plain;
  }
}

/** Without the noise of binary fractions (`0.30000000000000004`) and without an exponent. */
function plainNumber(source: string, value: number): string {
  if (!Number.isFinite(value) || /^-?\d{1,15}$/.test(source)) return source;
  const short = Number(value.toPrecision(15));
  const text = String(short);
  return text.includes("e") ? withoutExponent(short, text) : text;
}

function withoutExponent(value: number, text: string): string {
  if (Math.abs(value) >= 1) return BigInt(Math.round(value)).toString();
  return Math.abs(value) < 1e-15 ? text : value.toFixed(20).replace(/0{1,20}$/, "");
}

/** The digits that count: without signs, groups and the zeros at both ends. */
function digitsOf(text: string): string {
  const digits = text.replaceAll(/[^\d]/g, "");
  let [start, end] = [0, digits.length];
  while (digits[start] === "0") start += 1;
  while (end > start && digits[end - 1] === "0") end -= 1;
  return digits.slice(start, end);
}
