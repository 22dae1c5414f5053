import { Hono } from "hono";
import { ApprenticeError } from "../../core/errors.ts";
import type { Example } from "../../core/example.ts";
import type { Turn } from "../../core/turn.ts";
import {
  correctionSchema,
  examplesQuerySchema,
  feedbackSchema,
  lessonSchema,
  valid,
} from "../request-schemas.ts";
import { consoleTeacher, type RouteParts } from "./route-parts.ts";

/** Teaching: correct, rate, teach, undo; and what was taught. */
export const teachingRoutes = (parts: RouteParts) =>
  new Hono()
    .post("/turns/:id/correct", valid("json", correctionSchema), async (context) => {
      const turn = await findTurn(parts, context.req.param("id"));
      const { answer } = context.req.valid("json");
      return context.json(await parts.teaching.correct(consoleTeacher(parts), turn, answer));
    })
    .post("/turns/:id/feedback", valid("json", feedbackSchema), async (context) => {
      const turn = await findTurn(parts, context.req.param("id"));
      const { rating, words } = context.req.valid("json");
      const given = { ...(rating && { rating }), ...(words && { words }) };
      return context.json(await parts.teaching.rate(consoleTeacher(parts), turn, given));
    })
    .get("/turns/:id/why", async (context) => {
      const turn = await findTurn(parts, context.req.param("id"));
      const examples = await Promise.all(
        turn.exampleIds.slice(0, 20).map((id) => parts.examples.find(turn.workspace, id)),
      );
      return context.json({
        id: turn.id,
        tier: turn.tier,
        known: turn.known,
        score: turn.score,
        modelVersion: turn.modelVersion,
        startedAt: turn.startedAt,
        examples: examples.filter((example) => example !== undefined).map(shownExample),
      });
    })
    .post("/teach", valid("json", lessonSchema), async (context) =>
      context.json(await parts.teaching.teach(consoleTeacher(parts), context.req.valid("json"))),
    )
    .post("/actions/:id/undo", async (context) =>
      context.json(await parts.teaching.undo(consoleTeacher(parts), context.req.param("id"))),
    )
    .get("/examples", valid("query", examplesQuerySchema), async (context) => {
      const { search, before, limit } = context.req.valid("query");
      const { found, related } = await parts.searchExamples({
        workspace: parts.place.workspace,
        status: "active",
        limit,
        ...(search?.trim() && { search: search.trim() }),
        ...(before && { before }),
      });
      return context.json({
        examples: found.map(shownExample),
        related: related.map(shownExample),
      });
    });

async function findTurn(parts: RouteParts, reference: string): Promise<Turn> {
  const turn = await parts.turns.find(parts.place.workspace, reference);
  if (!turn) throw new ApprenticeError("turn-missing");
  return turn;
}

const shownExample = (example: Example) => ({
  id: example.id,
  prompt: example.prompt,
  answer: example.answer,
  label: example.label,
  source: example.source,
  status: example.status,
  createdAt: example.createdAt,
});
