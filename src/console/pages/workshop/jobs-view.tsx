import { Button, Loader } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { Problem } from "../problem.tsx";
import { addressOf } from "../use-place.ts";
import { Moment } from "./moment.tsx";
import { JobCard, StateBadge } from "./job-card.tsx";

const pageSize = 30;
/** Milliseconds between two looks at the list. */
const lookAgain = 3_000;

/** All jobs, newest first, and the chosen one live beside them. */
export function JobsView({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const found = useInfiniteQuery({
    queryKey: ["jobs"],
    queryFn: async ({ pageParam: before }) =>
      (await (await api.jobs.$get({ query: { ...(before && { before }) } })).json()).jobs,
    initialPageParam: "",
    getNextPageParam: (last) => (last.length === pageSize ? last.at(-1)?.id : undefined),
    refetchInterval: lookAgain,
  });
  const jobs = found.data?.pages.flat() ?? [];
  const chosen = id || jobs[0]?.id;
  return (
    <>
      <Problem error={found.error} />
      {found.isPending && <Loader size="sm" />}
      {found.isSuccess && jobs.length === 0 && <p className="quiet">{t("jobs.empty")}</p>}
      {chosen !== undefined && <JobCard key={chosen} id={chosen} withLog />}
      {jobs.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <caption>{t("workshop.jobs")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("jobs.what")}</th>
                <th scope="col">{t("jobs.state")}</th>
                <th scope="col">{t("jobs.when")}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <tr key={job.id} aria-current={job.id === chosen ? "true" : undefined}>
                  <th scope="row">
                    <a href={addressOf("jobs", job.id)}>{job.subject || job.id.slice(-8)}</a>
                  </th>
                  <td>
                    <StateBadge state={job.state} />
                  </td>
                  <td>
                    <Moment at={job.createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.hasNextPage && (
        <Button variant="default" size="sm" onClick={() => void found.fetchNextPage()}>
          {t("jobs.more")}
        </Button>
      )}
    </>
  );
}
