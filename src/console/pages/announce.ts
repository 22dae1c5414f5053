import { createContext, use } from "react";

/** Tells a screen reader something that the eye sees happen. */
export const AnnounceContext = createContext<(text: string) => void>(() => undefined);
export const useAnnounce = (): ((text: string) => void) => use(AnnounceContext);
