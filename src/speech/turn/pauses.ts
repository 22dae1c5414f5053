/** Learns how long one person pauses in the middle of what they say. */
export type Pauses = {
  /** They went on after so many milliseconds of silence. */
  wentOn(pause: number): void;
  /** After how many milliseconds of silence they have finished, going by their last words. */
  delay(lastWords: string): number;
};

/** Weight of the newest pause in the moving average. */
const weight = 0.3;
/** Somebody has finished when they are silent for this many of their usual pauses. */
const usualPauses = 2;
/** Shorter silences lie between words and are no pauses. */
const shortestCounted = 100;

/**
 * A person who pauses long is waited for longer (an exponential moving average of their own
 * pauses), between `shortest` and `longest`; so is one whose last word cannot end a sentence.
 */
export function createPauses(shortest: number, longest: number): Pauses {
  let usual = shortest / usualPauses;
  return {
    wentOn(pause) {
      if (pause >= shortestCounted) usual += (Math.min(pause, longest) - usual) * weight;
    },
    delay: (lastWords) =>
      isUnfinished(lastWords)
        ? longest
        : Math.min(longest, Math.max(shortest, usual * usualPauses)),
  };
}

/** Whether a text ends with a word that asks for another. */
const isUnfinished = (text: string): boolean =>
  /(?:^|\s)(?:и|а|но|или|что|чтобы|если|когда|потому что|который|для|в|на|с|к|о|по|and|or|but|because|that|if|when|the|a|an|to|of|for|with|my|your)[,…]?\s*$|[,:—]\s*$/iu.test(
    text,
  );
