import { Button } from "@mantine/core";
import { ConnectionBanner } from "../connection-banner.tsx";
import { HeaderSwitches } from "../header-switches.tsx";
import { Mark } from "../icons.tsx";
import { useLanguage } from "../language.tsx";
import { addressOf, type Place } from "../use-place.ts";
import { useSession } from "../use-session.ts";
import { DatasetsView } from "./datasets-view.tsx";
import { JobsView } from "./jobs-view.tsx";
import { ModelsView } from "./models-view.tsx";

const views = ["datasets", "jobs", "models"] as const;

type WorkshopPageProps = { readonly place: Exclude<Place, "chat">; readonly id: string };

/** Where what was taught becomes datasets, trainings and models. */
export function WorkshopPage({ place, id }: WorkshopPageProps) {
  const { t } = useLanguage();
  const { connection } = useSession();
  return (
    <div className="page">
      <header className="header">
        <div className="header-name">
          <a href={addressOf("chat")} className="workshop-back" aria-label={t("workshop.chat")}>
            <Mark />
          </a>
          <h1>{t("header.workshop")}</h1>
        </div>
        <div className="header-actions">
          <Button
            component="a"
            href={addressOf("chat")}
            className="header-action"
            variant="subtle"
            color="gray"
          >
            {t("workshop.chat")}
          </Button>
          <HeaderSwitches />
        </div>
      </header>
      <ConnectionBanner connection={connection} />
      <nav className="workshop-tabs" aria-label={t("header.workshop")}>
        {views.map((view) => (
          <a
            key={view}
            href={addressOf(view)}
            className="workshop-tab"
            aria-current={view === place ? "page" : undefined}
          >
            {t(`workshop.${view}`)}
          </a>
        ))}
      </nav>
      <main className="workshop" aria-label={t(`workshop.${place}`)}>
        {place === "datasets" && <DatasetsView />}
        {place === "jobs" && <JobsView id={id} />}
        {place === "models" && <ModelsView />}
      </main>
    </div>
  );
}
