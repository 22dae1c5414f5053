import { elapsed } from "../../core/clock.ts";

/** How many edits of unfinished answers a channel takes within a time, in milliseconds. */
const edits = 4;
const within = 5_000;
/** Channels that are remembered. */
const remembered = 10_000;

/** Keeps unfinished answers within Discord's pace, each channel by itself. */
export type DraftPace = {
  /** Whether a piece may be shown in the channel now; counts it when it may. */
  takes(channelId: string): boolean;
};

/** Discord takes five edits in five seconds per channel; one is left for the finished answer. */
export function createDraftPace(): DraftPace {
  const shown = new Map<string, number[]>();
  return {
    takes(channelId) {
      const recent = (shown.get(channelId) ?? []).filter((moment) => elapsed() - moment < within);
      shown.delete(channelId);
      if (recent.length < edits) recent.push(elapsed());
      else {
        shown.set(channelId, recent);
        return false;
      }
      shown.set(channelId, recent);
      if (shown.size > remembered) shown.delete(shown.keys().next().value!);
      return true;
    },
  };
}
