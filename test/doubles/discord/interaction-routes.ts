import {
  changeMessage,
  postMessage,
  removeMessage,
  wantedMessage,
  type NewMessage,
} from "./actions.ts";
import { choiceProblems, messageProblems, modalProblems } from "./guards.ts";
import { messageChange, newMessage } from "./message-body.ts";
import { messagePayload } from "./payloads.ts";
import { refusals } from "./refusal.ts";
import { done, found, route, type Call, type Fields, type Result, type Route } from "./routes.ts";
import { messageIn, type Interaction, type StoredMessage } from "./world.ts";

/** An interaction must be acknowledged within three seconds, and can be answered for 15 minutes. */
const toAcknowledge = 3_000;
const toAnswer = 15 * 60_000;
const ephemeralFlag = 1 << 6;

/** How the application answers interactions. */
export const interactionRoutes: readonly Route[] = [
  route("POST", "/interactions/:id/:token/callback", acknowledge, { isOpen: true }),
  route("POST", "/webhooks/:application/:token", followUp, { isOpen: true }),
  route(
    "GET",
    "/webhooks/:application/:token/messages/:message",
    (call) => {
      const { message } = answered(call);
      return found(messagePayload(call.world, message));
    },
    { isOpen: true },
  ),
  route("PATCH", "/webhooks/:application/:token/messages/:message", edit, { isOpen: true }),
  route(
    "DELETE",
    "/webhooks/:application/:token/messages/:message",
    (call) => {
      const open = byToken(call);
      if (call.ids[2] === "@original" && open.state === "deferred") {
        // What is taken back is the line that says that the application is thinking.
        open.state = "answered";
        return done;
      }
      const { interaction, message } = answered(call);
      removeMessage(call.world, message);
      if (interaction.originalId === message.id) delete interaction.originalId;
      return done;
    },
    { isOpen: true },
  ),
];

function acknowledge(call: Call): Result {
  const { world, ids, body, query } = call;
  const interaction = world.interactions.get(ids[1]!);
  const isLate = interaction && world.clock.now() - interaction.createdAt > toAcknowledge;
  if (!interaction || interaction.id !== ids[0] || isLate) throw refusals.unknownInteraction();
  if (interaction.state !== "open") throw refusals.acknowledged();
  const data = (body["data"] ?? {}) as Fields;
  const message = respond({ ...call, body: data }, interaction, Number(body["type"]));
  if (query.get("with_response") !== "true") return done;
  const type = Number(body["type"]);
  return found({
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.id,
        response_message_ephemeral: message.onlyFor !== undefined,
        response_message_loading: type === 5,
      }),
    },
    ...(message &&
      (type === 4 || type === 7) && {
        resource: { type, message: messagePayload(world, message) },
      }),
  });
}

/** 4 message, 5 deferred message, 6 deferred update, 7 update, 8 choices, 9 modal. */
function respond(call: Call, interaction: Interaction, type: number): StoredMessage | undefined {
  const { world, body } = call;
  const allowed =
    interaction.type === 4 ? [8] : interaction.type === 2 ? [4, 5, 9] : [4, 5, 6, 7, 9];
  if (!allowed.includes(type) || (interaction.type === 5 && type === 9))
    throw refusals.invalid([`type: ${type} does not answer this interaction`]);
  const isEphemeral = (Number(body["flags"] ?? 0) & ephemeralFlag) !== 0;
  const finish = (state: Interaction["state"]): void => {
    interaction.state = state;
    world.happenings.tell({
      name: "interaction.acknowledged",
      about: interaction.id,
      detail: { type },
    });
  };
  switch (type) {
    case 4: {
      refuse(messageProblems(body));
      const message = say(call, interaction, isEphemeral);
      interaction.originalId = message.id;
      interaction.ephemeral = isEphemeral;
      finish("answered");
      return message;
    }
    case 5:
      interaction.ephemeral = isEphemeral;
      finish("deferred");
      return undefined;
    case 6:
      if (interaction.messageId !== undefined) interaction.originalId = interaction.messageId;
      finish("answered");
      return undefined;
    case 7: {
      refuse(messageProblems(body));
      const message = wantedMessage(world, interaction.channelId, interaction.messageId ?? "");
      changeMessage(world, message, messageChange(call));
      interaction.originalId = message.id;
      finish("answered");
      return message;
    }
    case 8:
      refuse(choiceProblems(body));
      finish("answered");
      world.happenings.tell({
        name: "interaction.choices",
        about: interaction.id,
        detail: body["choices"],
      });
      return undefined;
    default:
      refuse(modalProblems(body));
      finish("answered");
      world.happenings.tell({ name: "interaction.modal", about: interaction.id, detail: body });
      return undefined;
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw refusals.invalid(problems);
}

/** A message of the application in answer to an interaction. */
function say(call: Call, interaction: Interaction, isEphemeral: boolean): StoredMessage {
  const { world } = call;
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refusals.unknownChannel();
  const wanted: NewMessage = newMessage(call);
  const message = postMessage(world, channel, world.bot, {
    ...wanted,
    type: interaction.type === 2 ? 20 : 0,
    interactionId: interaction.id,
    flags: (wanted.flags ?? 0) | (isEphemeral ? ephemeralFlag : 0),
    ...(isEphemeral && { onlyFor: interaction.user.id }),
  });
  world.happenings.tell({ name: "interaction.message", about: interaction.id, detail: message });
  return message;
}

function followUp(call: Call): Result {
  const interaction = byToken(call);
  if (interaction.state === "open") throw refusals.unknownWebhook();
  const isEphemeral = (Number(call.body["flags"] ?? 0) & ephemeralFlag) !== 0;
  const isFirst = interaction.state === "deferred";
  // The first answer after deferring is as visible as the deferral said.
  const message = say(call, interaction, isFirst ? interaction.ephemeral : isEphemeral);
  if (isFirst) {
    interaction.originalId = message.id;
    interaction.state = "answered";
  }
  return found(messagePayload(call.world, message));
}

function edit(call: Call): Result {
  const { world } = call;
  const interaction = byToken(call);
  if (call.ids[2] === "@original" && interaction.state === "deferred") {
    const message = say(call, interaction, interaction.ephemeral);
    interaction.originalId = message.id;
    interaction.state = "answered";
    return found(messagePayload(world, message));
  }
  const { message } = answered(call);
  changeMessage(world, message, messageChange(call));
  world.happenings.tell({ name: "interaction.message", about: interaction.id, detail: message });
  return found(messagePayload(world, message));
}

/** The interaction and the message of it that a path names. */
function answered(call: Call): { interaction: Interaction; message: StoredMessage } {
  const interaction = byToken(call);
  const wanted = call.ids[2] === "@original" ? interaction.originalId : call.ids[2];
  const message = wanted && messageIn(call.world, interaction.channelId, wanted);
  if (!message) throw refusals.unknownMessage();
  return { interaction, message };
}

function byToken({ world, ids }: Call): Interaction {
  if (ids[0] !== world.bot.id) throw refusals.unknownWebhook();
  const interaction = world.interactions.get(ids[1]!);
  if (!interaction) throw refusals.unknownWebhook();
  if (world.clock.now() - interaction.createdAt > toAnswer) throw refusals.oldToken();
  return interaction;
}
