import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { messageEvent, openThread, privateChannel, removeMessage } from "./actions.ts";
import { createClock, type Clock } from "./clock.ts";
import { createGateway, guildCreate, type Gateway } from "./gateway.ts";
import { intents } from "./intents.ts";
import { discordJudge, lenientJudge } from "./judge.ts";
import { channelPayload } from "./payloads.ts";
import { bitsOf, everyonesPermissions, type Permission } from "./permissions.ts";
import { createPerson, type Person } from "./person.ts";
import { createRest, type Rest } from "./rest.ts";
import {
  createWorld,
  type Channel,
  type Guild,
  type Role,
  type StoredMessage,
  type User,
  type World,
} from "./world.ts";

/** A Discord on the loopback address: REST, gateway and CDN, and the people who talk there. */
export type DiscordDouble = {
  /** The address of the API, for `rest.api` of a client: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  /** The token that this Discord takes. */
  readonly token: string;
  readonly world: World;
  readonly bot: User;
  readonly clock: Clock;
  readonly gateway: Gateway;
  readonly rest: Rest;
  /** What the application did wrong so far; empty at the end of a good test. */
  readonly complaints: readonly string[];
  /** The person of this name, made at the first call. */
  person(name: string, given?: { readonly bot?: boolean; readonly locale?: string }): Person;
  /** A new guild with the bot and these people in it; the first owns it. */
  guild(name: string, people: readonly Person[], given?: GuildGiven): Guild;
  channel(guild: Guild, name: string, given?: { readonly type?: 0 | 2 | 13 }): Channel;
  thread(channel: Channel, name: string, by: Person): Channel;
  role(guild: Guild, name: string, permissions?: readonly Permission[]): Role;
  /** Somebody joins a guild. */
  join(guild: Guild, person: Person): void;
  /** Somebody is a member no more. */
  leave(guild: Guild, person: Person): void;
  /** A role is deleted; whoever had it has it no more. */
  removeRole(guild: Guild, role: Role): void;
  give(guild: Guild, person: Person, role: Role): void;
  /** Takes permissions from the bot in a channel, or gives them back with an empty list. */
  deny(channel: Channel, permissions: readonly Permission[]): void;
  /** What the bot may do in a channel beside what everybody may. */
  allow(channel: Channel, permissions: readonly Permission[]): void;
  privateChat(person: Person): Channel;
  /** What stands in a channel now, oldest first, ephemeral messages included. */
  messages(channel: Channel): readonly StoredMessage[];
  /** Sends the event of a message once more, as Discord does after some resumes. */
  repeat(message: StoredMessage): void;
  /** A moderator deletes it. */
  remove(message: StoredMessage): void;
  removeChannel(channel: Channel): void;
  /** Resolves with the first message of the bot in a channel that fits, now or later. */
  until(
    channel: Channel,
    fits: (message: StoredMessage) => boolean,
    what?: string,
  ): Promise<StoredMessage>;
  /** The whole Discord is gone: sockets are cut without a word, and connections are refused. */
  down(): Promise<void>;
  /** It is back at the same address. Sessions it had are forgotten unless they are kept. */
  up(given?: { readonly keepSessions?: boolean }): Promise<void>;
  close(): Promise<void>;
};

const defaultBotPermissions: readonly Permission[] = ["ManageThreads"];

type GuildGiven = { readonly locale?: string; readonly bot?: readonly Permission[] };

