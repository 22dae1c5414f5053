import { z } from "zod";
import { closeCode, opcode } from "./opcodes.ts";
import { transportModes } from "./transport-cipher.ts";

const snowflake = z.string().regex(/^\d{17,20}$/);

const frames = {
  [opcode.identify]: z.strictObject({
    server_id: snowflake,
    user_id: snowflake,
    session_id: z.string().min(1),
    token: z.string().min(1),
    max_dave_protocol_version: z.int().min(0),
  }),
  [opcode.selectProtocol]: z.strictObject({
    protocol: z.literal("udp"),
    data: z.strictObject({
      address: z.ipv4(),
      port: z.int().min(1).max(65_535),
      mode: z.enum(transportModes),
    }),
  }),
  [opcode.heartbeat]: z.strictObject({ t: z.int().min(0), seq_ack: z.int().min(-1) }),
  [opcode.speaking]: z.strictObject({
    speaking: z.int().min(0).max(7),
    delay: z.literal(0),
    ssrc: z.int().min(0),
  }),
  [opcode.resume]: z.strictObject({
    server_id: snowflake,
    session_id: z.string().min(1),
    token: z.string().min(1),
    seq_ack: z.int().min(-1),
  }),
  [opcode.transitionReady]: z.strictObject({ transition_id: z.int().min(0).max(0xffff) }),
  [opcode.invalidCommit]: z.strictObject({ transition_id: z.int().min(0).max(0xffff) }),
};

/** A text frame of a client, checked. */
export type ClientFrame = {
  readonly [Op in keyof typeof frames]: {
    readonly op: Op;
    readonly d: z.infer<(typeof frames)[Op]>;
  };
}[keyof typeof frames];

/** What is wrong with a client's frame, as Discord would close the connection for it. */
export class FrameRefused extends Error {
  readonly closeCode: number;

  constructor(closeCode: number, reason: string) {
    super(reason);
    this.closeCode = closeCode;
  }
}

/** Reads a text frame. Throws `FrameRefused`. */
export function readFrame(text: string): ClientFrame {
  const frame = parse(text);
  const schema = (frames as Record<number, z.ZodType>)[frame.op];
  if (!schema) throw new FrameRefused(closeCode.unknownOpcode, `unknown operation ${frame.op}`);
  const data = schema.safeParse(frame.d);
  if (!data.success) {
    const [issue] = data.error.issues;
    throw new FrameRefused(
      closeCode.undecodable,
      `operation ${frame.op}: ${issue?.path.join(".")} ${issue?.message}`,
    );
  }
  return { op: frame.op, d: data.data } as ClientFrame;
}

const envelope = z.strictObject({ op: z.int(), d: z.unknown() });

function parse(text: string): z.infer<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(text));
  } catch {
    throw new FrameRefused(closeCode.undecodable, "not a frame in JSON");
  }
}
