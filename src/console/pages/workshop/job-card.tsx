import { Badge, Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isFinal } from "../../../core/job.ts";
import type { ShownJob } from "../../routes/job-routes.ts";
import { api } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { Markdown } from "../markdown.tsx";
import { Problem } from "../problem.tsx";
import { LossChart } from "./loss-chart.tsx";
import { useJob } from "./use-job.ts";

const colours = {
  queued: "gray",
  running: "fern",
  paused: "yellow",
  succeeded: "fern",
  failed: "red",
  cancelled: "gray",
  lost: "red",
} as const;

/** One job, live: how far it is, its loss curve, and what can be done with it. */
export function JobCard({
  id,
  withLog = false,
}: {
  readonly id: string;
  readonly withLog?: boolean;
}) {
  const { t } = useLanguage();
  const { job, events, error } = useJob(id);
  if (!job) return error ? <Problem error={error} /> : <p className="quiet">{t("job.loading")}</p>;
  const log = events.flatMap((event) =>
    event.kind === "log" || event.kind === "warning" ? [event] : [],
  );
  return (
    <section className="job-card" aria-label={`${t("job.title")} ${job.subject}`}>
      <div className="job-head">
        <h3>{job.subject}</h3>
        <StateBadge state={job.state} />
      </div>
      <JobProgress job={job} />
      <p className="job-words">{job.words}</p>
      <Outcome job={job} />
      <LossChart events={events} />
      <Problem error={error} />
      <JobActions job={job} />
      {withLog && log.length > 0 && (
        <details className="job-log">
          <summary>{t("job.log", { count: log.length })}</summary>
          <pre>{log.map(({ text }) => text).join("\n")}</pre>
        </details>
      )}
    </section>
  );
}

export function StateBadge({ state }: { readonly state: ShownJob["state"] }) {
  const { t } = useLanguage();
  return (
    <Badge color={colours[state]} variant={state === "running" ? "filled" : "light"} tt="none">
      {t(`job.state.${state}`)}
    </Badge>
  );
}

function JobProgress({ job: { state, progress } }: { readonly job: ShownJob }) {
  const { t } = useLanguage();
  if (isFinal(state)) return null;
  const done = progress?.total ? (100 * progress.step) / progress.total : 0;
  return (
    <Progress
      value={done}
      animated={state === "running"}
      size="sm"
      aria-label={t("job.progress")}
    />
  );
}

/** Which model came of it, and how good it is. */
function Outcome({ job: { facts, outcome } }: { readonly job: ShownJob }) {
  const { t } = useLanguage();
  if (outcome !== null) return <Markdown text={outcome} />;
  const model = facts["model"] as { readonly number: number } | undefined;
  if (!model) return null;
  const metrics = facts["metrics"] as Readonly<Record<string, number>> | undefined;
  const accuracy = metrics?.["validation_accuracy"];
  return (
    <p>
      <a href="#/models">{t("job.model", { version: `v${model.number}` })}</a>
      {accuracy !== undefined &&
        ` ${t("job.accuracy", { percent: Math.round(accuracy * 1000) / 10 })}`}
    </p>
  );
}

function JobActions({ job }: { readonly job: ShownJob }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const acting = useMutation({
    mutationFn: async (action: "cancel" | "pause" | "resume") =>
      (await api.jobs[":id"].$post({ param: { id: job.id }, json: { action } })).json(),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (isFinal(job.state)) return null;
  const button = (action: "cancel" | "pause" | "resume") => (
    <Button
      size="compact-sm"
      variant="default"
      loading={acting.isPending && acting.variables === action}
      onClick={() => acting.mutate(action)}
    >
      {t(`job.${action}`)}
    </Button>
  );
  return (
    <div className="job-actions">
      {job.state === "paused" && button("resume")}
      {job.state === "running" && job.canPause && button("pause")}
      {button("cancel")}
      <Problem error={acting.error} />
    </div>
  );
}
