import { DAVESession, Networking, VoiceUDPSocket } from "@discordjs/voice";

type DaveState = { readonly dave?: DAVESession };
type Decrypt = (packet: Buffer, userId: string) => Buffer | null;
type OnBinary = (message: unknown) => void;

let installed = false;

/**
 * Keeps known faults of @discordjs/voice 0.19 from ending the whole process or one person's sound:
 *
 * - a proposal of the encrypted group that the client cannot follow is thrown out of a socket event;
 *   here the client joins the group anew, as the protocol (DAVE 1.1, op 31) has it;
 * - after transition 0 too many undecryptable packets are thrown into the person's stream instead of
 *   asking for new keys, as they do after any other transition;
 * - a keepalive that meets a closed UDP socket is thrown out of a timer.
 */
export function installLibraryGuards(): void {
  if (installed) return;
  installed = true;
  const networking = Networking.prototype as unknown as {
    onWsBinary: OnBinary;
    readonly state: DaveState;
  };
  const onBinary = networking.onWsBinary;
  networking.onWsBinary = function guarded(this: typeof networking, message) {
    try {
      onBinary.call(this, message);
    } catch {
      rejoinGroup(this.state.dave);
    }
  };
  const dave = DAVESession.prototype as unknown as { decrypt: Decrypt };
  const decrypt = dave.decrypt;
  dave.decrypt = function guarded(this: DAVESession, packet, userId) {
    try {
      return decrypt.call(this, packet, userId);
    } catch {
      rejoinGroup(this);
      return null;
    }
  };
  const udp = VoiceUDPSocket.prototype;
  const send = udp.send;
  udp.send = function guarded(buffer) {
    try {
      send.call(this, buffer);
    } catch (error) {
      if (!isClosedSocket(error)) throw error;
    }
  };
}

function rejoinGroup(session: DAVESession | undefined): void {
  session?.recoverFromInvalidTransition(session.lastTransitionId ?? 0);
}

const isClosedSocket = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_SOCKET_DGRAM_NOT_RUNNING";
