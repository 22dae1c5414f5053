import {
  ApplicationCommandType,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import { ApprenticeError } from "../../core/errors.ts";
import { say } from "../../texts/say.ts";
import type { TextKey } from "../../texts/en.ts";
import type { KeptCall } from "./parts.ts";

type Target = { readonly id: string; readonly content: string };
type Menu = { readonly name: TextKey; call(target: Target): KeptCall };

/** Of a message that is shown in a window, as far as a window takes it. */
const longestShown = 4_000;

/** What can be done with a message from its context menu. */
const menus: readonly Menu[] = [
  {
    name: "menu.correct",
    call: ({ id }) => ({ name: "correct", values: { turn: id }, asks: "correction" }),
  },
  {
    name: "menu.good",
    call: ({ id }) => ({ name: "feedback", values: { rating: "good", turn: id } }),
  },
  {
    name: "menu.bad",
    call: ({ id }) => ({ name: "feedback", values: { rating: "bad", turn: id } }),
  },
  { name: "menu.why", call: ({ id }) => ({ name: "why", values: { turn: id } }) },
  {
    name: "menu.teach",
    call: ({ content }) => ({
      name: "teach",
      // A question is what is asked, anything else is what is to be answered.
      values: {
        [content.trimEnd().endsWith("?") ? "prompt" : "answer"]: content.slice(0, longestShown),
      },
      asks: "answer",
    }),
  },
];

export const menuJson = (): RESTPostAPIContextMenuApplicationCommandsJSONBody[] =>
  menus.map(({ name }) => ({
    type: ApplicationCommandType.Message,
    name: say("en", name),
    name_localizations: { ru: say("ru", name) },
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  }));

/** What a chosen menu entry calls. Throws `button-unknown` for one of an older version. */
export function menuCall(interaction: MessageContextMenuCommandInteraction): KeptCall {
  const menu = menus.find(({ name }) => say("en", name) === interaction.commandName);
  if (!menu) throw new ApprenticeError("button-unknown");
  return menu.call(interaction.targetMessage);
}
