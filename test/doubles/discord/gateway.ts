import { randomUUID } from "node:crypto";
import { constants, createDeflate, type Deflate } from "node:zlib";
import { WebSocketServer, type WebSocket } from "ws";
import { intents } from "./intents.ts";
import {
  channelPayload,
  guildPayload,
  memberPayload,
  mentionedUsers,
  userPayload,
} from "./payloads.ts";
import { isThread, may } from "./permissions.ts";
import type { Dispatch, Guild, User, World } from "./world.ts";

/** The gateway: sessions with heartbeats, resuming with replay, shards, and intents enforced. */
export type Gateway = {
  readonly server: WebSocketServer;
  /** How many connections are open. */
  readonly open: number;
  /** The latest IDENTIFY, for what a client asked. */
  readonly identified: Identify | undefined;
  /** Closes every connection with a code, as Discord does now and then. Sessions can be resumed. */
  drop(code: number): void;
  /** Cuts every connection without a closing handshake. */
  cut(): void;
  /** Forgets the sessions, so that resuming fails and the client has to identify anew. */
  forgetSessions(): void;
  /** Asks every client to reconnect (op 7). */
  askToReconnect(): void;
  /**
   * From now on connections are taken, and nothing is said on any, nor is a closing answered; `false`:
   * new connections are spoken to again, and what ended meanwhile is noticed.
   */
  mute(silent?: boolean): void;
  /** Refuses the next connections with this code right after HELLO. */
  refuseWith(code: number | undefined): void;
  /** Resolves when a client has identified or resumed after this call. */
  connected(): Promise<"identified" | "resumed">;
  /** What a client wants of its voice connection (op 4); the double itself knows no voice. */
  onVoiceStateUpdate?: (wanted: VoiceStateWanted) => void;
  close(): void;
};

export type VoiceStateWanted = {
  readonly guildId: string;
  readonly channelId: string | null;
  readonly sessionId: string;
  readonly selfMute: boolean;
  readonly selfDeaf: boolean;
};

type Identify = {
  readonly token: string;
  readonly intents: number;
  readonly shard?: readonly [number, number];
};
type Session = {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  sequence: number;
  readonly sent: { readonly s: number; readonly text: string }[];
  connection: Connection | undefined;
};
type Connection = { readonly socket: WebSocket; send(text: string): void };

const heartbeatInterval = 41_250;
const replayLength = 2_000;
/** Commands a client may send in a minute. */
const mostCommands = 120;

