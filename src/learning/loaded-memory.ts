import type { Recall } from "./recall/recall.ts";

/** The memory of one workspace while it is loaded. */
export type LoadedMemory = {
  readonly workspace: string;
  readonly recall: Recall;
  position: number;
  savedPosition: number;
  refitPlanned: boolean;
  /** Whether vectors of something that is no longer taught may be on disk. */
  mayForget: boolean;
};

export const newMemory = (
  workspace: string,
  recall: Recall,
  position: number,
  savedPosition = 0,
): LoadedMemory => ({
  workspace,
  recall,
  position,
  savedPosition,
  refitPlanned: false,
  mayForget: position !== savedPosition,
});
