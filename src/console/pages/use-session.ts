import { useQuery } from "@tanstack/react-query";
import { api, Refusal } from "./api.ts";
import type { Session } from "./api-types.ts";

/** `ended`: another run of the server, whose token this page does not have. */
export type Connection = "open" | "lost" | "ended";

/** The session, asked for again and again, so that a lost connection is seen and comes back. */
export function useSession(): { session: Session | undefined; connection: Connection } {
  const { data, error } = useQuery({
    queryKey: ["session"],
    queryFn: async () => (await api.session.$get()).json(),
    refetchInterval: (query) => (query.state.error ? 2000 : 15_000),
    networkMode: "always",
  });
  return { session: data, connection: connectionAfter(error) };
}

function connectionAfter(error: Error | null): Connection {
  if (!error) return "open";
  return error instanceof Refusal && error.status === 401 ? "ended" : "lost";
}
