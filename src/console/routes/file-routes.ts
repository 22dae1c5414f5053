import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import type { z } from "zod";
import type { ImportColumns } from "../../learning/importers/importer.ts";
import { placeOf } from "../../learning/importers/place.ts";
import type { KnowledgeFile } from "../../learning/preview-file.ts";
import type { Receipt } from "../../learning/teaching.ts";
import { say } from "../../texts/say.ts";
import { asConsoleError } from "../failures.ts";
import { uploadSchema, valid, workspaceQuerySchema } from "../request-schemas.ts";
import { languageOfRequest, lines, type RouteParts } from "./route-parts.ts";

/** What an import tells while it runs. */
export type ImportEvent =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly receipt: Receipt }
  /** It is long work: the job that goes on with it. */
  | { readonly kind: "started"; readonly jobId: string };

/** Knowledge files: a look inside, import, export. */
export const fileRoutes = (parts: RouteParts) =>
  new Hono<{ Bindings: HttpBindings }>()
    .post("/import/preview", valid("form", uploadSchema), async (context) => {
      const { workspace: _workspace, ...upload } = context.req.valid("form");
      const file = await readUpload(upload);
      const preview = await parts.operations.previewFile(file);
      const { lessons, problems, problemCount, leftOut, leftOutCount } = preview;
      const language = languageOfRequest(context, parts);
      return context.json({
        count: lessons.length,
        lessons: lessons
          .slice(0, 5)
          .map(({ prompt, answer, label }) => ({ prompt, answer, label })),
        problems: problems.map((found) => ({
          line: found.line,
          place: placeOf(found, language),
          text: say(language, found.key, found.values),
        })),
        problemCount,
        leftOut: leftOut.slice(0, 20).map((found) => ({
          line: found.line,
          place: placeOf(found, language),
          text: say(language, found.leftOut, found.values),
        })),
        leftOutCount,
        encoding: preview.encoding ?? null,
        columns: problems.find(({ columns }) => columns !== undefined)?.columns ?? null,
      });
    })
    .post("/import", valid("form", uploadSchema), async (context) => {
      const { workspace, ...upload } = context.req.valid("form");
      const file = await readUpload(upload);
      const language = languageOfRequest(context, parts);
      return lines<ImportEvent>(context, parts, async (write, signal) => {
        let shown = 0;
        const progress = (done: number, total: number): void => {
          if (done < total && done - shown < total / 100) return;
          shown = done;
          // Lines keep their order; the last one is awaited.
          void write({ kind: "progress", done, total });
        };
        const begun = await parts.operations.importFile(file, {
          ...(workspace && { workspace }),
          language,
          signal,
          progress,
        });
        await write(
          "job" in begun
            ? { kind: "started", jobId: begun.job.id }
            : { kind: "done", receipt: begun.receipt },
        );
      });
    })
    .get("/export", valid("query", workspaceQuerySchema), (context) => {
      const { workspace } = context.req.valid("query");
      context.header("content-type", "application/x-ndjson; charset=utf-8");
      context.header("content-disposition", `attachment; filename="apprentice.jsonl"`);
      context.header("cache-control", "no-store");
      const gone = new AbortController();
      const signal = AbortSignal.any([gone.signal, parts.stopping]);
      return stream(
        context,
        async (output) => {
          output.onAbort(() => gone.abort());
          for await (const piece of parts.operations.exportExamples(signal, workspace)) {
            await output.write(piece);
          }
        },
        async (thrown) => {
          // The head is sent: a cut answer is the only way left to say that it is not whole.
          const { code, id } = asConsoleError(thrown);
          parts.log.error("An export broke off", { code, id, error: thrown });
          context.env.outgoing.destroy();
        },
      );
    });

async function readUpload({
  file,
  label,
  format,
  ...columns
}: Omit<z.output<typeof uploadSchema>, "workspace">): Promise<KnowledgeFile> {
  return {
    name: file.name,
    bytes: await file.bytes(),
    ...(label && { label }),
    ...(format && { format }),
    ...(Object.keys(columns).length > 0 && { columns: columns as ImportColumns }),
  };
}
