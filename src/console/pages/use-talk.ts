import { useCallback, useEffect, useRef, useState } from "react";
import type { VoiceLineEvent } from "../../core/voice-line.ts";
import { openTalkLine, type TalkLine } from "./talk-line.ts";

/** Whether the page talks, and what it shows of that. */
export type TalkState =
  | { readonly kind: "off"; readonly problem?: string }
  | { readonly kind: "opening" }
  /** `partial`: the words understood so far. */
  | { readonly kind: "open"; readonly listening: boolean; readonly partial: string };

export type Talk = {
  readonly state: TalkState;
  /** Opens the line, or the microphone of an open line. */
  start(): void;
  /** Only the microphone closes: the answer is still heard. */
  pause(): void;
  end(): void;
};

/** Talking with the server; `tell` gets what belongs into the conversation. */
export function useTalk(tell: (event: VoiceLineEvent) => void): Talk {
  const [state, setState] = useState<TalkState>({ kind: "off" });
  const line = useRef<TalkLine | null>(null);
  const opening = useRef(false);

  const take = useCallback(
    (event: VoiceLineEvent): void => {
      if (event.kind === "partial") {
        setState((now) => (now.kind === "open" ? { ...now, partial: event.text } : now));
        return;
      }
      if (event.kind === "said") {
        setState((now) => (now.kind === "open" ? { ...now, partial: "" } : now));
      }
      if (event.kind === "failed") {
        setState((now) => (now.kind === "open" ? now : { kind: "off", problem: event.text }));
      }
      tell(event);
    },
    [tell],
  );
  const open = useCallback(async (): Promise<void> => {
    if (opening.current) return;
    opening.current = true;
    setState({ kind: "opening" });
    try {
      line.current = await openTalkLine(take, () => {
        line.current = null;
        setState((now) => (now.kind === "off" ? now : { kind: "off" }));
      });
      setState({ kind: "open", listening: true, partial: "" });
    } catch (thrown) {
      setState({ kind: "off", problem: thrown instanceof DOMException ? thrown.name : "" });
    } finally {
      opening.current = false;
    }
  }, [take]);
  const listen = (listening: boolean): void => {
    line.current?.listen(listening);
    setState((now) => (now.kind === "open" ? { ...now, listening } : now));
  };
  useEffect(() => () => line.current?.close(), []);

  return {
    state,
    start() {
      if (line.current) listen(true);
      else void open();
    },
    pause: () => listen(false),
    end: () => line.current?.close(),
  };
}
