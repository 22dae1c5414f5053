import { questionId, type Message } from "../core/message.ts";
import { consider, type ConsiderParts } from "./consider.ts";
import { questionsApart } from "./questions-in.ts";
import { namesIn } from "./tone.ts";
import { understand } from "./understand.ts";

/**
 * The questions of a message, each as a message of its own and in order: where it puts several and
 * something different is known of them. Else the message itself.
 */
export type QuestionsOf = (message: Message) => Promise<readonly Message[]>;

export const createQuestionsOf =
  (parts: ConsiderParts): QuestionsOf =>
  async (message) => {
    const { workspace, text, via } = message;
    // What was said aloud is answered aloud, in one go.
    if (via === "voice") return [message];
    const { persona } = await parts.workspaces.settings(workspace);
    const names = namesIn(persona);
    const apart = questionsApart(text, names);
    if (apart.length < 2) return [message];
    const { recollection, model } = await consider(parts, message, { isAhead: true });
    if (recollection.tier === "exact" || recollection.isTaughtUnknown) return [message];
    const { recollect } = await parts.answers.of(workspace);
    let before: string | undefined;
    const answers = apart.map((question) => {
      const understood = understand({ text: question, recollect, before, names });
      before = understood.question;
      const { answer, answerId } = understood.recollection;
      return answerId ?? answer;
    });
    const known = answers.filter((answer) => answer !== null);
    const isEachItsOwn = new Set(known).size === known.length;
    // A language model can say what it knows of the rest in one answer.
    const least = model ? answers.length : 1;
    if (!isEachItsOwn || known.length < least) return [message];
    return apart.map((question, place) => ({
      ...message,
      id: questionId(message.id, place),
      text: question,
      partOf: message.id,
      ...(place > 0 && { files: [], quoted: [] }),
    }));
  };
