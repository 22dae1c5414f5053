import { upgradeWebSocket } from "@hono/node-server";
import { Hono } from "hono";
import { asApprenticeError } from "../../core/errors.ts";
import { heardFrameSamples } from "../../core/voice.ts";
import type { VoiceLine, VoiceLineEvent, VoiceLineRequest } from "../../core/voice-line.ts";
import { sayError } from "../../texts/say.ts";
import { languageOfRequest, type RouteParts } from "./route-parts.ts";

/** Bytes that may wait to be sent to a page that does not take them: two seconds of voice. */
const longestBacklog = 200_000;
const frameBytes = heardFrameSamples * Int16Array.BYTES_PER_ELEMENT;

/** Talking: sound both ways over one WebSocket. */
export const voiceRoutes = (parts: RouteParts) =>
  new Hono().get(
    "/voice",
    upgradeWebSocket((context) => {
      const language = languageOfRequest(context, parts);
      let line: Promise<VoiceLine> | undefined;
      return {
        onOpen(_event, socket) {
          const tell = (event: VoiceLineEvent): void => socket.send(JSON.stringify(event));
          const raw = socket.raw as { readonly bufferedAmount?: number } | undefined;
          const backlog = (): number => raw?.bufferedAmount ?? 0;
          line = parts.operations.talk({
            language,
            tell: (event) => {
              if (socket.readyState === 1) tell(event);
            },
            play(frame) {
              if (socket.readyState === 1) socket.send(Uint8Array.from(frame));
            },
            isOpen: () => socket.readyState === 1 && backlog() < longestBacklog,
          });
          line.catch((thrown: unknown) => {
            const error = asApprenticeError(thrown);
            parts.log.warn("Talking could not begin", { id: error.id, code: error.code });
            tell({ kind: "failed", code: error.code, text: sayError(language, error) });
            socket.close(1011, error.code);
          });
          parts.stopping.addEventListener("abort", () => socket.close(1001), { once: true });
        },
        onMessage({ data }, socket) {
          const opened = line;
          if (data instanceof ArrayBuffer && data.byteLength === frameBytes)
            void opened?.then(
              (talk) => talk.heard(new Int16Array(data)),
              () => {},
            );
          else if (typeof data === "string" && isHush(data))
            void opened?.then(
              (talk) => talk.hush(),
              () => {},
            );
          else socket.close(1003, "neither a frame of 20 ms nor a request");
        },
        onClose() {
          void line?.then((talk) => talk.close()).catch(() => {});
        },
      };
    }),
  );

function isHush(text: string): boolean {
  try {
    return (JSON.parse(text) as Partial<VoiceLineRequest> | null)?.kind === "hush";
  } catch {
    return false;
  }
}
