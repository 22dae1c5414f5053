import { ExternalSender } from "./external-sender.ts";
import { readCommitWelcome, readKeyPackage } from "./mls-messages.ts";
import { u16, u8, vector } from "./mls-wire.ts";
import { opcode } from "./opcodes.ts";

/** Somebody in an encrypted call, as the group sees them. */
export type GroupMember = {
  readonly userId: string;
  sendJson(op: number, data: object): void;
  sendBinary(op: number, payload: Buffer): void;
};

type Proposal = { readonly kind: "add" | "remove"; readonly userId: string };
type Established = {
  epoch: number;
  /** Who sits at which leaf of the group's tree; `null` is a blank leaf. */
  leaves: (string | null)[];
  /** What this epoch's proposals said, in order. */
  proposed: Proposal[];
};

/**
 * The end-to-end encrypted group of one voice channel, seen from the gateway (DAVE protocol 1.1): it
 * proposes who comes and goes, picks the first commit of each epoch, and lets all switch at once. It
 * never holds a key of the call.
 */
export class DaveGroup {
  readonly #sender: ExternalSender;
  readonly #members = new Map<string, GroupMember>();
  /** Key packages that no commit has used. */
  readonly #packages = new Map<string, Buffer>();
  /** Members whose state is broken: they join anew. */
  readonly #broken = new Set<string>();
  /** Before a group exists: whose Add each member was sent, in order. */
  readonly #offered = new Map<string, string[]>();
  readonly #switching = new Map<number, Map<string, GroupMember>>();
  readonly #onSwitched: (transition: number) => void;
  readonly #foundAtOnce: boolean;
  #group: Established | undefined;
  #lastTransition = 0;
  #damageFor: string | undefined;

  /** `foundAtOnce`: a new group is in force at once (transition 0), as when a call begins. */
  constructor(channelId: string, foundAtOnce: boolean, onSwitched: (transition: number) => void) {
    this.#sender = new ExternalSender(channelId);
    this.#onSwitched = onSwitched;
    this.#foundAtOnce = foundAtOnce;
  }

  /** The members of the encrypted group, in the order of their leaves. */
  get userIds(): readonly string[] {
    return this.#group?.leaves.filter((userId) => userId !== null) ?? [];
  }

