import { Button, Loader, Modal, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, importFile, Refusal } from "./api.ts";
import type { FilePreview, Receipt } from "./api-types.ts";
import { ColumnChooser, isEnough, type ChosenColumns } from "./column-chooser.tsx";
import { useLanguage } from "./language.tsx";
import { addressOf } from "./use-place.ts";
import { useFocus } from "./use-focus.ts";
import { Problem } from "./problem.tsx";

type ImportDialogProps = {
  readonly file: File;
  onClose(): void;
  onImported(receipt: Receipt): void;
};

/** Shows what a knowledge file holds, and teaches it when the person agrees. */
export function ImportDialog({ file, onClose, onImported }: ImportDialogProps) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [progress, setProgress] = useState({ done: 0, total: 1 });
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  /** The columns of a table that does not tell which of them is what. */
  const [names, setNames] = useState<readonly string[]>();
  const [chosen, setChosen] = useState<ChosenColumns>({});
  const columns = isEnough(chosen) ? chosen : {};
  const preview = useQuery({
    queryKey: ["preview", file.name, file.size, file.lastModified, columns],
    queryFn: async () => {
      const read = await (await api.import.preview.$post({ form: { file, ...columns } })).json();
      if (read.columns !== null) setNames(read.columns);
      return read;
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const teach = useMutation({
    mutationFn: () => {
      leaving.current = new AbortController();
      return runImport(file, columns, leaving.current.signal, setProgress);
    },
    onSuccess: (done) => {
      if ("jobId" in done) location.hash = addressOf("jobs", done.jobId);
      else onImported(done.receipt);
      onClose();
      return queries.invalidateQueries();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("import.title")}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className="import">
        {preview.isPending && (
          <p className="import-reading">
            <Loader size="xs" /> {t("import.reading", { name: file.name })}
          </p>
        )}
        <Problem error={preview.error ?? teach.error} />
        {names && <ColumnChooser names={names} chosen={chosen} onChoose={setChosen} />}
        {preview.data && <Preview name={file.name} preview={preview.data} />}
        {teach.isPending && (
          <div className="import-progress">
            <Progress
              value={(100 * progress.done) / progress.total}
              aria-label={t("import.title")}
              animated
            />
            {progress.done > 0 && <span>{t("import.running", progress)}</span>}
          </div>
        )}
        <div className="form-actions">
          {preview.data && preview.data.count > 0 && (
            <StartButton
              count={preview.data.count}
              running={teach.isPending}
              onStart={() => teach.mutate()}
            />
          )}
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t(preview.data?.count ? "cancel" : "close")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type StartButtonProps = { readonly count: number; readonly running: boolean; onStart(): void };

function StartButton({ count, running, onStart }: StartButtonProps) {
  const { t } = useLanguage();
  const button = useFocus<HTMLButtonElement>();
  return (
    <Button ref={button} data-autofocus loading={running} onClick={onStart}>
      {t("import.start", { count })}
    </Button>
  );
}

function Preview({ name, preview }: { readonly name: string; readonly preview: FilePreview }) {
  const { t } = useLanguage();
  const { count, lessons, problems, problemCount, leftOut, leftOutCount, encoding } = preview;
  if (preview.columns !== null) return <p className="quiet">{t("import.choose")}</p>;
  if (problemCount > 0) {
    const more = problemCount - problems.length;
    return (
      <>
        <h3>{t("import.mistakes", { count: problemCount, name })}</h3>
        <ul className="import-mistakes">
          {problems.map(({ place, text }) => (
            <li key={`${place} ${text}`}>
              <strong>{place}</strong> <span dir="auto">{text}</span>
            </li>
          ))}
          {more > 0 && <li className="quiet">{t("import.more-mistakes", { count: more })}</li>}
        </ul>
        <p className="quiet">{t("import.mend")}</p>
      </>
    );
  }
  return (
    <>
      <h3>{t("import.found", { count, name })}</h3>
      <ul className="import-rows" aria-label={t("import.first", { count: lessons.length })}>
        {lessons.map(({ prompt, answer }, row) => (
          <li key={row}>
            <p className="example-prompt" dir="auto">
              {prompt}
            </p>
            <p className="import-answer" dir="auto">
              {answer ?? t("knowledge.no-answer")}
            </p>
          </li>
        ))}
      </ul>
      {count > lessons.length && (
        <p className="quiet">{t("import.more-rows", { count: count - lessons.length })}</p>
      )}
      {encoding !== null && <p className="quiet">{t("import.encoding", { encoding })}</p>}
      {leftOutCount > 0 && (
        <details>
          <summary>{t("import.left-out", { count: leftOutCount })}</summary>
          <ul className="import-mistakes">
            {leftOut.map(({ place, text }, index) => (
              <li key={index}>
                <strong>{place}</strong> <span dir="auto">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Runs an import to its end, or to where a job goes on with it. Throws what the server refuses. */
async function runImport(
  file: File,
  columns: ChosenColumns,
  signal: AbortSignal,
  onProgress: (progress: { done: number; total: number }) => void,
): Promise<{ receipt: Receipt } | { jobId: string }> {
  for await (const event of importFile(file, columns, signal)) {
    if (event.kind === "done" || event.kind === "started") return event;
    if (event.kind === "error") throw new Refusal(event, 422);
    onProgress(event);
  }
  throw new Error("the import ended without a receipt");
}
