import { ApprenticeError } from "../core/errors.ts";
import type { Encoder } from "./encoder.ts";
import type { RawEncode } from "./space/fit-space.ts";
import { placeOf, type Space } from "./space/space.ts";

/** An encoder of a model's own vectors, seen in a space. Both are opened when the first text comes. */
export function spacedEncoder(
  { id, dimensions, languages }: Pick<Encoder, "id" | "dimensions" | "languages">,
  { encode, openSpace }: { readonly encode: RawEncode; openSpace(): Space },
): Encoder {
  let space: Space | undefined;
  return {
    id,
    dimensions,
    languages,
    async encode(texts, signal) {
      space ??= openSpace();
      const { rawDimensions } = space;
      const said = texts.filter((text) => text.trim() !== "");
      const raw = said.length === 0 ? [] : await encode(said, signal);
      if (raw.some((vector) => vector.length !== rawDimensions))
        throw new ApprenticeError("encoder-garbled", { host: id, reason: "dimensions" });
      let next = 0;
      return texts.map((text) =>
        text.trim() === "" ? new Int8Array(dimensions) : placeOf(raw[next++]!, space!),
      );
    },
  };
}
