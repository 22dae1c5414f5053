import type { PlatformName } from "../core/message.ts";
import type { Reach } from "../core/platform.ts";

/** The ways into rooms of all platforms that are connected. */
export type Reaches = {
  readonly reach: Reach;
  /** Adds a platform; gives back what takes it away again. */
  join(platform: PlatformName, reach: Reach): () => void;
};

/** A room's name begins with its platform's: `discord:5678`. */
export function createReaches(): Reaches {
  const platforms = new Map<string, Reach>();
  return {
    reach: (room) => platforms.get(room.slice(0, room.indexOf(":")))?.(room),
    join(platform, reach) {
      platforms.set(platform, reach);
      return () => platforms.delete(platform);
    },
  };
}
