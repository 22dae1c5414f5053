import { ActionIcon } from "@mantine/core";
import { useRef } from "react";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import type { Talk } from "./use-talk.ts";

/** A press that lasts longer, in milliseconds, is push-to-talk. */
const longPress = 400;

/** A click opens or closes the microphone; held down, it listens as long as it is held. */
export function TalkButton({ hears, talk }: { readonly hears: boolean; readonly talk: Talk }) {
  const { t } = useLanguage();
  const pressedAt = useRef(0);
  const wasOpen = useRef(false);
  const { state } = talk;
  const isOpen = state.kind === "open" && state.listening;
  const label = t(isOpen ? "talk.end" : "talk.start");

  const press = (at: number): void => {
    wasOpen.current = isOpen;
    pressedAt.current = at;
    if (!isOpen) talk.start();
  };
  const release = (at: number): void => {
    if (pressedAt.current === 0) return;
    const isLong = at - pressedAt.current > longPress;
    pressedAt.current = 0;
    if (isLong) talk.pause();
    else if (wasOpen.current) talk.end();
  };
  return (
    <ActionIcon
      variant={isOpen ? "filled" : "subtle"}
      color={isOpen ? "red" : "gray"}
      size={38}
      loading={state.kind === "opening"}
      aria-label={label}
      aria-pressed={isOpen}
      title={t(hears ? "talk.hint" : "talk.off")}
      disabled={!hears}
      onPointerDown={(event) => press(event.timeStamp)}
      onPointerUp={(event) => release(event.timeStamp)}
      onPointerLeave={(event) => release(event.timeStamp)}
      onClick={(event) => {
        // The keyboard has no pointer events.
        if (event.detail > 0) return;
        if (isOpen) talk.end();
        else talk.start();
      }}
    >
      <Icon name="microphone" size={20} />
    </ActionIcon>
  );
}
