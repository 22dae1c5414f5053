import { htmlPieces } from "./office/html.ts";
import type { Piece } from "./office/pieces.ts";

/** Longer texts are too long for an answer, whatever is left of them. */
const longest = 500_000;

/** Whether a text is written in HTML as a whole, as help centers export their articles. */
const isMarkup = (text: string): boolean =>
  /^\s{0,99}<(?:p|div|h[1-6]|ul|ol|table|section|article|span|br|html|!doctype)[\s>/]/i.test(
    text,
  ) && text.trimEnd().endsWith(">");

/** What a text in HTML says; any other text as it is. */
export function withoutMarkup(text: string): string {
  if (text.length > longest || !isMarkup(text)) return text;
  const { pieces } = htmlPieces(text, { spend: () => {} });
  return pieces.reduce((said, piece, at) => said + gapBefore(pieces, at) + words(piece), "").trim();
}

const gapBefore = (pieces: readonly Piece[], at: number): string =>
  pieces[at]?.kind === "item" && pieces[at - 1]?.kind === "item" ? "\n" : "\n\n";

function words(piece: Piece): string {
  switch (piece.kind) {
    case "table":
      return piece.rows.map((row) => row.join(" | ")).join("\n");
    case "item":
      return `${"  ".repeat(piece.depth)}${piece.mark} ${piece.text}`;
    case "code":
      return `\`\`\`\n${piece.text}\n\`\`\``;
    case "close":
      return "";
    default:
      return piece.text;
  }
}
