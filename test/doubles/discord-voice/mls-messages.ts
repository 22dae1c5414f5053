import { WireReader } from "./mls-wire.ts";

/** What a voice gateway must understand of a commit without being in the group. */
export type CommitWelcome = {
  readonly epoch: number;
  /** How many of the proposals sent in this epoch it takes, in the order they were sent. */
  readonly proposals: number;
  readonly commit: Buffer;
  /** Absent when nobody is added. */
  readonly welcome?: Buffer;
};

const mls10 = 1;
const wireFormat = { publicMessage: 1, keyPackage: 5 } as const;
const memberSender = 1;
const commitContent = 3;
const proposalReference = 2;
/** MLS_128_DHKEMP256_AES128GCM_SHA256_P256, the only one that DAVE 1 allows. */
const cipherSuite = 2;
const basicCredential = 1;

/**
 * Splits the payload of op 28 (RFC 9420, section 6.2: a PublicMessage with a commit, then perhaps a
 * Welcome). Throws `RangeError` for anything else.
 */
export function readCommitWelcome(payload: Buffer): CommitWelcome {
  const reader = new WireReader(payload);
  expect(reader.u16() === mls10, "the commit is not MLS 1.0");
  expect(reader.u16() === wireFormat.publicMessage, "the commit is not a public message");
  reader.vector(); // group id
  const epoch = Number(reader.u64());
  expect(reader.u8() === memberSender, "the commit's sender is not a member");
  reader.u32(); // leaf index
  reader.vector(); // authenticated data
  expect(reader.u8() === commitContent, "the message is not a commit");
  const proposals = countReferences(reader.vector());
  if (reader.u8() === 1) skipUpdatePath(reader);
  reader.vector(); // signature
  reader.vector(); // confirmation tag
  reader.vector(); // membership tag
  const rest = payload.subarray(reader.offset);
  return {
    epoch,
    proposals,
    commit: payload.subarray(0, reader.offset),
    ...(rest.length > 0 && { welcome: rest }),
  };
}

function countReferences(list: Buffer): number {
  const reader = new WireReader(list);
  let count = 0;
  while (!reader.done) {
    expect(reader.u8() === proposalReference, "a commit must refer to the gateway's proposals");
    reader.vector();
    count += 1;
  }
  return count;
}

function skipUpdatePath(reader: WireReader): void {
  readLeafNode(reader);
  reader.vector(); // update path nodes
}

export type KeyPackage = { readonly userId: string; readonly bytes: Buffer };

/** Reads the payload of op 26: a key package (RFC 9420, section 10), bare or in a message. */
export function readKeyPackage(payload: Buffer): KeyPackage {
  const outer = new WireReader(payload);
  expect(outer.u16() === mls10, "the key package is not MLS 1.0");
  const wrapped = outer.u16() === wireFormat.keyPackage;
  const bytes = wrapped ? payload.subarray(4) : payload;
  const reader = new WireReader(bytes);
  expect(reader.u16() === mls10, "the key package is not MLS 1.0");
  expect(reader.u16() === cipherSuite, "the key package has a cipher suite that DAVE 1 refuses");
  reader.vector(); // init key
  const identity = readLeafNode(reader);
  reader.vector(); // extensions
  reader.vector(); // signature
  expect(reader.done, "bytes follow the key package");
  return { userId: identity.readBigUInt64BE().toString(), bytes };
}

/** RFC 9420, section 7.2. Gives the identity in the credential: 8 bytes, a Discord user id. */
function readLeafNode(reader: WireReader): Buffer {
  reader.vector(); // encryption key
  reader.vector(); // signature key
  expect(reader.u16() === basicCredential, "the credential is not basic");
  const identity = reader.vector();
  expect(identity.length === 8, "the identity is not a user id");
  for (let list = 0; list < 5; list++) reader.vector(); // capabilities
  const source = reader.u8();
  if (source === 1) reader.take(16); // lifetime of a key package
  if (source === 3) reader.vector(); // parent hash of a commit
  reader.vector(); // extensions
  reader.vector(); // signature
  return identity;
}

function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new RangeError(otherwise);
}
