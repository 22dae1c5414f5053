import { Hono } from "hono";
import type { Context } from "hono";
import type { AskAnswer } from "../../core/ask.ts";
import { say } from "../../texts/say.ts";
import { askSchema, commandSchema, valid, workspaceQuerySchema } from "../request-schemas.ts";
import { languageOfRequest, type RouteParts } from "./route-parts.ts";

/** Everything around the chat: the session, commands, asking from a program, the status. */
export const operationRoutes = (parts: RouteParts) =>
  new Hono()
    .get("/session", async (context) => {
      const { place, version, uploadMegabytes, hears } = parts;
      const { active, pending } = await parts.examples.count(place.workspace);
      return context.json({
        version,
        uploadMegabytes,
        hears,
        workspace: place.workspace,
        room: place.room,
        prefix: place.prefix,
        person: { name: place.person.name, role: place.person.role },
        examples: { active, pending },
      });
    })
    .get("/commands", (context) =>
      context.json({ commands: parts.operations.commands(languageOfRequest(context, parts)) }),
    )
    .post("/commands/:name", valid("json", commandSchema), async (context) => {
      const { values, files: sent, room, workspace } = context.req.valid("json");
      const reply = await parts.operations.runCommand(context.req.param("name"), values, {
        ...(workspace && { workspace }),
        files: sent.map(({ base64, ...file }) => ({
          ...file,
          bytes: Buffer.from(base64, "base64"),
        })),
        room: room ?? parts.place.room,
        language: languageOfRequest(context, parts),
        signal: signalOf(context, parts),
      });
      const { files, ...rest } = reply;
      return context.json({
        ...rest,
        files: (files ?? []).map(({ name, mediaType, bytes }) => ({
          name,
          mediaType,
          base64: Buffer.from(bytes).toString("base64"),
        })),
      });
    })
    .post("/ask", valid("json", askSchema), async (context) => {
      const body = context.req.valid("json");
      const options = {
        workspace: body.workspace ?? parts.place.workspace,
        signal: signalOf(context, parts),
      };
      if ("prompt" in body) {
        return context.json({ answers: [await parts.operations.ask(body.prompt, options)] });
      }
      const answers: AskAnswer[] = [];
      for (const prompt of body.prompts) answers.push(await parts.operations.ask(prompt, options));
      return context.json({ answers });
    })
    .get("/status", valid("query", workspaceQuerySchema), async (context) => {
      const language = languageOfRequest(context, parts);
      const asked = context.req.valid("query").workspace;
      const { version, workspace, lines, facts } = await parts.operations.status(asked);
      return context.json({
        version,
        workspace,
        facts,
        lines: lines.map(({ part, state, key, values }) => ({
          part,
          state,
          text: say(language, key, values),
        })),
      });
    });

const signalOf = (context: Context, parts: RouteParts): AbortSignal =>
  AbortSignal.any([context.req.raw.signal, parts.stopping]);
