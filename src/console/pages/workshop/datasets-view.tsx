import { Badge, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { Problem } from "../problem.tsx";
import { CommandButton } from "./command-button.tsx";
import { Moment } from "./moment.tsx";

/** The datasets and what can be done with them. */
export function DatasetsView() {
  const { t } = useLanguage();
  const found = useQuery({
    queryKey: ["datasets"],
    queryFn: async () => (await (await api.datasets.$get()).json()).datasets,
  });
  const datasets = found.data ?? [];
  return (
    <>
      <div className="workshop-intro">
        <p className="quiet">{t("datasets.about")}</p>
        <CommandButton label={t("datasets.build")} call={{ name: "select_dataset", values: {} }} />
      </div>
      <Problem error={found.error} />
      {found.isPending && <Loader size="sm" />}
      {found.isSuccess && datasets.length === 0 && <p className="quiet">{t("datasets.empty")}</p>}
      <ul className="cards">
        {datasets.map(({ name, version, counts, hash, createdAt, isCurrent }) => (
          <li key={name} className="card">
            <div className="job-head">
              <h3>
                <bdi>{name}</bdi> v{version}
              </h3>
              {isCurrent && <Badge tt="none">{t("datasets.current")}</Badge>}
            </div>
            <p>
              {t("datasets.rows", {
                count: counts.rows,
                positive: counts.positive,
                negative: counts.negative,
              })}
            </p>
            <p className="quiet">
              {t("datasets.splits", { ...counts.splits })} · <code>{hash}</code> ·{" "}
              <Moment at={createdAt} />
            </p>
            <div className="job-actions">
              <CommandButton
                label={t("datasets.train")}
                call={{ name: "train", values: { dataset: name, number: version } }}
              />
              <CommandButton
                label={t("datasets.card")}
                call={{ name: "dataset", values: { name, number: version } }}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
