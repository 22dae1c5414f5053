import { DaveGroup, type GroupMember } from "./dave-group.ts";
import type { Network } from "./network.ts";
import { opcode } from "./opcodes.ts";

/** One Opus frame on its way from one person to the others; end-to-end encrypted in most channels. */
export type VoicePacket = {
  readonly from: ChannelMember;
  readonly payload: Buffer;
  readonly sequence: number;
  readonly timestamp: number;
};

/** Somebody in a voice channel: a client on a socket, or a simulated person. */
export type ChannelMember = GroupMember & {
  readonly ssrc: number;
  speaking: number;
  deliver(packet: VoicePacket): void;
};

export type ChannelEvent =
  | { readonly kind: "joined" | "left"; readonly userId: string }
  | { readonly kind: "speaking"; readonly userId: string; readonly speaking: number }
  /** All members of the encrypted group switched to new keys. */
  | { readonly kind: "switched"; readonly transition: number }
  | { readonly kind: "invalid"; readonly userId: string };

export type ChannelOptions = {
  /** False for stages, the only channels without end-to-end encryption. */
  readonly encrypted?: boolean;
  /** Whether a new encrypted group is in force at once instead of after everybody is ready. */
  readonly foundAtOnce?: boolean;
};

/** One voice channel: who is in it, and what they are told of each other. */
export class VoiceChannel {
  readonly id: string;
  readonly members = new Set<ChannelMember>();
  /** `undefined` in channels without end-to-end encryption: stages. */
  readonly group: DaveGroup | undefined;
  readonly #network: Network;
  readonly #tell: (event: ChannelEvent) => void;

  constructor(
    id: string,
    { encrypted = true, foundAtOnce = false }: ChannelOptions,
    network: Network,
    tell: (event: ChannelEvent) => void,
  ) {
    this.id = id;
    this.#network = network;
    this.#tell = tell;
    this.group = encrypted
      ? new DaveGroup(id, foundAtOnce, (transition) => tell({ kind: "switched", transition }))
      : undefined;
  }

  join(member: ChannelMember): void {
    const others = [...this.members];
    this.members.add(member);
    if (others.length > 0) {
      member.sendJson(opcode.clientsConnect, { user_ids: others.map(({ userId }) => userId) });
    }
    for (const other of others) {
      other.sendJson(opcode.clientsConnect, { user_ids: [member.userId] });
      if (other.speaking !== 0) member.sendJson(opcode.speaking, speakingOf(other));
    }
    this.group?.join(member);
    this.#tell({ kind: "joined", userId: member.userId });
  }

  leave(member: ChannelMember): void {
    if (!this.members.delete(member)) return;
    for (const other of this.members) {
      other.sendJson(opcode.clientDisconnect, { user_id: member.userId });
    }
    this.group?.leave(member);
    this.#tell({ kind: "left", userId: member.userId });
  }

  speak(member: ChannelMember, speaking: number): void {
    member.speaking = speaking;
    for (const other of this.members) {
      if (other !== member) other.sendJson(opcode.speaking, speakingOf(member));
    }
    this.#tell({ kind: "speaking", userId: member.userId, speaking });
  }

  invalid(member: ChannelMember): void {
    this.group?.invalid(member);
    this.#tell({ kind: "invalid", userId: member.userId });
  }

  forward(packet: VoicePacket): void {
    for (const other of this.members) {
      if (other === packet.from) continue;
      const path = `${packet.from.userId} ${other.userId}`;
      this.#network.carry(path, () => other.deliver(packet));
    }
  }
}

const speakingOf = ({ userId, ssrc, speaking }: ChannelMember): object => ({
  user_id: userId,
  ssrc,
  speaking,
});
