import { randomBytes } from "node:crypto";
import {
  changeMessage,
  messageEvent,
  postMessage,
  react,
  removeMessage,
  storeFiles,
} from "./actions.ts";
import { startCommand, startAutocomplete, type OptionValue } from "./command-use.ts";
import { createAnswers, type InteractionAnswers } from "./interaction-answers.ts";
import { interactionPayload } from "./interaction-payload.ts";
import { forwardPayload, messagePayload, pollPayload } from "./payloads.ts";
import { may } from "./permissions.ts";
import type {
  Channel,
  Component,
  FileGiven,
  Interaction,
  StoredFile,
  StoredMessage,
  User,
  World,
} from "./world.ts";

/** What a message holds beside its words. */
export type Saying = {
  readonly files?: readonly FileGiven[];
  readonly replyTo?: StoredMessage;
  readonly embeds?: readonly object[];
  readonly poll?: { readonly question: string; readonly answers: readonly string[] };
  /** A message of another channel that is passed on. */
  readonly forwards?: StoredMessage;
};

/** Somebody at a Discord client: can do there what people can do, and no more. */
export type Person = {
  readonly user: User;
  says(channel: Channel, text: string, given?: Saying): StoredMessage;
  /** Says something and waits for the first message of the bot in the channel after it. */
  asks(channel: Channel, text: string, given?: Saying): Promise<StoredMessage>;
  edits(message: StoredMessage, text: string): void;
  deletes(message: StoredMessage): void;
  reacts(message: StoredMessage, emoji: string): void;
  unreacts(message: StoredMessage, emoji: string): void;
  /** Uses a slash command; files and texts by the names of its options. */
  slash(
    channel: Channel,
    name: string,
    values?: Readonly<Record<string, OptionValue>>,
  ): InteractionAnswers;
  /** Types into an option of a slash command and gives the choices that come. */
  types(
    channel: Channel,
    name: string,
    option: string,
    text: string,
    values?: Readonly<Record<string, OptionValue>>,
  ): Promise<readonly { name: string; value: string }[]>;
  /** Uses a command of a message's context menu. */
  menu(name: string, message: StoredMessage): InteractionAnswers;
  /** Presses the button with this label or emoji under a message. */
  clicks(message: StoredMessage, label: string): InteractionAnswers;
  /** Sends a custom id that no button has, as a tampered client could. */
  forges(message: StoredMessage, customId: string): InteractionAnswers;
  /** Fills the modal that came, by the labels of its fields, and sends it. */
  fills(
    answers: InteractionAnswers,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<InteractionAnswers>;
};

export type FieldValue = string | boolean | readonly FileGiven[];

export function createPerson(world: World, user: User): Person {
  const say: Person["says"] = (
    channel,
    text,
    { files = [], replyTo, embeds, poll, forwards } = {},
  ) => {
    if (!may(world, user, channel, "ViewChannel"))
      throw new Error(`${user.name} cannot see ${channel.name}`);
    return postMessage(world, channel, user, {
      content: text,
      files,
      ...(embeds && { embeds: [...embeds] }),
      ...(replyTo && { replyTo: replyTo.id, pings: [replyTo.author.id] }),
      ...((poll || forwards) && {
        extra: { ...(poll && pollPayload(poll)), ...(forwards && forwardPayload(world, forwards)) },
      }),
    });
  };
  const use = (
    interaction: Interaction,
    did: string,
    data: object,
    extra: object = {},
  ): InteractionAnswers => {
    world.happenings.tell({
      name: "interaction.begun",
      about: interaction.id,
      channelId: interaction.channelId,
      detail: { user, did },
    });
    const answers = createAnswers(world, interaction);
    world.interactions.set(interaction.token, interaction);
    const channel = world.channels.get(interaction.channelId)!;
    world.dispatch({
      name: "INTERACTION_CREATE",
      data: { ...interactionPayload(world, interaction, channel), ...extra, data },
      ...(channel.guildId !== undefined && { guildId: channel.guildId }),
    });
    return answers;
  };
  const press = (message: StoredMessage, customId: string, label = "?"): InteractionAnswers =>
    use(
      open(world, user, 3, message.channelId, message.id),
      `presses [${label}]`,
      { custom_id: customId, component_type: 2, id: 1 },
      { message: messagePayload(world, message) },
    );

  return {
    user,
    says: say,
    async asks(channel, text, given) {
      const since = world.happenings.last;
      say(channel, text, given);
      return world.happenings.wait(
        ({ name, about }) => {
          if (name !== "MESSAGE_CREATE") return undefined;
          const message = world.messages.get(channel.id)?.get(about);
          return message?.author.id === world.bot.id ? message : undefined;
        },
        { since, what: `an answer to ${JSON.stringify(text.slice(0, 60))}` },
      );
    },
    edits: (message, text) => changeMessage(world, message, { content: text }),
    deletes: (message) => removeMessage(world, message),
    reacts: (message, emoji) => react(world, message, user, emoji, true),
    unreacts: (message, emoji) => react(world, message, user, emoji, false),
    slash(channel, name, values = {}) {
      const interaction = open(world, user, 2, channel.id);
      const given = Object.entries(values).map(
        ([option, value]) => ` ${option}: ${typeof value === "object" ? value.name : value}`,
      );
      const data = startCommand(world, user, channel, name, values);
      return use(interaction, `uses /${name}${given.join("")}`, data);
    },
    async types(channel, name, option, text, values = {}) {
      const interaction = open(world, user, 4, channel.id);
      const answers = use(
        interaction,
        `types into /${name} ${option}: ${text}`,
        startAutocomplete(world, user, channel, name, { option, text, values }),
      );
      return answers.choices();
    },
    menu(name, message) {
      const channel = world.channels.get(message.channelId)!;
      const interaction = open(world, user, 2, channel.id);
      const data = startCommand(world, user, channel, name, {}, 3);
      const target = messageEvent(world, "", message).data;
      return use(interaction, `chooses "${name}" of a message`, {
        ...data,
        target_id: message.id,
        resolved: { messages: { [message.id]: target } },
      });
    },
    clicks(message, label) {
      const button = buttonsOf(message).find(
        (each) => each["label"] === label || (each["emoji"] as { name?: string })?.name === label,
      );
      if (!button) {
        const there = buttonsOf(message).map(
          (each) => each["label"] ?? (each["emoji"] as { name?: string })?.name,
        );
        throw new Error(`There is no button ${label}, only ${there.join(", ") || "none"}`);
      }
      if (button["disabled"] === true) throw new Error(`The button ${label} is switched off`);
      return press(message, String(button["custom_id"]), label);
    },
    forges: (message, customId) => press(message, customId, "forged"),
    async fills(answers, values) {
      const modal = await answers.modal();
      const { interaction } = answers;
      const resolved: Record<string, object> = {};
      const components = filled(world, modal.components, values, resolved);
      const source =
        interaction.messageId === undefined
          ? undefined
          : world.messages.get(interaction.channelId)?.get(interaction.messageId);
      return use(
        open(world, user, 5, interaction.channelId, interaction.messageId),
        `fills "${modal.title}": ${Object.values(values).map(shown).join(" | ")}`,
        {
          custom_id: modal.custom_id,
          components,
          ...(Object.keys(resolved).length > 0 && { resolved: { attachments: resolved } }),
        },
        source ? { message: messagePayload(world, source) } : {},
      );
    },
  };
}

const shown = (value: FieldValue): string =>
  typeof value === "string" ? value : Array.isArray(value) ? "(files)" : value === true ? "☑" : "☐";

/** The buttons under a message. */
export const buttonsOf = ({ components }: StoredMessage): readonly Component[] =>
  components
    .flatMap((row) => (row["components"] ?? []) as Component[])
    .filter(({ type }) => type === 2);

function open(
  world: World,
  user: User,
  type: Interaction["type"],
  channelId: string,
  messageId?: string,
): Interaction {
  return {
    id: world.clock.id(),
    token: randomBytes(48).toString("base64url"),
    type,
    user,
    channelId,
    createdAt: world.clock.now(),
    ...(messageId !== undefined && { messageId }),
    state: "open",
    ephemeral: false,
  };
}

type Modal = Awaited<ReturnType<InteractionAnswers["modal"]>>;

/** The modal's fields as the client sends them back. */
function filled(
  world: World,
  rows: Modal["components"],
  values: Readonly<Record<string, FieldValue>>,
  resolved: Record<string, object>,
): object[] {
  const unused = new Set(Object.keys(values));
  const components = rows
    .filter(({ type }) => type === 18)
    .map((row, at) => {
      const label = String(row["label"]);
      unused.delete(label);
      const component = row["component"] as Component;
      const given = values[label];
      return {
        type: 18,
        id: at * 2 + 1,
        component: { ...fieldValue(world, component, given, label, resolved), id: at * 2 + 2 },
      };
    });
  if (unused.size > 0) throw new Error(`The modal has no field ${[...unused].join(", ")}`);
  return components;
}

function fieldValue(
  world: World,
  component: Component,
  given: FieldValue | undefined,
  label: string,
  resolved: Record<string, object>,
): object {
  const { type, custom_id } = component;
  const needed = component["required"] !== false;
  if (type === 4) {
    const value = given === undefined ? String(component["value"] ?? "") : String(given);
    const [least, most] = [
      Number(component["min_length"] ?? 0),
      Number(component["max_length"] ?? 4_000),
    ];
    if (needed && value === "") throw new Error(`${label} must be filled`);
    if (value !== "" && (value.length < least || value.length > most))
      throw new Error(`${label} takes ${least} to ${most} characters`);
    return { type, custom_id, value };
  }
  if (type === 19) {
    const files: StoredFile[] = storeFiles(world, (given ?? []) as readonly FileGiven[]);
    if (needed && files.length === 0) throw new Error(`${label} needs a file`);
    for (const file of files) resolved[file.id] = attachmentOf(world, file);
    return { type, custom_id, values: files.map(({ id }) => id) };
  }
  if (type === 23)
    return {
      type,
      custom_id,
      value: given === undefined ? component["default"] === true : given === true,
    };
  throw new Error(`The double knows no modal field of type ${type}`);
}

const attachmentOf = (world: World, file: StoredFile): object => ({
  id: file.id,
  filename: file.name,
  size: file.bytes.length,
  url: `${world.origin}/attachments/0/${file.id}/${encodeURIComponent(file.name)}`,
  proxy_url: `${world.origin}/attachments/0/${file.id}/${encodeURIComponent(file.name)}`,
  ...(file.contentType !== undefined && { content_type: file.contentType }),
});
