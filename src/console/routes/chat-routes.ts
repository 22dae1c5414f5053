import { Hono, type Context } from "hono";
import type { ChatEvent, ChatInput } from "../../core/chat.ts";
import type { Turn } from "../../core/turn.ts";
import { invalidRequest } from "../failures.ts";
import { messageSchema, parsed, turnsQuerySchema, valid } from "../request-schemas.ts";
import { languageOfRequest, lines, type RouteParts } from "./route-parts.ts";

/** Talking: messages, the conversation so far, a new conversation. */
export const chatRoutes = (parts: RouteParts) =>
  new Hono()
    .post("/messages", async (context) => {
      const input = await readMessage(context, parts);
      return lines<ChatEvent>(context, parts, async (write, signal) => {
        for await (const event of parts.operations.chat(input, signal)) await write(event);
      });
    })
    .get("/turns", valid("query", turnsQuerySchema), async (context) => {
      const { before, limit, current } = context.req.valid("query");
      const { workspace, room } = parts.place;
      const turns = await parts.turns.list(workspace, room, {
        limit,
        ...(current === "true" && { history: true }),
        ...(before && { before }),
      });
      return context.json({ turns: turns.map(shownTurn) });
    })
    .post("/conversations", async (context) => {
      await parts.turns.startAnew(parts.place.workspace, parts.place.room);
      return context.json({ room: parts.place.room });
    });

const shownTurn = (turn: Turn) => ({
  id: turn.id,
  messageId: turn.messageId,
  prompt: turn.said ?? turn.prompt,
  answer: turn.answer,
  known: turn.known,
  tier: turn.tier,
  score: turn.score,
  exampleIds: turn.exampleIds,
  modelVersion: turn.modelVersion,
  startedAt: turn.startedAt,
});

/** JSON, or a multipart form with that JSON in `message` and any number of `files`. */
async function readMessage(context: Context, parts: RouteParts): Promise<ChatInput> {
  const isForm = context.req.header("content-type")?.startsWith("multipart/form-data");
  const form = isForm ? await context.req.formData().catch(refuse) : undefined;
  const body = form ? String(form.get("message")) : await context.req.text();
  const { id, text, room, replyTo, language, call } = parsed(messageSchema, parsedJson(body));
  const files = (form?.getAll("files") ?? []).filter((file) => file instanceof File);
  return {
    id,
    text,
    room: room ?? parts.place.room,
    language: language ?? languageOfRequest(context, parts),
    ...(replyTo && { replyTo }),
    ...(call && { call }),
    files: await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        mediaType: file.type,
        bytes: await file.bytes(),
      })),
    ),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    return refuse(thrown);
  }
}

function refuse(thrown: unknown): never {
  throw invalidRequest("message", "cannot be read", thrown);
}
