import type { KeyboardEvent } from "react";

/** Control or Command with Enter saves a form of several lines, Escape leaves it. */
export const formKeys =
  (save: () => void, cancel: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
    }
  };
