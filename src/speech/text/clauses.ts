/** The first clause may be short, so that speaking begins early; later ones sound better longer. */
const shortestFirst = 12;
const shortestLater = 24;
/** A text without any mark is cut at a blank after so many characters. */
const longest = 240;

/** The end of a sentence, with closing quotes. */
const sentenceEnd = /[.!?…]["»”)\]]{0,8}\s{1,200}|\n{1,200}/g;
const clauseEnd = /[,;:—][)\]"»”]{0,8}\s{1,200}/g;

/**
 * A text in pieces as whole clauses, each as soon as it is there. A sentence is never held back; a
 * comma ends a clause only when the clause is long enough. Joined, the clauses are the text.
 */
export async function* clauses(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = "";
  let isFirst = true;
  for await (const piece of pieces) {
    waiting += piece;
    for (let cut = firstCut(waiting, isFirst); cut > 0; cut = firstCut(waiting, isFirst)) {
      yield waiting.slice(0, cut);
      waiting = waiting.slice(cut);
      isFirst = false;
    }
  }
  if (waiting.trim() !== "") yield waiting;
}

/** Where the first clause ends; 0 when it is not whole yet. */
function firstCut(text: string, isFirst: boolean): number {
  const sentence = endOf(text, sentenceEnd, 2);
  const clause = endOf(text, clauseEnd, isFirst ? shortestFirst : shortestLater);
  const cuts = [sentence, clause].filter((end) => end > 0);
  if (cuts.length > 0) return Math.min(...cuts);
  return text.length > longest ? text.lastIndexOf(" ", longest) + 1 : 0;
}

/** A blank at the very end may be followed by more blanks, which belong to the same clause. */
function endOf(text: string, pattern: RegExp, shortest: number): number {
  for (const { index, 0: mark } of text.matchAll(pattern)) {
    const end = index + mark.length;
    if (end >= shortest && !isAbbreviation(text.slice(0, index + 1))) return end;
  }
  return 0;
}

/** "e.g. ", "т. е. ", "10. " and single letters do not end a sentence. */
const isAbbreviation = (text: string): boolean =>
  /(?:^|[\s(])(?:\p{L}|\d{1,2}|e\.g|i\.e|etc|vs|dr|mr|mrs|ms|st|no|т\.\s?[ектпд]|др|пр|см|ул|стр|рис|г|гг|им)\.$/iu.test(
    text.slice(-8),
  );
