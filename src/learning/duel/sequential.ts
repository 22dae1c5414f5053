/** How a series of choices between two stands. */
export type Standing = {
  readonly verdict: "open" | "first" | "second" | "even";
  /** Valid however often one looks; 1 while nothing speaks against equality. */
  readonly p: number;
};

const significance = 0.05;
/** After so many choices without a winner there is no difference worth more of people's time. */
const mostChoices = 100;

/**
 * A sign test that may be looked at after each choice and stopped at will. The evidence is the
 * likelihood of the choices under every preference alike (a uniform prior), against that under none:
 * `2^n w! l! / (n + 1)!`. It is a martingale when nobody is preferred, so it exceeds 1 / p with
 * probability p at most, at whatever moment one stops (Ville, 1939; Robbins, Ann. Math. Stat. 41, 1970).
 */
export function standingAfter(first: number, second: number): Standing {
  const count = first + second;
  const logEvidence =
    count * Math.LN2 + logFactorial(first) + logFactorial(second) - logFactorial(count + 1);
  const p = Math.min(1, Math.exp(-logEvidence));
  if (p < significance) return { verdict: first > second ? "first" : "second", p };
  return { verdict: count >= mostChoices ? "even" : "open", p };
}

function logFactorial(number: number): number {
  let sum = 0;
  for (let factor = 2; factor <= number; factor += 1) sum += Math.log(factor);
  return sum;
}
