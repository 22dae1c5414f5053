import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { elapsed } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { checkHost, checkToken, takeToken } from "./access.ts";
import { createGuessLimits } from "./guess-limits.ts";
import { answerFailure, asConsoleError } from "./failures.ts";
import { chatRoutes } from "./routes/chat-routes.ts";
import { fileRoutes } from "./routes/file-routes.ts";
import { jobRoutes } from "./routes/job-routes.ts";
import { modelRoutes } from "./routes/model-routes.ts";
import { operationRoutes } from "./routes/operation-routes.ts";
import { languageOfRequest, type RouteParts } from "./routes/route-parts.ts";
import { workshopRoutes } from "./routes/workshop-routes.ts";
import { teachingRoutes } from "./routes/teaching-routes.ts";
import { voiceRoutes } from "./routes/voice-routes.ts";
import { staticPages } from "./static-pages.ts";

/** Everything the console answers to: health for anyone, pages and API for who has the token. */
export function consoleApp(parts: RouteParts) {
  const { address, version, log } = parts;
  const startedAt = elapsed();
  const app = new Hono();
  app.onError((thrown, context) =>
    answerFailure(context, asConsoleError(thrown), languageOfRequest(context, parts), log),
  );
  app.notFound((context) => {
    const error = new ApprenticeError("console-page-missing", {
      path: context.req.path.slice(0, 100),
    });
    return answerFailure(context, error, languageOfRequest(context, parts), log);
  });
  app.use(requestId({ generator: newId }), headers, checkHost(address));
  app.get("/healthz", (context) => {
    context.header("cache-control", "no-store");
    const uptimeSeconds = Math.round((elapsed() - startedAt) / 1000);
    return context.json({ ok: true, version, uptimeSeconds });
  });
  const guesses = createGuessLimits(log);
  app.get("/", takeToken(address, guesses));
  app.use(checkToken(address, guesses), limitBody(parts.uploadMegabytes));
  app.route("/api", api(parts));
  app.route("/", staticPages(parts.pagesFolder));
  return app;
}

const api = (parts: RouteParts) =>
  new Hono()
    .route("/", chatRoutes(parts))
    .route("/", teachingRoutes(parts))
    .route("/", fileRoutes(parts))
    .route("/", jobRoutes(parts))
    .route("/", workshopRoutes(parts))
    .route("/", modelRoutes(parts))
    .route("/", voiceRoutes(parts))
    .route("/", operationRoutes(parts));

/** The type of the whole API, for `hc<Api>("/api")`. */
export type Api = ReturnType<typeof api>;

// Only our own files: scripts and styles in the text of a page need the nonce of the response.
const headers = secureHeaders({
  strictTransportSecurity: false,
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", NONCE],
    imgSrc: ["'self'", "data:"],
    fontSrc: ["'self'"],
    mediaSrc: ["'self'", "blob:"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
});

/** A form's own bytes come on top of the file's. */
const limitBody = (megabytes: number) =>
  bodyLimit({
    maxSize: (megabytes + 1) * 1024 * 1024,
    onError: () => {
      throw new ApprenticeError("console-request-too-large", { limit: megabytes });
    },
  });
