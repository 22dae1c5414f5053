import type { Answer } from "../core/answer.ts";
import { languageOf } from "../core/language.ts";
import type { PlatformName } from "../core/message.ts";
import { prefixOn } from "../core/prefix.ts";
import type { Recollect, Recollection } from "../learning/recall/recall.ts";
import { say, type Voice } from "../texts/say.ts";
import { smallTalkIn, wordingsOf, type SmallTalk } from "./small-talk.ts";
import { namesIn, toneOf } from "./tone.ts";

/** What stands before the version of recall where small talk was answered by rule. */
const answerer = "small-talk";

/** Whether an answer was small talk, by its model version. */
export const isSmallTalk = ({ modelVersion }: Pick<Answer, "modelVersion">): boolean =>
  modelVersion.startsWith(`${answerer}+`);

export type SmallTalkAsked = {
  readonly text: string;
  readonly voice: Voice;
  readonly persona: string | null;
  readonly platform: PlatformName;
  /** Of commands in messages here. */
  readonly prefix: string;
  readonly recollect: Recollect;
  readonly recallVersion: string;
};

/**
 * What small talk gets: the answer that a community taught to it or to another way of saying the same,
 * else a few words in the persona's tone. `undefined`: the message is no small talk.
 */
export function smallTalkAnswer(
  asked: SmallTalkAsked,
): { readonly taught: Recollection } | { readonly own: Omit<Answer, "turnId"> } | undefined {
  const names = namesIn(asked.persona);
  const talk = smallTalkIn(asked.text, names);
  if (!talk) return undefined;
  const taught = taughtTo(asked, talk, names);
  return taught ? { taught } : { own: ownAnswer(asked, talk) };
}

/**
 * What was taught decides where it is about this very text, or about small talk: an answer to a real
 * question that only sounds alike is none to a greeting.
 */
function taughtTo(
  { text, recollect }: SmallTalkAsked,
  { kind }: SmallTalk,
  names: readonly string[],
): Recollection | undefined {
  const recollection = recollect(text, { hints: true });
  if (recollection.tier === "exact" || recollection.isTaughtUnknown) return recollection;
  if (recollection.answer !== null) {
    const behind = recollection.hints.find(
      ({ exampleId }) => exampleId === recollection.exampleIds[0],
    );
    if (behind && smallTalkIn(behind.prompt, names)) return recollection;
  }
  const language = languageOf(text, "en");
  return wordingsOf(kind)
    .toSorted((one, other) => Number(isIn(language, other)) - Number(isIn(language, one)))
    .map((wording) => recollect(wording, { hints: false }))
    .find(({ tier, answer }) => tier === "exact" && answer !== null);
}

const isIn = (language: string, text: string): boolean => languageOf(text, "en") === language;

function ownAnswer(
  { voice, persona, platform, prefix, recallVersion }: SmallTalkAsked,
  { kind, greets }: SmallTalk,
): Omit<Answer, "turnId"> {
  const { manner, self, sign } = toneOf(persona);
  const language = voice === "classic" ? "en" : voice;
  const blanks = {
    self: self?.language === language ? self.text : "Apprentice",
    prefix: prefixOn(platform, prefix),
  };
  const said = say(voice, `talk.${kind}.${manner}`, blanks);
  const hello = greets ? `${say(voice, `talk.hello.${manner}`)} ` : "";
  return {
    text: `${hello}${said}${sign === undefined || kind === "swearing" ? "" : ` ${sign}`}`,
    known: true,
    tier: "none",
    score: 0,
    exampleIds: [],
    modelVersion: `${answerer}+${recallVersion}`,
    suggestions: [],
  };
}
