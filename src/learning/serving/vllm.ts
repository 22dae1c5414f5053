import { z } from "zod";
import { posix } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { isMissing } from "../trainers/hosted/provider-client.ts";
import { readReply } from "../trainers/hosted/read-reply.ts";
import {
  createServingClient,
  reached,
  rootOf,
  served,
  type ServingSettings,
} from "./serving-request.ts";
import type { Serving } from "./serving.ts";

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

export type VllmOptions = ServingSettings & {
  /** The data folder as we see it, and as vLLM does. */
  readonly data: { readonly here: string; readonly there: string };
};

/**
 * A vLLM server that may load adapters while it runs: `--enable-lora` and
 * `VLLM_ALLOW_RUNTIME_LORA_UPDATING=True`. https://docs.vllm.ai/en/latest/features/lora/
 */
export function createVllmServing(options: VllmOptions): Serving {
  const client = createServingClient(options);
  const { host } = client;
  const isServed = async (name: string): Promise<boolean> => {
    const answer = await served(host, client.json({ method: "GET", path: "/v1/models" }));
    return readReply(modelList, answer, host).data.some(({ id }) => id === name);
  };
  return {
    host,
    check: () => reached(host, client.json({ method: "GET", path: "/v1/models" })),
    async serve({ folder }, name) {
      if (!(await isServed(name))) {
        const json = { lora_name: name, lora_path: pathThere(folder, options.data) };
        await served(
          host,
          client.head({ method: "POST", path: "/v1/load_lora_adapter", json, once: true }),
        );
        if (!(await isServed(name))) {
          throw new ApprenticeError("serving-failed", { host, reason: "not-listed" });
        }
      }
      return { provider: "openai-compatible", url: `${rootOf(options.url)}/v1`, name };
    },
    async withdraw(name) {
      const json = { lora_name: name };
      const asked = client.head({ method: "POST", path: "/v1/unload_lora_adapter", json });
      await served(
        host,
        asked.catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        }),
      );
    },
  };
}

/** Where the server finds a folder of ours. */
function pathThere(folder: string, { here, there }: VllmOptions["data"]): string {
  if (there === "" || !folder.startsWith(here)) return folder;
  return posix.join(there, folder.slice(here.length).replaceAll("\\", "/"));
}
