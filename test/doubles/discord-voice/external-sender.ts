import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { u16, u32, u64, u8, vector } from "./mls-wire.ts";

const mls10 = u16(1);
const publicMessage = u16(1);
const externalSender = u8(2);
const proposalContent = u8(2);
const addProposal = u16(1);
const removeProposal = u16(3);
const basicCredential = u16(1);

/** The voice gateway as an outside member of one MLS group: it may propose, never read. */
export class ExternalSender {
  readonly #groupId: string;
  readonly #key: KeyObject;
  /** What op 25 carries: the public key and a credential. */
  readonly package: Buffer;

  /** `groupId` is the voice channel's id. */
  constructor(groupId: string) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = publicKey.export({ format: "jwk" });
    const point = [u8(4), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")];
    this.#groupId = groupId;
    this.#key = privateKey;
    this.package = Buffer.concat([
      vector(...point),
      basicCredential,
      vector(Buffer.from("loopback voice gateway")),
    ]);
  }

  proposeAdding(epoch: number, keyPackage: Buffer): Buffer {
    return this.#propose(epoch, Buffer.concat([addProposal, keyPackage]));
  }

  proposeRemoving(epoch: number, leaf: number): Buffer {
    return this.#propose(epoch, Buffer.concat([removeProposal, u32(leaf)]));
  }

  /** A PublicMessage from sender 0 of the group's external senders (RFC 9420, sections 6.1 and 6.2). */
  #propose(epoch: number, proposal: Buffer): Buffer {
    const content = Buffer.concat([
      vector(u64(BigInt(this.#groupId))),
      u64(epoch),
      externalSender,
      u32(0),
      vector(),
      proposalContent,
      proposal,
    ]);
    const toBeSigned = Buffer.concat([
      vector(Buffer.from("MLS 1.0 FramedContentTBS")),
      vector(mls10, publicMessage, content),
    ]);
    const signature = sign("sha256", toBeSigned, this.#key);
    return Buffer.concat([mls10, publicMessage, content, vector(signature)]);
  }
}
