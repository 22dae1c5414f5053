import type { hc, InferResponseType } from "hono/client";
import type { Api } from "../app.ts";

type Client = ReturnType<typeof hc<Api>>;

export type Session = InferResponseType<Client["session"]["$get"]>;
export type ShownTurn = InferResponseType<Client["turns"]["$get"]>["turns"][number];
export type ShownExample = InferResponseType<Client["examples"]["$get"]>["examples"][number];
export type Receipt = InferResponseType<Client["teach"]["$post"]>;
export type FilePreview = InferResponseType<Client["import"]["preview"]["$post"]>;
export type CommandReply = InferResponseType<Client["commands"][":name"]["$post"]>;
