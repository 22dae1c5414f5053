import { decodeNamedCharacterReference } from "decode-named-character-reference";

/** A text with its HTML entities (`&amp;`, `&#8212;`) as the characters they stand for. */
export const withoutEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][\dA-Za-z]{1,31}));/g, decoded);

function decoded(
  source: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return spaced(decodeNamedCharacterReference(name) || source);
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  const isCharacter = code > 31 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isCharacter ? spaced(String.fromCodePoint(code)) : source;
}

const spaced = (character: string): string => (character === "\u00a0" ? " " : character);
