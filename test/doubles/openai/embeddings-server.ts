import { createHash } from "node:crypto";
import { builtInEncoder } from "../../../src/encoders/built-in/built-in-encoder.ts";
import { startLoopback, type Loopback } from "../loopback.ts";

/** A server whose embeddings know what words mean. */
export type EmbeddingsDouble = Loopback & {
  /** What was asked for, one list a request. */
  readonly asked: readonly (readonly string[])[];
};

/** A corner of the room that all texts share, as the vectors of large models do. */
const narrow = 1.5;

/**
 * A server on the loopback address that speaks `/v1/embeddings`: the built-in encoder's vectors in a
 * narrow cone, with a little noise of their own and the wrong order. It refuses what real ones refuse.
 */
export async function startEmbeddingsDouble(dimensions = 128): Promise<EmbeddingsDouble> {
  const asked: string[][] = [];
  const server = await startLoopback(({ method, path, headers, body }) => {
    if (method !== "POST" || path !== "/embeddings") return { status: 404 };
    if (headers["authorization"] !== "Bearer key") return { status: 401 };
    const { model, input } = JSON.parse(body.toString()) as { model: string; input: string[] };
    if (model !== "test-embed" || !Array.isArray(input)) return { status: 400 };
    if (input.some((text) => text === "") || input.length > 64) return { status: 400 };
    asked.push(input);
    const data = input.map((text, index) => ({
      object: "embedding",
      index,
      embedding: vectorOf(text, dimensions),
    }));
    return { status: 200, json: { object: "list", data: data.toReversed(), model } };
  });
  return { ...server, asked };
}

function vectorOf(text: string, dimensions: number): number[] {
  const known = builtInEncoder().vectorOf(text) ?? new Int8Array(128);
  const noise = createHash("sha256").update(text).digest();
  return Array.from(
    { length: dimensions },
    (_, at) => (known[at] ?? 0) / 127 + narrow / (1 + (at % 7)) + noise[at % 32]! / 20_000,
  );
}
