import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket } from "ws";
import { closeCode, opcode } from "./opcodes.ts";
import { DiscordVoiceDouble } from "./server.ts";
import { seal, type TransportMode } from "./transport-cipher.ts";

const identity = {
  server_id: "100000000000000000",
  user_id: "300000000000000001",
  session_id: "session",
  token: "token",
  max_dave_protocol_version: 1,
};
const mode: TransportMode = "aead_aes256_gcm_rtpsize";

/** A client that can be made to misbehave. */
type RawClient = {
  readonly double: DiscordVoiceDouble;
  send(op: number, d: unknown): void;
  sendRaw(data: string | Buffer): void;
  /** The next frame with this operation. */
  frame(op: number): Promise<Record<string, unknown>>;
  closed(): Promise<number>;
  /** Identifies, discovers its address and selects a protocol. */
  join(): Promise<Voice>;
};
type Voice = {
  readonly udp: Socket;
  readonly ssrc: number;
  readonly key: Buffer;
  readonly port: number;
};

async function withClient(run: (client: RawClient) => Promise<void>, version = 8): Promise<void> {
  const double = await DiscordVoiceDouble.start();
  double.admit({
    guildId: identity.server_id,
    channelId: "100000000000000009",
    userId: identity.user_id,
    sessionId: identity.session_id,
    token: identity.token,
  });
  const socket = new WebSocket(`wss://${double.endpoint}?v=${version}`);
  const frames: { op: number; d: Record<string, unknown> }[] = [];
  const sockets: Socket[] = [];
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) frames.push(JSON.parse(data.toString("utf8")));
  });
  const closed = once(socket, "close") as Promise<[number]>;
  const client: RawClient = {
    double,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    sendRaw: (data) => socket.send(data),
    async frame(op) {
      while (!frames.some((frame) => frame.op === op)) await once(socket, "message");
      return frames.find((frame) => frame.op === op)!.d;
    },
    closed: async () => (await closed)[0],
    async join() {
      client.send(opcode.identify, identity);
      const ready = await client.frame(opcode.ready);
      const [ssrc, port] = [Number(ready["ssrc"]), Number(ready["port"])];
      const udp = createSocket("udp4");
      sockets.push(udp);
      const request = Buffer.alloc(74);
      request.writeUInt16BE(1, 0);
      request.writeUInt16BE(70, 2);
      request.writeUInt32BE(ssrc, 4);
      udp.send(request, port, "127.0.0.1");
      const [reply] = (await once(udp, "message")) as [Buffer];
      const data = { address: "127.0.0.1", port: reply.readUInt16BE(72), mode };
      client.send(opcode.selectProtocol, { protocol: "udp", data });
      const { secret_key: key } = await client.frame(opcode.sessionDescription);
      return { udp, ssrc, port, key: Buffer.from(key as number[]) };
    },
  };
  try {
    await once(socket, "open");
    await run(client);
  } finally {
    socket.terminate();
    for (const udp of sockets) udp.close();
    await double.close();
  }
}

const refusedAtOnce: readonly (readonly [string, number, (client: RawClient) => void])[] = [
  ["text that is not JSON", closeCode.undecodable, ({ sendRaw }) => sendRaw("{op")],
  ["a frame without an operation", closeCode.undecodable, ({ sendRaw }) => sendRaw('{"d":{}}')],
  ["an unknown operation", closeCode.unknownOpcode, ({ send }) => send(77, {})],
  [
    "a binary frame before identify",
    closeCode.notAuthenticated,
    ({ sendRaw }) => sendRaw(Buffer.from([26, 0])),
  ],
  [
    "speaking before identify",
    closeCode.notAuthenticated,
    ({ send }) => send(opcode.speaking, { speaking: 1, delay: 0, ssrc: 1 }),
  ],
  [
    "an identity with a missing field",
    closeCode.undecodable,
    ({ send }) => send(opcode.identify, { ...identity, token: undefined }),
  ],
  [
    "an identity with a field nobody knows",
    closeCode.undecodable,
    ({ send }) => send(opcode.identify, { ...identity, extra: 1 }),
  ],
  [
    "a session nobody announced",
    closeCode.sessionInvalid,
    ({ send }) => send(opcode.identify, { ...identity, session_id: "other" }),
  ],
  [
    "a wrong token",
    closeCode.authenticationFailed,
    ({ send }) => send(opcode.identify, { ...identity, token: "other" }),
  ],
  [
    "a client without end-to-end encryption",
    closeCode.encryptionRequired,
    ({ send }) => send(opcode.identify, { ...identity, max_dave_protocol_version: 0 }),
  ],
  [
    "a session that cannot be resumed",
    closeCode.sessionInvalid,
    ({ send }) =>
      send(opcode.resume, {
        server_id: identity.server_id,
        session_id: "x",
        token: "y",
        seq_ack: 0,
      }),
  ],
];