/** `judged: false` spares the judging by Discord's description, for measuring only. */
export async function startDiscordDouble({ judged = true } = {}): Promise<DiscordDouble> {
  const clock = createClock();
  const world = createWorld(clock, "double-token.of-the.loopback-discord");
  const gateway = createGateway(world);
  const rest = createRest(world, judged ? discordJudge() : lenientJudge);
  const handle: RequestListener = (request, response) => {
    rest.handle(request, response).catch((error: unknown) => {
      rest.complaints.push(
        `the double failed: ${String(error instanceof Error ? error.stack : error)}`,
      );
      response.writeHead(500).end();
    });
  };
  const listen = async (port: number): Promise<Server> => {
    const listening = createServer(handle);
    listening.on("upgrade", (request, socket, head) =>
      gateway.server.handleUpgrade(request, socket, head, (connection) =>
        gateway.server.emit("connection", connection, request),
      ),
    );
    await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", resolve));
    return listening;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  world.origin = `http://127.0.0.1:${port}`;

  const people = new Map<string, Person>();
  /** What the bot, in particular, may and may not do in a channel. */
  const overwrite = (
    channel: Channel,
    bits: { readonly allow: bigint; readonly deny: bigint },
  ): void => {
    const others = channel.overwrites.filter(({ id }) => id !== world.bot.id);
    channel.overwrites.splice(0, Infinity, ...others, { id: world.bot.id, type: 1, ...bits });
    tellChannel(world, "CHANNEL_UPDATE", channel);
  };
  const double: DiscordDouble = {
    apiUrl: `${world.origin}/api`,
    token: world.token,
    world,
    bot: world.bot,
    clock,
    gateway,
    rest,
    complaints: rest.complaints,
    person(name, { bot = false, locale = "en-US" } = {}) {
      const known = people.get(name);
      if (known) return known;
      const user: User = { id: clock.id(), name, bot, locale, open: true };
      world.users.set(user.id, user);
      const person = createPerson(world, user);
      people.set(name, person);
      return person;
    },
    guild(name, members, { locale = "en-US", bot = defaultBotPermissions } = {}) {
      return addGuild(world, name, members, locale, bot);
    },
    channel(guild, name, { type = 0 } = {}) {
      const channel: Channel = {
        id: clock.id(),
        type,
        name,
        guildId: guild.id,
        recipients: [],
        overwrites: [],
        archived: false,
      };
      world.channels.set(channel.id, channel);
      world.messages.set(channel.id, new Map());
      tellChannel(world, "CHANNEL_CREATE", channel);
      return channel;
    },
    thread: (channel, name, by) => openThread(world, channel, name, by.user),
    role(guild, name, permissions = []) {
      const role: Role = { id: clock.id(), name, permissions: bitsOf(permissions) };
      guild.roles.set(role.id, role);
      world.dispatch({
        name: "GUILD_ROLE_CREATE",
        data: {
          guild_id: guild.id,
          role: {
            id: role.id,
            name,
            permissions: String(role.permissions),
            position: 1,
            color: 0,
            flags: 0,
            hoist: false,
            managed: false,
            mentionable: false,
          },
        },
        guildId: guild.id,
        intents: intents.guilds,
      });
      return role;
    },
    join: (guild, { user }) =>
      void guild.members.set(user.id, { user, roles: [], joinedAt: clock.now() }),
    leave: (guild, { user }) => void guild.members.delete(user.id),
    removeRole(guild, { id }) {
      guild.roles.delete(id);
      for (const member of guild.members.values())
        member.roles = member.roles.filter((role) => role !== id);
      world.dispatch({
        name: "GUILD_ROLE_DELETE",
        data: { guild_id: guild.id, role_id: id },
        guildId: guild.id,
        intents: intents.guilds,
      });
    },
    give: (guild, person, role) => void guild.members.get(person.user.id)!.roles.push(role.id),
    deny: (channel, permissions) => overwrite(channel, { allow: 0n, deny: bitsOf(permissions) }),
    allow: (channel, permissions) => overwrite(channel, { allow: bitsOf(permissions), deny: 0n }),
    privateChat: (person) => privateChannel(world, person.user),
    messages: (channel) => [...(world.messages.get(channel.id)?.values() ?? [])],
    repeat: (message) => world.dispatch(messageEvent(world, "MESSAGE_CREATE", message)),
    remove: (message) => removeMessage(world, message),
    removeChannel(channel) {
      tellChannel(world, "CHANNEL_DELETE", channel);
      world.channels.delete(channel.id);
      world.messages.delete(channel.id);
    },
    until(channel, fits, what = "a message of the bot") {
      const look = () =>
        double
          .messages(channel)
          .find((message) => message.author.id === world.bot.id && fits(message));
      const now = look();
      if (now) return Promise.resolve(now);
      return world.happenings.wait(look, { since: world.happenings.last, what });
    },
    async down() {
      gateway.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async up({ keepSessions = false } = {}) {
      if (!keepSessions) gateway.forgetSessions();
      server = await listen(port);
    },
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

function addGuild(
  world: World,
  name: string,
  people: readonly Person[],
  locale: string,
  bot: readonly Permission[],
): Guild {
  const id = world.clock.id();
  const botRole: Role = {
    id: world.clock.id(),
    name: "Bot",
    permissions: bitsOf(bot),
    botId: world.bot.id,
  };
  const everyone: Role = { id, name: "@everyone", permissions: everyonesPermissions };
  const users = [...people.map(({ user }) => user), world.bot];
  const guild: Guild = {
    id,
    name,
    ownerId: people[0]?.user.id ?? "1",
    locale,
    roles: new Map([everyone, botRole].map((role) => [role.id, role])),
    members: new Map(
      users.map((user) => [
        user.id,
        { user, roles: user === world.bot ? [botRole.id] : [], joinedAt: world.clock.now() },
      ]),
    ),
  };
  world.guilds.set(id, guild);
  world.dispatch({ name: "GUILD_CREATE", data: guildCreate(world, guild), guildId: id });
  return guild;
}

function tellChannel(world: World, name: string, channel: Channel): void {
  world.dispatch({
    name,
    data: channelPayload(channel),
    ...(channel.guildId !== undefined && { guildId: channel.guildId }),
    intents: intents.guilds,
  });
}
