import assert from "node:assert/strict";

/**
 * What was kept of a cut answer is what the person heard. A word that was cut within its last sound
 * may be understood although it was not played to its end: then the person has that one word more.
 */
export function assertHeard(kept: string | null | undefined, heard: string): void {
  const words = heard.split(" ");
  const allowed = [heard, words.slice(0, -1).join(" ")];
  assert.ok(allowed.includes(kept ?? ""), `kept «${kept}», heard «${heard}»`);
}