  join(member: GroupMember): void {
    this.#members.set(member.userId, member);
    member.sendBinary(opcode.externalSender, this.#sender.package);
  }

  leave(member: GroupMember): void {
    if (!this.#members.delete(member.userId)) return;
    this.#packages.delete(member.userId);
    this.#broken.delete(member.userId);
    this.#offered.delete(member.userId);
    for (const transition of this.#switching.keys()) this.ready(member, transition);
    if (!this.#group) return;
    const staying = this.userIds.filter((userId) => this.#members.has(userId));
    if (staying.length > 1) this.#propose();
    else this.#startAnew(staying);
  }

  /** Op 26. Throws `RangeError` for what is not a key package of this member. */
  keyPackage(member: GroupMember, payload: Buffer): void {
    const { userId, bytes } = readKeyPackage(payload);
    if (userId !== member.userId) throw new RangeError("the key package is of somebody else");
    this.#packages.set(userId, bytes);
    if (this.#group) this.#propose();
    else this.#offer();
  }

  /** Op 28. Throws `RangeError` for what is not a commit. */
  commit(member: GroupMember, payload: Buffer): void {
    const { epoch, proposals, commit, welcome } = readCommitWelcome(payload);
    const known = this.#group
      ? this.#group.proposed
      : (this.#offered.get(member.userId) ?? []).map((userId): Proposal => ({
          kind: "add",
          userId,
        }));
    if (epoch !== (this.#group?.epoch ?? 0)) return; // Another member was faster.
    if (proposals === 0 || proposals > known.length)
      throw new RangeError("the commit takes proposals that were never made");
    const taken = known.slice(0, proposals);
    const before = this.#group?.leaves ?? [member.userId];
    const leaves = seat(before, taken);
    this.#group = { epoch: epoch + 1, leaves, proposed: [] };
    this.#offered.clear();
    this.#packages.delete(member.userId);
    this.#announce(before, taken, commit, welcome);
    this.#propose();
  }

  /** Op 23: when the last one is ready, all switch to the new keys. */
  ready(member: GroupMember, transition: number): void {
    const waiting = this.#switching.get(transition);
    if (!waiting?.delete(member.userId)) return;
    if ([...waiting.values()].some((other) => this.#members.has(other.userId))) return;
    this.#switching.delete(transition);
    for (const userId of this.userIds) {
      this.#members.get(userId)?.sendJson(opcode.executeTransition, { transition_id: transition });
    }
    this.#onSwitched(transition);
  }

  /** Op 31: the member could not follow; its next key package makes it a new member. */
  invalid(member: GroupMember): void {
    this.#broken.add(member.userId);
  }

  /** The next commit or welcome reaches a member damaged. */
  damageNext(userId: string): void {
    this.#damageFor = userId;
  }

  #announce(
    before: readonly (string | null)[],
    taken: readonly Proposal[],
    commit: Buffer,
    welcome: Buffer | undefined,
  ): void {
    const added = taken.filter(({ kind }) => kind === "add").map(({ userId }) => userId);
    const staying = before.filter(
      (userId): userId is string =>
        userId !== null && !added.includes(userId) && this.userIds.includes(userId),
    );
    const isAtOnce = this.#foundAtOnce && before.length === 1 && this.#group?.epoch === 1;
    const transition = isAtOnce ? 0 : (this.#lastTransition = (this.#lastTransition % 0xffff) + 1);
    const present = (userIds: readonly string[]): GroupMember[] =>
      userIds.flatMap((userId) => this.#members.get(userId) ?? []);
    const switching = present([...staying, ...added]);
    if (isAtOnce) queueMicrotask(() => this.#onSwitched(transition));
    else {
      this.#switching.set(transition, new Map(switching.map((member) => [member.userId, member])));
    }
    const damagedFor = this.#damageFor;
    this.#damageFor = undefined;
    const send = (member: GroupMember, op: number, bytes: Buffer): void => {
      const body = Buffer.from(bytes);
      if (member.userId === damagedFor) body[body.length - 1]! ^= 0xff;
      member.sendBinary(op, Buffer.concat([u16(transition), body]));
    };
    for (const member of present(staying)) send(member, opcode.announceCommit, commit);
    for (const member of present(added)) {
      this.#packages.delete(member.userId);
      this.#broken.delete(member.userId);
      if (welcome) send(member, opcode.welcome, welcome);
    }
  }

  /** Nobody has a group yet: everybody is told of everybody, and the first commit founds it. */
  #offer(): void {
    for (const [userId, member] of this.#members) {
      if (!this.#packages.has(userId)) continue;
      const offered = this.#offered.get(userId) ?? [];
      this.#offered.set(userId, offered);
      for (const [other, keyPackage] of this.#packages) {
        if (other === userId || offered.includes(other)) continue;
        offered.push(other);
        member.sendBinary(
          opcode.proposals,
          Buffer.concat([append, vector(this.#sender.proposeAdding(0, keyPackage))]),
        );
      }
    }
  }

  /** Asks the group for what is still missing: leaves of those who went, seats for those who came. */
  #propose(): void {
    const group = this.#group;
    if (!group) return;
    const messages: Buffer[] = [];
    const propose = (proposal: Proposal, message: () => Buffer): void => {
      const known = group.proposed.some(
        ({ kind, userId }) => kind === proposal.kind && userId === proposal.userId,
      );
      if (known) return;
      group.proposed.push(proposal);
      messages.push(message());
    };
    for (const [leaf, userId] of group.leaves.entries()) {
      if (userId === null) continue;
      const rejoins = this.#broken.has(userId) && this.#packages.has(userId);
      if (rejoins || !this.#members.has(userId)) {
        propose({ kind: "remove", userId }, () => this.#sender.proposeRemoving(group.epoch, leaf));
      }
    }
    for (const [userId, keyPackage] of this.#packages) {
      if (group.leaves.includes(userId) && !this.#broken.has(userId)) continue;
      propose({ kind: "add", userId }, () => this.#sender.proposeAdding(group.epoch, keyPackage));
    }
    if (messages.length === 0) return;
    const payload = Buffer.concat([append, vector(...messages)]);
    for (const userId of this.userIds) {
      if (!this.#broken.has(userId)) {
        this.#members.get(userId)?.sendBinary(opcode.proposals, payload);
      }
    }
  }

  /** One is left alone: its group ends, and it waits with a fresh key package for the next to come. */
  #startAnew(staying: readonly string[]): void {
    this.#group = undefined;
    this.#switching.clear();
    this.#offered.clear();
    for (const userId of staying) {
      const member = this.#members.get(userId)!;
      this.#packages.delete(userId);
      this.#broken.delete(userId);
      member.sendJson(opcode.prepareEpoch, { protocol_version: 1, epoch: 1 });
      member.sendJson(opcode.prepareTransition, { protocol_version: 1, transition_id: 0 });
      member.sendBinary(opcode.externalSender, this.#sender.package);
    }
  }
}

/** The operation of op 27 that adds proposals. */
const append = u8(0);

/** The tree's leaves after a commit (RFC 9420, section 7.7): removals first, then the leftmost blank. */
function seat(before: readonly (string | null)[], taken: readonly Proposal[]): (string | null)[] {
  const leaves = [...before];
  for (const { kind, userId } of taken) {
    if (kind === "remove") leaves[leaves.indexOf(userId)] = null;
  }
  for (const { kind, userId } of taken) {
    if (kind !== "add") continue;
    const blank = leaves.indexOf(null);
    if (blank < 0) leaves.push(userId);
    else leaves[blank] = userId;
  }
  return leaves;
}
