/**
 * A text without the characters of a set at its end. Unlike an expression such as `/[/]+$/` it takes
 * time in proportion to what it removes, whatever stands before.
 */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}
