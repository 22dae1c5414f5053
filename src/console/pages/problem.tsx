import { ConnectionLost, Refusal } from "./api.ts";
import { useLanguage } from "./language.tsx";

/** What went wrong, in the server's words where it has some. */
export function Problem({ error }: { readonly error: Error | null }) {
  const { t } = useLanguage();
  if (!error) return null;
  const own = error instanceof ConnectionLost ? t("error.connection") : t("error.unknown");
  return (
    <p className="failure" role="alert">
      {error instanceof Refusal ? error.message : own}
    </p>
  );
}