export function createGateway(world: World): Gateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  const waiting: ((how: "identified" | "resumed") => void)[] = [];
  let refusal: number | undefined;
  let isMute = false;
  let identified: Identify | undefined;

  const arrived = (how: "identified" | "resumed"): void => {
    for (const tell of waiting.splice(0)) tell(how);
  };
  const gateway: Gateway = {
    server,
    get open() {
      return connections.size;
    },
    get identified() {
      return identified;
    },
    drop(code) {
      for (const { socket } of connections) socket.close(code);
    },
    cut() {
      for (const { socket } of connections) socket.terminate();
    },
    forgetSessions: () => sessions.clear(),
    askToReconnect() {
      for (const { send } of connections)
        send(JSON.stringify({ op: 7, d: null, s: null, t: null }));
    },
    mute(silent = true) {
      isMute = silent;
      // A paused socket notices nothing, not even its own end.
      for (const { socket } of connections)
        if (silent) socket.pause();
        else socket.resume();
    },
    refuseWith(code) {
      refusal = code;
    },
    connected: () => new Promise((resolve) => waiting.push(resolve)),
    close() {
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };

  server.on("connection", (socket: WebSocket, request: { url?: string }) => {
    const connection = connect(socket, request.url?.includes("compress=zlib-stream") ?? false);
    connections.add(connection);
    let session: Session | undefined;
    let minute = { since: world.clock.now(), commands: 0 };
    let lastBeat = world.clock.now();
    const watch = setInterval(() => {
      if (world.clock.now() - lastBeat > heartbeatInterval * 1.5) socket.close(4_009);
    }, heartbeatInterval).unref();
    socket.on("close", () => {
      clearInterval(watch);
      connections.delete(connection);
      if (session?.connection === connection) session.connection = undefined;
    });
    if (isMute) return socket.pause();
    connection.send(
      JSON.stringify({ op: 10, d: { heartbeat_interval: heartbeatInterval }, s: null, t: null }),
    );
    if (refusal !== undefined) socket.close(refusal);
    socket.on("message", (data: Buffer) => {
      if (world.clock.now() - minute.since > 60_000)
        minute = { since: world.clock.now(), commands: 0 };
      minute.commands += 1;
      if (minute.commands > mostCommands) return socket.close(4_008);
      let packet: { op: number; d: never };
      try {
        packet = JSON.parse(data.toString()) as typeof packet;
      } catch {
        return socket.close(4_002);
      }
      switch (packet.op) {
        case 1:
          lastBeat = world.clock.now();
          return connection.send(JSON.stringify({ op: 11, d: null, s: null, t: null }));
        case 2:
          if (session) return socket.close(4_005);
          session = identify(packet.d, connection);
          return undefined;
        case 6:
          session = resume(packet.d, connection);
          return undefined;
        case 3:
          return undefined;
        case 4:
          return session && voiceState(packet.d, session);
        case 8:
          return session && members(packet.d, session);
        default:
          return socket.close(4_001);
      }
    });
  });

  function identify(wanted: Identify, connection: Connection): Session | undefined {
    const { socket } = connection;
    identified = wanted;
    const [shard, count] = wanted.shard ?? [0, 1];
    if (wanted.token !== world.token) return refuse(socket, 4_004, "Authentication failed.");
    if (shard >= count || shard < 0) return refuse(socket, 4_010, "Invalid shard.");
    if (!Number.isInteger(wanted.intents)) return refuse(socket, 4_013, "Invalid intent(s).");
    const forbidden =
      (world.allowed.messageContent ? 0 : intents.messageContent) |
      (world.allowed.guildMembers ? 0 : intents.guildMembers) |
      intents.guildPresences;
    if (wanted.intents & forbidden) return refuse(socket, 4_014, "Disallowed intent(s).");
    const session: Session = {
      id: randomUUID(),
      intents: wanted.intents,
      shard: [shard, count],
      sequence: 0,
      sent: [],
      connection,
    };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.members.has(world.bot.id) && isOnShard(guild.id, session),
    );
    give(session, "READY", {
      v: 10,
      user: { ...userPayload(world.bot), mfa_enabled: false, verified: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: world.origin.replace("http", "ws"),
      shard: session.shard,
      application: { id: world.bot.id, flags: world.allowed.messageContent ? 1 << 19 : 0 },
    });
    for (const guild of guilds) give(session, "GUILD_CREATE", guildCreate(world, guild));
    arrived("identified");
    return session;
  }

  function resume(
    wanted: { token: string; session_id: string; seq: number },
    connection: Connection,
  ): Session | undefined {
    const session = sessions.get(wanted.session_id);
    if (wanted.token !== world.token) return refuse(connection.socket, 4_004);
    if (!session) {
      connection.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
      return undefined;
    }
    if (wanted.seq > session.sequence) return refuse(connection.socket, 4_007);
    session.connection = connection;
    for (const { s, text } of session.sent) if (s > wanted.seq) connection.send(text);
    give(session, "RESUMED", { _trace: [] });
    arrived("resumed");
    return session;
  }

  function voiceState(
    wanted: {
      guild_id: string;
      channel_id: string | null;
      self_mute?: boolean;
      self_deaf?: boolean;
    },
    session: Session,
  ): void {
    gateway.onVoiceStateUpdate?.({
      guildId: wanted.guild_id,
      channelId: wanted.channel_id,
      sessionId: session.id,
      selfMute: wanted.self_mute ?? false,
      selfDeaf: wanted.self_deaf ?? false,
    });
  }

  function members(
    wanted: { guild_id: string; query?: string; user_ids?: string | string[]; nonce?: string },
    session: Session,
  ): void {
    const guild = world.guilds.get(wanted.guild_id);
    if (!guild) return;
    const ids = wanted.user_ids === undefined ? undefined : [wanted.user_ids].flat();
    const found = [...guild.members.values()].filter(
      ({ user }) =>
        ids?.includes(user.id) ?? user.name.toLowerCase().startsWith(wanted.query ?? ""),
    );
    give(session, "GUILD_MEMBERS_CHUNK", {
      guild_id: guild.id,
      members: found.map((member) => ({
        ...memberPayload(member),
        user: userPayload(member.user),
      })),
      chunk_index: 0,
      chunk_count: 1,
      ...(wanted.nonce !== undefined && { nonce: wanted.nonce }),
    });
  }

  world.dispatch = (event) => {
    for (const session of sessions.values()) {
      if (!isFor(world, event, session)) continue;
      give(session, event.name, redacted(world, event, session));
    }
  };
  return gateway;
}

