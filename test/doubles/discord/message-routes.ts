import {
  changeMessage,
  openThread,
  postMessage,
  privateChannel,
  react,
  removeMessage,
  wantedMessage,
} from "./actions.ts";
import { messageChange, newMessage } from "./message-body.ts";
import { channelPayload, messagePayload } from "./payloads.ts";
import { isThread, may, type Permission } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import { done, found, route, type Call, type Fields, type Result, type Route } from "./routes.ts";
import type { Channel, StoredMessage, World } from "./world.ts";

/** What the bot does in channels. */
export const messageRoutes: readonly Route[] = [
  route("GET", "/channels/:channel", (call) => found(channelPayload(visible(call)))),
  route("GET", "/channels/:channel/messages", list),
  route("POST", "/channels/:channel/messages", send),
  route("GET", "/channels/:channel/messages/:message", (call) => {
    const channel = visible(call, "ReadMessageHistory");
    return found(messagePayload(call.world, wantedMessage(call.world, channel.id, call.ids[1]!)));
  }),
  route("PATCH", "/channels/:channel/messages/:message", edit),
  route("DELETE", "/channels/:channel/messages/:message", (call) => {
    const { world } = call;
    const channel = visible(call);
    const message = wantedMessage(world, channel.id, call.ids[1]!);
    if (message.author.id !== world.bot.id) require(world, channel, "ManageMessages");
    removeMessage(world, message);
    return done;
  }),
  route("PUT", "/channels/:channel/messages/:message/reactions/:emoji/@me", (call) => {
    const channel = visible(call, "AddReactions", "ReadMessageHistory");
    return reactAsBot(call, channel, true);
  }),
  route("DELETE", "/channels/:channel/messages/:message/reactions/:emoji/@me", (call) =>
    reactAsBot(call, visible(call), false),
  ),
  route("POST", "/channels/:channel/typing", (call) => {
    const channel = visible(call, sendingPermission(call));
    call.world.happenings.tell({ name: "TYPING_START", about: channel.id, channelId: channel.id });
    return done;
  }),
  route("POST", "/channels/:channel/messages/:message/threads", (call) => {
    const channel = visible(call, "CreatePublicThreads");
    const from = wantedMessage(call.world, channel.id, call.ids[1]!);
    return { status: 201, body: threadPayload(call, channel, from) };
  }),
  route("POST", "/channels/:channel/threads", (call) => ({
    status: 201,
    body: threadPayload(call, visible(call, "CreatePublicThreads")),
  })),
  route("PATCH", "/channels/:channel", (call) => {
    const channel = visible(call, "ManageThreads");
    if (typeof call.body["archived"] === "boolean") channel.archived = call.body["archived"];
    return found(channelPayload(channel));
  }),
  route("PUT", "/channels/:channel/thread-members/@me", (call) => {
    visible(call);
    return done;
  }),
  route("POST", "/users/@me/channels", ({ world, body }) => {
    const user = world.users.get(String(body["recipient_id"]));
    if (!user) throw refusals.unknownUser();
    return found(channelPayload(privateChannel(world, user)));
  }),
];

/** The channel, where the bot may see it and do what it wants. */
function visible({ world, ids }: Call, ...needed: Permission[]): Channel {
  const channel = world.channels.get(ids[0]!);
  if (!channel) throw refusals.unknownChannel();
  if (!may(world, world.bot, channel, "ViewChannel")) throw refusals.missingAccess();
  for (const permission of needed) require(world, channel, permission);
  return channel;
}

function require(world: World, channel: Channel, permission: Permission): void {
  if (!may(world, world.bot, channel, permission)) throw refusals.missingPermissions();
}

function sendingPermission({ world, ids }: Call): Permission {
  const channel = world.channels.get(ids[0]!);
  return channel && isThread(channel) ? "SendMessagesInThreads" : "SendMessages";
}

function send(call: Call): Result {
  const { world, body, files } = call;
  const channel = visible(call, sendingPermission(call));
  if (files.length > 0) require(world, channel, "AttachFiles");
  if (channel.type === 1 && !channel.recipients[0]!.open) throw refusals.closedPrivateChat();
  if (channel.archived && isThread(channel)) channel.archived = false;
  const wanted = newMessage(call);
  const reference = body["message_reference"] as Fields | undefined;
  const repliedId = reference && String(reference["message_id"]);
  const replied =
    repliedId === undefined ? undefined : world.messages.get(channel.id)?.get(repliedId);
  if (reference && !may(world, world.bot, channel, "ReadMessageHistory"))
    throw refusals.noHistory();
  if (reference && !replied && reference["fail_if_not_exists"] !== false)
    throw refusals.unknownReference();
  const same = body["enforce_nonce"] === true ? sameNonce(world, channel, wanted.nonce) : undefined;
  if (same) return found(messagePayload(world, same));
  const allowed = (body["allowed_mentions"] ?? {}) as Fields;
  const pingsReplied = allowed["replied_user"] !== false && body["allowed_mentions"] === undefined;
  const isPinging = allowed["replied_user"] === true || pingsReplied;
  const message = postMessage(world, channel, world.bot, {
    ...wanted,
    ...(replied && { replyTo: replied.id }),
    pings: [...(wanted.pings ?? []), ...(replied && isPinging ? [replied.author.id] : [])],
  });
  return found(messagePayload(world, message));
}

/** The message that was sent with this nonce within the last minutes. */
function sameNonce(world: World, channel: Channel, nonce: unknown): StoredMessage | undefined {
  if (nonce === undefined) return undefined;
  const recent = [...world.messages.get(channel.id)!.values()].slice(-50);
  return recent.find((message) => message.nonce === nonce && message.author.id === world.bot.id);
}

function edit(call: Call): Result {
  const { world } = call;
  const channel = visible(call);
  const message = wantedMessage(world, channel.id, call.ids[1]!);
  if (message.author.id !== world.bot.id) throw refusals.notYourMessage();
  changeMessage(world, message, messageChange(call));
  return found(messagePayload(world, message));
}

function list(call: Call): Result {
  const { world, query } = call;
  const channel = visible(call, "ReadMessageHistory");
  const limit = Number(query.get("limit") ?? 50);
  const all = [...(world.messages.get(channel.id)?.values() ?? [])].filter(
    ({ onlyFor }) => onlyFor === undefined,
  );
  const bound = (name: string) => (query.has(name) ? BigInt(query.get(name)!) : undefined);
  const [after, before] = [bound("after"), bound("before")];
  const within = all.filter(
    ({ id }) =>
      (after === undefined || BigInt(id) > after) && (before === undefined || BigInt(id) < before),
  );
  const page = after === undefined ? within.slice(-limit) : within.slice(0, limit);
  return found(page.toReversed().map((message) => messagePayload(world, message)));
}

function reactAsBot({ world, ids }: Call, channel: Channel, isAdded: boolean): Result {
  const message = wantedMessage(world, channel.id, ids[1]!);
  react(world, message, world.bot, ids[2]!, isAdded);
  return done;
}

function threadPayload({ world, body }: Call, channel: Channel, from?: StoredMessage): object {
  const name = String(body["name"]);
  return channelPayload(openThread(world, channel, name, world.bot, from));
}
