import { languageOf, type Language } from "../core/language.ts";

/** How the bot speaks when no language model speaks for it: what its persona says that rules can follow. */
export type Tone = {
  readonly manner: "plain" | "formal" | "playful";
  /** "Mira, the librarian of our makerspace", where the persona begins with who the bot is. */
  readonly self: { readonly text: string; readonly language: Language } | undefined;
  /** What it is called, where the persona gives it a name. */
  readonly name: string | undefined;
  /** The sign that it likes to add. */
  readonly sign: string | undefined;
};

const longestSelf = 160;
const longestRead = 2_000;

const playful =
  /\b(?:playful|funny|witty|cheeky|humou?r\w{0,6}|jok(?:e|es|ing|er)|cheerful|silly|pirate|sarcas\w{1,5})\b|шутл|шути|весел|озорн|юмор|задорн|дерзк|пират|сарказ|игрив/iu;
const formal =
  /\b(?:formal(?:ly)?|official|businesslike|respectful|dignified|solemn|butler|courteous|strict)\b|официальн|делов|строг|учтив|почтительн|церемонн|дворецк|сдержан/iu;
const opening =
  /^(?:you are|you're|your name is|ты|вы|тебя зовут|вас зовут)\s{0,3}[—–-]?\s{0,3}(?=\S)/iu;
/** Words that turn a description into an order. */
const order =
  /\b(?:you|your|must|never|always|answer|who|that)\b|(?<!\p{L})(?:ты|вы|твой|ваш|тебе|вам|всегда|никогда|отвечай|котор\p{L}{1,4})(?!\p{L})/iu;

/** What a persona says about the tone; without one the tone is plain. */
export function toneOf(persona: string | null): Tone {
  const text = (persona ?? "").slice(0, longestRead);
  const self = selfIn(text);
  return {
    manner: formal.test(text) ? "formal" : playful.test(text) ? "playful" : "plain",
    self: self === undefined ? undefined : { text: self, language: languageOf(self, "en") },
    name: self === undefined ? undefined : /^\p{Lu}[\p{L}-]{1,30}(?=$|,| the | —)/u.exec(self)?.[0],
    sign: /\p{Extended_Pictographic}/u.exec(text)?.[0],
  };
}

/** What the bot is called by its persona, as words of small talk. */
export const namesIn = (persona: string | null): readonly string[] => {
  const { name } = toneOf(persona);
  return name === undefined ? [] : [name];
};

/** Who the bot is, in the words of the first sentence: up to where it turns into an order. */
function selfIn(persona: string): string | undefined {
  const sentence = /^[^.!?\n;]{0,400}/u.exec(persona.trim())![0];
  const start = opening.exec(sentence)?.[0];
  if (start === undefined) return undefined;
  const said = sentence.slice(start.length);
  const end = order.exec(said)?.index ?? said.length;
  const self = said.slice(0, end).replace(/[\s,:—–-]{1,20}$/u, "");
  return self === "" || self.length > longestSelf || /\s(?:и|and|to|of|для)$/u.test(self)
    ? undefined
    : self;
}
