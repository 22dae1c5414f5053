import { useEffect, useState } from "react";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";

/** Takes files dropped anywhere on the page, and shows that it would. */
export function DropZone({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const { t } = useLanguage();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const listen = (type: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      addEventListener(type, act, { signal: listening.signal });
    listen("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", (event) => {
      // Leaving the window, not an element in it.
      if (!event.relatedTarget) setOver(false);
    });
    listen("drop", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      onFiles([...event.dataTransfer.files]);
    });
    return () => listening.abort();
  }, [onFiles]);
  if (!over) return null;
  return (
    <div className="drop-zone" aria-hidden="true">
      <div>
        <Icon name="file" size={36} />
        {t("import.drop")}
      </div>
    </div>
  );
}
