/** Whether two words differ by one slip: a letter more, less, changed, or two in the wrong order. */
export function isOneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at++;
  if (left.length > right.length) return left.slice(at + 1) === right.slice(at);
  if (left.length < right.length) return left.slice(at) === right.slice(at + 1);
  const swapped =
    left[at] === right[at + 1] &&
    left[at + 1] === right[at] &&
    left.slice(at + 2) === right.slice(at + 2);
  return swapped || left.slice(at + 1) === right.slice(at + 1);
}
