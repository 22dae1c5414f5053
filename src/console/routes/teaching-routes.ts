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
import { keyOf } from "../../storage/knowledge/keys.ts";
import { toldReceipt } from "../told-receipt.ts";
import { consoleTeacher, languageOfRequest, type RouteParts } from "./route-parts.ts";

/** Teaching: correct, rate, teach, undo; and what was taught. */
export const teachingRoutes = (parts: RouteParts) =>
  new Hono()
    .post("/turns/:id/correct", valid("json", correctionSchema), async (context) => {
      const turn = await findTurn(parts, context.req.param("id"));
      const { answer, meaning } = context.req.valid("json");
      const receipt = await parts.teaching.correct(consoleTeacher(parts), turn, answer, {
        ...(meaning && { meaning }),
      });
      return context.json(toldReceipt(receipt, languageOfRequest(context, parts)));
    })
    .get("/turns/:id/taken-for", async (context) => {
      const turn = await findTurn(parts, context.req.param("id"));
      const answer =
        turn.answerId === null
          ? undefined
          : await parts.knownAnswers.find(turn.workspace, turn.answerId);
      const isWording = answer?.prompts.some((each) => keyOf(each) === keyOf(turn.prompt)) ?? false;
      return context.json({
        wording: answer?.wording ?? null,
        wordings: answer?.prompts.slice(0, 20) ?? [],
        count: answer?.prompts.length ?? 0,
        isWording,
        isDeclared: answer?.isDeclared ?? false,
      });
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
      context.json(
        toldReceipt(
          await parts.teaching.teach(consoleTeacher(parts), context.req.valid("json")),
          languageOfRequest(context, parts),
        ),
      ),
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
