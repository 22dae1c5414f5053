import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandBasicOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import { say } from "../../texts/say.ts";
import type { TextKey } from "../../texts/en.ts";
import { menuJson } from "./menus.ts";
import type { SlashForm } from "./parts.ts";
import { russianNames } from "../../texts/command-names.ts";

/** Discord's limit of a description, in characters. */
const longestAbout = 100;
/** How many files one slash command offers to take. */
const filesPerCommand = 5;

/** Everything that is registered: a slash command for each form, and the message menus. */
export const commandsJson = (forms: readonly SlashForm[]) => [
  ...forms.map(commandJson),
  ...menuJson(),
];

/** A command as Discord takes it, in English and Russian; needed options come first. */
function commandJson(form: SlashForm): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const options = Object.entries(form.options).flatMap(([name, option]) =>
    optionJson(name, option),
  );
  const name = russianNames[form.name];
  return {
    type: ApplicationCommandType.ChatInput,
    name: form.name,
    ...(name && { name_localizations: { ru: name } }),
    ...described(form.about),
    options: options.toSorted((left, right) => Number(right.required) - Number(left.required)),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    // Trainers are known by roles of our own; only what is for admins is hidden from everybody else.
    ...(form.needs === "admin" && {
      default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    }),
  };
}

type Option = SlashForm["options"][string];

function optionJson(name: string, option: Option): APIApplicationCommandBasicOption[] {
  const common = { name, ...described(option.about), required: option.optional !== true };
  switch (option.type) {
    case "integer":
      return [{ ...common, type: ApplicationCommandOptionType.Integer }];
    case "flag":
      return [{ ...common, type: ApplicationCommandOptionType.Boolean }];
    case "choice": {
      const choices = (option.choices ?? []).map((choice) => ({ name: choice, value: choice }));
      return [{ ...common, type: ApplicationCommandOptionType.String, choices }];
    }
    case "files":
      return Array.from({ length: filesPerCommand }, (_, at) => ({
        ...common,
        name: at === 0 ? "file" : `file${at + 1}`,
        type: ApplicationCommandOptionType.Attachment,
        required: common.required && at === 0,
      }));
    default:
      return [
        option.suggest === undefined
          ? { ...common, type: ApplicationCommandOptionType.String }
          : { ...common, type: ApplicationCommandOptionType.String, autocomplete: true },
      ];
  }
}

const described = (about: TextKey) => ({
  description: cut(say("en", about)),
  description_localizations: { ru: cut(say("ru", about)) },
});

const cut = (words: string): string =>
  words.length <= longestAbout ? words : `${words.slice(0, longestAbout - 1)}…`;