for (const [name, code, act] of refusedAtOnce) {
  test(`the voice double refuses ${name}`, async () => {
    await withClient(async (client) => {
      act(client);
      assert.equal(await client.closed(), code);
      assert.equal(client.double.complaints.length, 1);
    });
  });
}

test("the voice double refuses another version of the gateway", async () => {
  await withClient(async (client) => {
    assert.equal(await client.closed(), closeCode.unknownProtocol);
  }, 7);
});

const refusedLater: readonly (readonly [
  string,
  number,
  (client: RawClient, voice: Voice) => void,
])[] = [
  [
    "to identify twice",
    closeCode.alreadyAuthenticated,
    ({ send }) => send(opcode.identify, identity),
  ],
  [
    "a heartbeat that confirms the future",
    closeCode.undecodable,
    ({ send }) => send(opcode.heartbeat, { t: 1, seq_ack: 999 }),
  ],
  [
    "speaking as somebody else",
    closeCode.undecodable,
    ({ send }, { ssrc }) => send(opcode.speaking, { speaking: 1, delay: 0, ssrc: ssrc + 1 }),
  ],
  [
    "a key package that is none",
    closeCode.badRequest,
    ({ sendRaw }) => sendRaw(Buffer.from([opcode.keyPackage, 0, 1, 0, 5, 0, 1])),
  ],
  [
    "a commit that is none",
    closeCode.badRequest,
    ({ sendRaw }) => sendRaw(Buffer.from([opcode.commitWelcome, 0, 1, 0, 1])),
  ],
  [
    "an unknown binary operation",
    closeCode.unknownOpcode,
    ({ sendRaw }) => sendRaw(Buffer.from([99])),
  ],
];

for (const [name, code, act] of refusedLater) {
  test(`the voice double refuses ${name}`, async () => {
    await withClient(async (client) => {
      act(client, await client.join());
      assert.equal(await client.closed(), code);
      assert.equal(client.double.complaints.length, 1);
    });
  });
}

/** A voice packet with chosen faults. */
function packetOf(
  { ssrc, key }: Voice,
  { counter = 1, sequence = 1, timestamp = 960, payloadType = 120, frame = Buffer.from([1]) } = {},
): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(payloadType, 1);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  return seal(mode, key, counter, header, frame);
}

const complained: readonly (readonly [string, RegExp, (voice: Voice) => readonly Buffer[]])[] = [
  ["a short datagram", /means nothing/, () => [Buffer.alloc(9)]],
  ["another payload", /not Opus/, (voice) => [packetOf(voice, { payloadType: 96 })]],
  ["an empty frame", /empty/, (voice) => [packetOf(voice, { frame: Buffer.alloc(0) })]],
  ["a foreign key", /authentic/, (voice) => [packetOf({ ...voice, key: Buffer.alloc(32) })]],
  [
    "a nonce used twice",
    /nonce/,
    (voice) => [packetOf(voice), packetOf(voice, { sequence: 2, timestamp: 1_920 })],
  ],
  [
    "a hole in the sequence",
    /hole/,
    (voice) => [packetOf(voice), packetOf(voice, { counter: 2, sequence: 3, timestamp: 1_920 })],
  ],
  [
    "a clock that stands still",
    /20 ms/,
    (voice) => [packetOf(voice), packetOf(voice, { counter: 2, sequence: 2 })],
  ],
];

for (const [name, reason, packets] of complained) {
  test(`the voice double complains of ${name}`, async () => {
    await withClient(async ({ double, join, send }) => {
      const voice = await join();
      const speaks = double.next("100000000000000009", ({ kind }) => kind === "speaking");
      send(opcode.speaking, { speaking: 1, delay: 0, ssrc: voice.ssrc });
      await speaks;
      for (const packet of packets(voice)) voice.udp.send(packet, voice.port, "127.0.0.1");
      // The server echoes a keepalive after it has read what came before.
      voice.udp.send(Buffer.alloc(8), voice.port, "127.0.0.1");
      await once(voice.udp, "message");
      assert.match(double.complaints.join("\n"), reason);
    });
  });
}

test("the voice double complains of voice without speaking", async () => {
  await withClient(async ({ double, join }) => {
    const voice = await join();
    for (let count = 1; count <= 11; count++) {
      const numbers = { counter: count, sequence: count, timestamp: count * 960 };
      voice.udp.send(packetOf(voice, numbers), voice.port, "127.0.0.1");
    }
    voice.udp.send(Buffer.alloc(8), voice.port, "127.0.0.1");
    await once(voice.udp, "message");
    assert.deepEqual(double.complaints, ["voice without saying so (operation 5)"]);
  });
});
