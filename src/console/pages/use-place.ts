import { useSyncExternalStore } from "react";

/** The parts of the console; each has its own address, so that a link leads there. */
export const places = ["chat", "datasets", "jobs", "models"] as const;
export type Place = (typeof places)[number];

/** The address of a place, or of one thing there. */
export const addressOf = (place: Place, id = ""): string =>
  place === "chat" ? "#/" : `#/${place}${id && `/${id}`}`;

/** Where the person is, from the address of the page. */
export function usePlace(): { readonly place: Place; readonly id: string } {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [, name = "", id = ""] = /^#\/(\w*)\/?([\w-]*)/.exec(hash) ?? [];
  return { place: places.find((place) => place === name) ?? "chat", id };
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
