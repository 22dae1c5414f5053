import type { AnyCommand } from "./command.ts";
import ask from "./ask.ts";
import correct from "./correct.ts";
import feedback from "./feedback.ts";
import getfile from "./getfile.ts";
import help from "./help.ts";
import hi from "./hi.ts";
import instruction from "./instruction.ts";
import newConversation from "./new.ts";
import persona from "./persona.ts";
import status from "./status.ts";
import teach from "./teach.ts";
import undo from "./undo.ts";
import why from "./why.ts";

/** Every command, in the order help lists them. */
export const commands: readonly AnyCommand[] = [
  hi,
  help,
  instruction,
  ask,
  teach,
  correct,
  feedback,
  undo,
  why,
  newConversation,
  getfile,
  persona,
  status,
];
