import type { VoiceLineEvent, VoiceLineRequest } from "../../core/voice-line.ts";
import { openLoudspeaker } from "./loudspeaker.ts";
import { openMicrophone } from "./microphone.ts";

/** A conversation by voice with the server. */
export type TalkLine = {
  /** Whether the microphone is heard; the line stays open for the answer. */
  listen(listening: boolean): void;
  hush(): void;
  close(): void;
};

/**
 * Opens microphone, loudspeaker and a WebSocket between them and the server. Rejects when the
 * microphone is refused; `closed` is called when the line ends, whoever ended it.
 */
export async function openTalkLine(
  tell: (event: VoiceLineEvent) => void,
  closed: () => void,
): Promise<TalkLine> {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/voice`);
  socket.binaryType = "arraybuffer";
  const loudspeaker = await openLoudspeaker();
  const microphone = await openMicrophone((frame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame.slice());
  }).catch(async (thrown: unknown) => {
    socket.close();
    await loudspeaker.close();
    throw thrown;
  });
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== "string") return loudspeaker.play(new Int16Array(data));
    const event = JSON.parse(data) as VoiceLineEvent;
    if (event.kind === "paused" || event.kind === "interrupted") loudspeaker.stop();
    tell(event);
  };
  socket.onclose = () => {
    void microphone.close();
    void loudspeaker.close();
    closed();
  };
  return {
    listen: (listening) => microphone.mute(!listening),
    hush() {
      loudspeaker.stop();
      const request: VoiceLineRequest = { kind: "hush" };
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
    },
    close: () => socket.close(),
  };
}
