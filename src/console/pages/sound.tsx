import { useEffect, useRef } from "react";

/** Plays a sound file of a message. Its words stand below it. */
export function Sound({ file }: { readonly file: File }) {
  const player = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(file);
    player.current?.setAttribute("src", url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={player} controls aria-label={file.name} />;
}
