import { createSocket, type RemoteInfo } from "node:dgram";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { VoiceChannel, type ChannelEvent, type ChannelOptions } from "./channel.ts";
import { trustedCertificate } from "./certificate.ts";
import { FrameRefused, readFrame, type ClientFrame } from "./client-frames.ts";
import { ClientSession, type Admission } from "./client-session.ts";
import { Network, type NetworkFaults } from "./network.ts";
import { closeCode, opcode } from "./opcodes.ts";
import { SimulatedPerson } from "./person.ts";
import { transportModes, type TransportMode } from "./transport-cipher.ts";

export type VoiceDoubleOptions = ChannelOptions & {
  readonly modes?: readonly TransportMode[];
  readonly faults?: NetworkFaults;
  readonly seed?: number;
  /** Milliseconds between two heartbeats of a client. */
  readonly heartbeatInterval?: number;
  /** Milliseconds a session outlives its socket. */
  readonly resumeWindow?: number;
};

type VoiceDoubleEvents = {
  readonly channel: [channelId: string, event: ChannelEvent];
  readonly identified: [userId: string];
};

/** How many missed heartbeats end a session. */
const patience = 3;

/**
 * A Discord voice server on the loopback address: gateway version 8, UDP with address discovery, both
 * transport ciphers, resuming, and end-to-end encryption (DAVE). It judges everything a client sends,
 * closes the connection as Discord would, and keeps the reasons in `complaints`.
 */
