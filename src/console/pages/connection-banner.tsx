import { Loader } from "@mantine/core";
import { useLanguage } from "./language.tsx";
import type { Connection } from "./use-session.ts";

/** Says that the server is away, and what to do when it will not come back by itself. */
export function ConnectionBanner({ connection }: { readonly connection: Connection }) {
  const { t } = useLanguage();
  return (
    <div role="alert">
      {connection !== "open" && (
        <div className={`banner banner-${connection}`}>
          {connection === "lost" && <Loader size={14} color="currentColor" aria-hidden="true" />}
          {t(connection === "lost" ? "connection.lost" : "connection.ended")}
        </div>
      )}
    </div>
  );
}
