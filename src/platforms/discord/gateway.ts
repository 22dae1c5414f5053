import { SimpleShardingStrategy, type WebSocketManager } from "@discordjs/ws";
import { timeout } from "../../core/clock.ts";

/** How long a closing handshake may take before the socket is ended without it, in milliseconds. */
const closePatience = 2_000;

/** The gateway sockets of one client, which can be ended for good. */
export type Gateway = {
  /** For the client's option `ws.buildStrategy`. */
  readonly strategy: (manager: WebSocketManager) => SimpleShardingStrategy;
  /**
   * Ends every socket and every attempt to reconnect. `@discordjs/ws` alone does not: a shard that
   * waits for its next attempt ignores `destroy`, and a socket that is being opened stays open.
   */
  end(): Promise<void>;
};

export function createGateway(): Gateway {
  let manager: WebSocketManager | undefined;
  let strategy: SimpleShardingStrategy | undefined;
  return {
    strategy(given) {
      manager = given;
      strategy = new SimpleShardingStrategy(given);
      return strategy;
    },
    async end() {
      if (!manager || !strategy) return;
      // Every attempt to connect asks for the session first, and waits for it.
      manager.options.retrieveSessionInfo = () => new Promise(() => {});
      const sockets = socketsOf(strategy);
      for (const socket of sockets) if (isOpening(socket)) terminate(socket);
      const closing = Promise.resolve(manager.destroy({ code: 1_000, reason: "Stopping" }));
      await Promise.race([closing.catch(() => {}), timeout(closePatience)]);
      for (const socket of sockets) terminate(socket);
    },
  };
}

/** What is needed of a socket of `ws`. */
type Socket = { readonly readyState: number; onerror: unknown; terminate(): void };

/** The library shows its shards to nobody; `connection.test.ts` holds that they are still there. */
const socketsOf = (strategy: SimpleShardingStrategy): Socket[] =>
  [...(Reflect.get(strategy, "shards") as Map<number, object>).values()].flatMap(
    (shard) => (Reflect.get(shard, "connection") as Socket | null) ?? [],
  );

const isOpening = ({ readyState }: Socket): boolean => readyState === 0;

function terminate(socket: Socket): void {
  socket.onerror = () => {};
  socket.terminate();
}
