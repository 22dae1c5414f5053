import { Badge, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { Problem } from "../problem.tsx";
import { addressOf } from "../use-place.ts";
import { CommandButton } from "./command-button.tsx";
import { Moment } from "./moment.tsx";

/** The trained models, newest first, and the names under which they stand. */
export function ModelsView() {
  const { t } = useLanguage();
  const found = useQuery({
    queryKey: ["models"],
    queryFn: async () => (await (await api.models.$get()).json()).models,
  });
  const models = found.data ?? [];
  return (
    <>
      <p className="quiet">{t("models.about")}</p>
      <Problem error={found.error} />
      {found.isPending && <Loader size="sm" />}
      {found.isSuccess && models.length === 0 && <p className="quiet">{t("models.empty")}</p>}
      <ul className="cards">
        {models.map(({ id, number, aliases, trainer, method, dataset, jobId, createdAt }) => (
          <li key={id} className="card">
            <div className="job-head">
              <h3>v{number}</h3>
              {aliases.map((alias) => (
                <Badge key={alias} tt="none" variant={alias === "live" ? "filled" : "light"}>
                  {t(`models.${alias}`)}
                </Badge>
              ))}
            </div>
            <p>
              <bdi>{dataset.name}</bdi> v{dataset.version} ·{" "}
              {trainer === method ? trainer : `${trainer} ${method}`}
            </p>
            <p className="quiet">
              <Moment at={createdAt} /> · <a href={addressOf("jobs", jobId)}>{t("models.job")}</a>
            </p>
            <div className="job-actions">
              {aliases.includes("live") ? (
                <CommandButton
                  label={t("models.rollback")}
                  call={{ name: "rollback", values: {} }}
                />
              ) : (
                <CommandButton
                  label={t("models.promote")}
                  call={{ name: "promote", values: { version: `v${number}` } }}
                />
              )}
              <CommandButton
                label={t("models.lineage")}
                call={{ name: "lineage", values: { model: `v${number}` } }}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
