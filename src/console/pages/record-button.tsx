import { ActionIcon } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";

/** Records a voice message; stopping sends it, Escape throws it away. */
export function RecordButton({
  hears,
  onRecorded,
}: {
  readonly hears: boolean;
  readonly onRecorded: (file: File) => void;
}) {
  const { t } = useLanguage();
  const [recorder, setRecorder] = useState<MediaRecorder | null>(null);
  const discarded = useRef(false);

  const start = async (): Promise<void> => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recording = new MediaRecorder(stream);
    const pieces: Blob[] = [];
    discarded.current = false;
    recording.ondataavailable = ({ data }) => pieces.push(data);
    recording.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      setRecorder(null);
      const type = recording.mimeType.split(";")[0] ?? "audio/webm";
      const ending = type.endsWith("mp4") ? "m4a" : (type.split("/")[1] ?? "webm");
      if (!discarded.current) onRecorded(new File(pieces, `voice-message.${ending}`, { type }));
    };
    recording.start();
    setRecorder(recording);
  };
  useEffect(() => {
    if (!recorder) return;
    const discard = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      discarded.current = true;
      recorder.stop();
    };
    addEventListener("keydown", discard);
    return () => removeEventListener("keydown", discard);
  }, [recorder]);

  const label = t(recorder ? "record.send" : "record.start");
  return (
    <ActionIcon
      variant={recorder ? "filled" : "subtle"}
      color={recorder ? "red" : "gray"}
      size={38}
      aria-label={label}
      title={hears ? label : t("talk.off")}
      disabled={!hears}
      onClick={() => {
        if (recorder) recorder.stop();
        // A refused microphone leaves things as they were.
        else void start().catch(() => undefined);
      }}
    >
      <Icon name="voice" size={20} />
    </ActionIcon>
  );
}
