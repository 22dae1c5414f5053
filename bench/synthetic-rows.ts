import { seededRandom } from "../src/learning/recall/random.ts";

const syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");
const openings =
  "how do i|can you|please|i want to|what is the|tell me about|where can i|is it possible to|i need help with|could you".split(
    "|",
  );
/** Words that are common to all questions, the first ones much more common than the last. */
const commonWords = 4_000;
const topicWords = 9;

/**
 * Questions in made-up words, as many for each answer: a usual opening, some of the answer's own
 * words, and common words by Zipf's law. About as long, as varied and as hard as questions to a help
 * desk, and free of anybody's words.
 */
export function* syntheticRows(
  count: number,
  answers: number,
  seed = 1,
): Generator<{ prompt: string; answer: string }> {
  const random = seededRandom(seed);
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables, random)).join("");
  const vocabulary = Array.from({ length: commonWords }, word);
  const topics = Array.from({ length: answers }, () => Array.from({ length: topicWords }, word));
  const common = (): string => vocabulary[Math.floor(commonWords ** random()) - 1]!;
  for (let row = 0; row < count; row++) {
    const answer = row % answers;
    const own = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      pick(topics[answer]!, random),
    );
    const others = Array.from({ length: 1 + Math.floor(random() * 4) }, common);
    const middle = [...own, ...others].toSorted(() => random() - 0.5);
    yield {
      prompt: [pick(openings, random), ...middle].join(" "),
      answer: `This is answer ${answer}.`,
    };
  }
}

const pick = (list: readonly string[], random: () => number): string =>
  list[Math.floor(random() * list.length)]!;