function refuse(socket: WebSocket, code: number, reason = ""): undefined {
  socket.close(code, reason);
  return undefined;
}

function connect(socket: WebSocket, isCompressed: boolean): Connection {
  const deflate = isCompressed ? deflater(socket) : undefined;
  return {
    socket,
    send(text) {
      if (deflate) {
        deflate.write(text);
        deflate.flush(constants.Z_SYNC_FLUSH);
      } else if (socket.readyState === socket.OPEN) socket.send(text);
    },
  };
}

/** One deflate stream for the whole connection, flushed after each packet (zlib-stream). */
function deflater(socket: WebSocket): Deflate {
  const deflate = createDeflate();
  let pieces: Buffer[] = [];
  deflate.on("data", (piece: Buffer) => {
    pieces.push(piece);
    if (!piece.subarray(-4).equals(Buffer.from([0, 0, 255, 255]))) return;
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat(pieces));
    pieces = [];
  });
  return deflate;
}

function give(session: Session, name: string, data: object): void {
  const s = ++session.sequence;
  const text = JSON.stringify({ op: 0, t: name, s, d: data });
  session.sent.push({ s, text });
  if (session.sent.length > replayLength) session.sent.shift();
  session.connection?.send(text);
}

const isOnShard = (guildId: string, { shard: [shard, count] }: Session): boolean =>
  Number((BigInt(guildId) >> 22n) % BigInt(count)) === shard;

function isFor(
  world: World,
  { guildId, channel, intents: wanted }: Dispatch,
  session: Session,
): boolean {
  if (wanted !== undefined && (session.intents & wanted) === 0) return false;
  if (guildId === undefined) return session.shard[0] === 0;
  if (!isOnShard(guildId, session)) return false;
  if (!world.guilds.get(guildId)?.members.has(world.bot.id)) return false;
  return channel === undefined || may(world, world.bot, channel, "ViewChannel");
}

/** Without the Message Content intent only private, mentioning and own messages keep their content. */
function redacted(world: World, { data, message, guildId }: Dispatch, session: Session): object {
  if (!message || guildId === undefined || session.intents & intents.messageContent) return data;
  const mentions = (user: User) => user.id === world.bot.id;
  if (message.author.id === world.bot.id || mentionedUsers(world, message).some(mentions))
    return data;
  const { poll: _poll, ...kept } = data as Record<string, unknown>;
  return { ...kept, content: "", embeds: [], attachments: [], components: [] };
}

/** A guild as it comes over the gateway when it becomes available. */
export function guildCreate(world: World, guild: Guild): object {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  return {
    ...guildPayload(guild),
    joined_at: new Date(guild.members.get(world.bot.id)!.joinedAt).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: world.voiceStates.get(guild.id) ?? [],
    members: [...guild.members.values()]
      .filter(({ user }) => user.id === world.bot.id)
      .map((member) => ({ ...memberPayload(member), user: userPayload(member.user) })),
    channels: channels.filter((channel) => !isThread(channel)).map(channelPayload),
    threads: channels
      .filter((channel) => isThread(channel) && !channel.archived)
      .map(channelPayload),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
