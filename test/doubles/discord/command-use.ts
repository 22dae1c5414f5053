import { storeFiles } from "./actions.ts";
import { attachmentPayload } from "./payloads.ts";
import { may, permissionsIn } from "./permissions.ts";
import type { Channel, Command, FileGiven, User, World } from "./world.ts";

export type OptionValue = string | number | boolean | FileGiven;
type Option = {
  readonly name: string;
  readonly type: number;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { value: unknown }[];
  readonly max_length?: number;
};

/**
 * What a client sends for a command, after the checks of a client: the command exists here and may
 * be used, every option exists, has the right type and one of its choices, none needed is missing.
 */
export function startCommand(
  world: World,
  user: User,
  channel: Channel,
  name: string,
  values: Readonly<Record<string, OptionValue>>,
  type = 1,
): object {
  const command = usable(world, user, channel, name, type);
  const declared = optionsOf(command);
  const missing = declared.filter((option) => option.required && values[option.name] === undefined);
  if (missing.length > 0)
    throw new Error(`/${name} needs ${missing.map((each) => each.name).join(", ")}`);
  const attachments: Record<string, object> = {};
  const options = Object.entries(values).map(([key, value]) =>
    optionData(world, channel, command, key, value, attachments),
  );
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId !== undefined && { guild_id: command.guildId }),
    ...(options.length > 0 && { options }),
    ...(Object.keys(attachments).length > 0 && { resolved: { attachments } }),
  };
}

export function startAutocomplete(
  world: World,
  user: User,
  channel: Channel,
  name: string,
  typing: {
    readonly option: string;
    readonly text: string;
    readonly values: Readonly<Record<string, OptionValue>>;
  },
): object {
  const command = usable(world, user, channel, name, 1);
  const option = optionsOf(command).find((each) => each.name === typing.option);
  if (!option?.autocomplete) throw new Error(`/${name} ${typing.option} is not completed`);
  const options = Object.entries(typing.values).map(([key, value]) =>
    optionData(world, channel, command, key, value, {}),
  );
  return {
    id: command.id,
    name,
    type: 1,
    options: [
      ...options,
      { name: option.name, type: option.type, value: typing.text, focused: true },
    ],
  };
}

const optionsOf = (command: Command): readonly Option[] => (command["options"] ?? []) as Option[];

function usable(world: World, user: User, channel: Channel, name: string, type: number): Command {
  const here = channel.guildId === undefined ? [] : (world.commands.get(channel.guildId) ?? []);
  const command = [...here, ...(world.commands.get("global") ?? [])].find(
    (each) => each.name === name && each.type === type,
  );
  if (!command) throw new Error(`There is no command ${name} here`);
  const contexts = command["contexts"] as readonly number[] | undefined;
  if (contexts && !contexts.includes(channel.guildId === undefined ? 1 : 0))
    throw new Error(`${name} is not for this place`);
  if (!may(world, user, channel, "UseApplicationCommands"))
    throw new Error(`${user.name} may use no commands here`);
  const needed = command["default_member_permissions"];
  const mine = permissionsIn(world, user, channel);
  if (typeof needed === "string" && (mine & BigInt(needed)) !== BigInt(needed))
    throw new Error(`${user.name} does not see ${name}`);
  return command;
}

function optionData(
  world: World,
  channel: Channel,
  command: Command,
  name: string,
  value: OptionValue,
  attachments: Record<string, object>,
): object {
  const option = optionsOf(command).find((each) => each.name === name);
  if (!option) throw new Error(`${command.name} has no option ${name}`);
  const { type, choices, max_length: most = 6_000 } = option;
  if (choices && !choices.some((choice) => choice.value === value))
    throw new Error(`${name} cannot be ${String(value)}`);
  if (typeof value === "object") {
    if (type !== 11) throw new Error(`${name} takes no file`);
    const [file] = storeFiles(world, [value]);
    attachments[file!.id] = attachmentPayload(world, channel.id, file!);
    return { name, type, value: file!.id };
  }
  const fits = {
    3: typeof value === "string",
    4: Number.isInteger(value),
    5: typeof value === "boolean",
  }[type];
  if (!fits) throw new Error(`${name} does not take ${String(value)}`);
  if (typeof value === "string" && value.length > most)
    throw new Error(`${name} takes ${most} characters`);
  return { name, type, value };
}
