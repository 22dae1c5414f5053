/** A text as it fits on one line of a list: at most `length` characters, none of them cut in half. */
export function shorten(text: string, length = 80): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const characters = [...new Intl.Segmenter().segment(line.slice(0, length * 8))];
  if (characters.length <= length && line.length <= length * 8) return line;
  return `${characters
    .slice(0, length - 1)
    .map(({ segment }) => segment)
    .join("")}…`;
}
