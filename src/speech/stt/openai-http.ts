import { z } from "zod";
import { heardRate } from "../../core/voice.ts";
import { writeWav } from "../codecs/wav.ts";
import { garbled, postSpeech, speechFailure, type SpeechServer } from "../http-request.ts";
import type { SpeechToText, Transcript } from "./speech-to-text.ts";

/** Servers differ in all but `text`; what else they send is their own affair. */
const replySchema = z.object({ text: z.string(), language: z.string().nullish() });

/**
 * Any server with OpenAI's `/v1/audio/transcriptions`: OpenAI, speaches, LocalAI, whisper.cpp, vLLM.
 * Replies are taken as JSON or as plain text.
 */
export const createHttpSpeechToText = (server: SpeechServer, model: string): SpeechToText => ({
  name: `openai-http/${model}`,
  async transcribe(pcm, { language, signal }) {
    if (pcm.length === 0) return { text: "" };
    const form = new FormData();
    form.set("file", new Blob([writeWav(pcm, heardRate)], { type: "audio/wav" }), "speech.wav");
    form.set("model", model);
    form.set("response_format", "json");
    if (language !== "auto") form.set("language", language.split("-")[0]!.toLowerCase());
    // Packed here: a form can be sent only once, and there may be another try.
    const packed = new Response(form);
    const request = {
      path: "audio/transcriptions",
      headers: { "content-type": packed.headers.get("content-type") ?? "" },
      body: new Uint8Array(await packed.arrayBuffer()),
    };
    const response = await postSpeech(server, request, signal);
    const body = await response.text().catch((thrown: unknown) => {
      throw speechFailure(server, thrown, signal);
    });
    return readReply(server, body, response.headers.get("content-type") ?? "");
  },
});

function readReply(server: SpeechServer, body: string, type: string): Transcript {
  if (type.startsWith("text/plain")) return { text: body.trim() };
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw garbled(server, type || "?", cause);
  }
  const reply = replySchema.safeParse(json);
  if (!reply.success) throw garbled(server, "text", reply.error);
  const { text, language } = reply.data;
  return { text: text.trim(), ...(language && { language }) };
}