export class DiscordVoiceDouble extends EventEmitter<VoiceDoubleEvents> {
  /** What clients did wrong; empty at the end of a good test. */
  readonly complaints: string[] = [];
  /** How many clients identified, by user id. */
  readonly identifications = new Map<string, number>();
  readonly #options: VoiceDoubleOptions;
  readonly #network: Network;
  readonly #admissions = new Map<string, Admission>();
  readonly #channels = new Map<string, VoiceChannel>();
  readonly #sessions = new Set<ClientSession>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #refusals: number[] = [];
  readonly #server = createServer({
    cert: trustedCertificate().certificate,
    key: trustedCertificate().key,
  });
  readonly #sockets = new WebSocketServer({ server: this.#server });
  readonly #datagrams = createSocket("udp4");
  #nextSource = 1_000;
  #silentDiscovery = false;

  private constructor(options: VoiceDoubleOptions) {
    super();
    this.#options = options;
    this.#network = new Network(options.faults ?? {}, options.seed);
    this.#sockets.on("connection", (socket, request) => this.#greet(socket, request.url ?? ""));
    this.#datagrams.on("message", (datagram, from) => this.#takeDatagram(datagram, from));
  }

  static async start(options: VoiceDoubleOptions = {}): Promise<DiscordVoiceDouble> {
    const double = new DiscordVoiceDouble(options);
    double.#server.listen(0, "127.0.0.1");
    double.#datagrams.bind(0, "127.0.0.1");
    await Promise.all([once(double.#server, "listening"), once(double.#datagrams, "listening")]);
    return double;
  }

  /** What VOICE_SERVER_UPDATE names. */
  get endpoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The main gateway sent a client here. */
  admit(admission: Admission): void {
    this.#admissions.set(admission.sessionId, admission);
  }

  /** The main gateway took a client out of its channel, or put it into another. */
  dismiss(sessionId: string): void {
    const { disconnected } = closeCode;
    for (const session of this.#sessions) {
      if (session.admission.sessionId !== sessionId) continue;
      this.#end(session);
      session.socket.close(disconnected);
    }
  }

  channel(channelId: string): VoiceChannel {
    const known = this.#channels.get(channelId);
    if (known) return known;
    const channel = new VoiceChannel(channelId, this.#options, this.#network, (event) =>
      this.emit("channel", channelId, event),
    );
    this.#channels.set(channelId, channel);
    return channel;
  }

  /** A simulated person enters a channel. */
  enter(channelId: string, userId: string): SimulatedPerson {
    return new SimulatedPerson(userId, this.#nextSource++, this.channel(channelId));
  }

  /** Resolves at the next event of a channel that fits. */
  async next(
    channelId: string,
    fits: (event: ChannelEvent) => boolean,
    signal = AbortSignal.timeout(10_000),
  ): Promise<ChannelEvent> {
    const seen = new AbortController();
    try {
      const events = on(this, AbortSignal.any([signal, seen.signal]));
      for await (const [id, event] of events) if (id === channelId && fits(event)) return event;
    } finally {
      seen.abort();
    }
    throw new Error("the voice double was closed");
  }

  /** The session of a client. */
  session(userId: string): ClientSession | undefined {
    return [...this.#sessions].find((session) => session.userId === userId);
  }

  /** Closes a client's socket; with a code that may not resume, its session ends too. */
  drop(userId: string, code: number): void {
    const session = this.session(userId);
    if (!session) return;
    if (code >= 4_000 && code !== closeCode.crashed) this.#end(session);
    session.socket.close(code);
  }

  /** The next clients that identify are refused with these codes, one each. */
  refuse(...codes: readonly number[]): void {
    this.#refusals.push(...codes);
  }

  /** Address discovery stays unanswered, as with a firewall that eats UDP. */
  swallowDiscovery(): void {
    this.#silentDiscovery = true;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#network.close();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#datagrams.close();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #greet(socket: WebSocket, url: string): void {
    const { heartbeatInterval = 13_750 } = this.#options;
    let session: ClientSession | undefined;
    let beats = performance.now();
    const refuse = (code: number, reason: string): void => {
      this.complaints.push(reason);
      if (session) this.#end(session);
      socket.close(code, reason);
    };
    if (new URL(url, "wss://127.0.0.1").searchParams.get("v") !== "8")
      return refuse(closeCode.unknownProtocol, "not version 8 of the voice gateway");
    socket.send(
      JSON.stringify({ op: opcode.hello, d: { v: 8, heartbeat_interval: heartbeatInterval } }),
    );
    const watch = setInterval(() => {
      if (performance.now() - beats < patience * heartbeatInterval) return;
      refuse(closeCode.sessionTimeout, "no heartbeat");
    }, heartbeatInterval);
    this.#timers.add(watch);
    socket.on("message", (data: Buffer, isBinary) => {
      try {
        if (isBinary) {
          if (!session)
            throw new FrameRefused(closeCode.notAuthenticated, "binary before identify");
          return session.takeBinary(data);
        }
        const frame = readFrame(data.toString("utf8"));
        if (frame.op === opcode.heartbeat) beats = performance.now();
        if (session) session.take(frame);
        else session = this.#open(frame, socket);
      } catch (error) {
        if (!(error instanceof FrameRefused)) throw error;
        refuse(error.closeCode, error.message);
      }
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearInterval(watch);
      this.#timers.delete(watch);
      if (session?.socket === socket) this.#endLater(session);
    });
  }

  /** The first frame of a socket: a new session, or one that goes on. */
  #open(frame: ClientFrame, socket: WebSocket): ClientSession | undefined {
    if (frame.op === opcode.heartbeat) {
      socket.send(JSON.stringify({ op: opcode.heartbeatAck, d: { t: frame.d.t } }));
      return undefined;
    }
    if (frame.op === opcode.resume) return this.#resume(frame.d, socket);
    if (frame.op !== opcode.identify)
      throw new FrameRefused(closeCode.notAuthenticated, `operation ${frame.op} before identify`);
    const { d: identity } = frame;
    const times = this.identifications.get(identity.user_id) ?? 0;
    this.identifications.set(identity.user_id, times + 1);
    const refusal = this.#refusals.shift();
    if (refusal !== undefined) {
      socket.close(refusal, "as ordered");
      return undefined;
    }
    const admission = this.#admissions.get(identity.session_id);
    if (
      !admission ||
      admission.guildId !== identity.server_id ||
      admission.userId !== identity.user_id
    )
      throw new FrameRefused(closeCode.sessionInvalid, "a session nobody announced");
    if (admission.token !== identity.token)
      throw new FrameRefused(closeCode.authenticationFailed, "a wrong token");
    const { encrypted = true, modes = transportModes } = this.#options;
    if (encrypted && identity.max_dave_protocol_version < 1)
      throw new FrameRefused(closeCode.encryptionRequired, "a client without DAVE");
    const session = new ClientSession(
      {
        admission,
        channel: this.channel(admission.channelId),
        network: this.#network,
        ssrc: this.#nextSource++,
        encrypted,
        send: (datagram, to) => this.#datagrams.send(datagram, to.port, to.address),
        complain: (reason) => this.complaints.push(reason),
      },
      socket,
    );
    this.#sessions.add(session);
    const { port } = this.#datagrams.address();
    const ready = { ssrc: session.ssrc, ip: "127.0.0.1", port, modes };
    socket.send(JSON.stringify({ op: opcode.ready, d: ready }));
    this.emit("identified", identity.user_id);
    return session;
  }

  #resume(
    {
      session_id: id,
      token,
      seq_ack: confirmed,
    }: { session_id: string; token: string; seq_ack: number },
    socket: WebSocket,
  ): ClientSession {
    const session = [...this.#sessions].find(({ admission }) => admission.sessionId === id);
    if (!session || session.admission.token !== token)
      throw new FrameRefused(closeCode.sessionInvalid, "nothing to resume");
    session.resume(socket, confirmed);
    return session;
  }

  #endLater(session: ClientSession): void {
    const { socket } = session;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (session.socket === socket) this.#end(session);
    }, this.#options.resumeWindow ?? 100);
    this.#timers.add(timer);
  }

  #end(session: ClientSession): void {
    if (this.#sessions.delete(session)) session.channel.leave(session);
  }

  #takeDatagram(datagram: Buffer, from: RemoteInfo): void {
    if (datagram.length === 8) return this.#datagrams.send(datagram, from.port, from.address);
    const isDiscovery = datagram.length === 74 && datagram.readUInt16BE(0) === 1;
    if (isDiscovery && this.#silentDiscovery) return;
    if (datagram.length < 12) return void this.complaints.push("a datagram that means nothing");
    const source = datagram.readUInt32BE(isDiscovery ? 4 : 8);
    const session = [...this.#sessions].find(({ ssrc }) => ssrc === source);
    if (!session) return;
    if (isDiscovery) session.discover(from);
    else session.takePacket(datagram, from);
  }
}

async function* on(
  double: DiscordVoiceDouble,
  signal: AbortSignal,
): AsyncGenerator<[string, ChannelEvent]> {
  for await (const pair of EventEmitter.on(double, "channel", { signal }))
    yield pair as [string, ChannelEvent];
}
