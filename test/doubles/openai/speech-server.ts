import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { wavStart } from "../../../src/speech/codecs/wav.ts";
import { modemSpeechToText } from "../../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../../src/speech/modem/write-words.ts";
import { asInteger } from "../../../src/speech/samples.ts";
import { wavOf } from "../../speech/codecs/wav.ts";
import { listen, readBody } from "../loopback.ts";
import { speechJudge, transcriptionJudge } from "./speech-judge.ts";

/** What the server does wrong, or merely differently, with one request. */
export type SpeechFault =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "html" }
  | { readonly kind: "nonsense" }
  | { readonly kind: "slow" }
  /** Breaks the connection in the middle of the sound. */
  | { readonly kind: "cut" }
  /** Text instead of JSON; more fields than the official ones; WAV instead of raw samples. */
  | { readonly kind: "plain" }
  | { readonly kind: "verbose" }
  | { readonly kind: "wav" };

export type SpeechDouble = {
  /** The base URL, with `/v1`. */
  readonly url: string;
  /** The fields of the requests that were right, in order. */
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: readonly string[];
  readonly keys: readonly (string | undefined)[];
  /** The next requests go like this, one each. */
  fail(...faults: readonly SpeechFault[]): void;
  close(): Promise<void>;
};

/** Samples per second of the voice, as OpenAI's. */
const rate = 24_000;

/**
 * A server on the loopback address with OpenAI's audio API whose ears and voice are the modem: words
 * come back only when they travelled in the sound. It judges each request and refuses wrong ones.
 */
export async function startSpeechDouble(): Promise<SpeechDouble> {
  const judges = { hear: transcriptionJudge(), speak: speechJudge() };
  const requests: Readonly<Record<string, unknown>>[] = [];
  const complaints: string[] = [];
  const keys: (string | undefined)[] = [];
  const faults: SpeechFault[] = [];
  const closing = new AbortController();

  const accept = (fields: Readonly<Record<string, unknown>>, wrong: readonly string[]): boolean => {
    if (wrong.length > 0) complaints.push(...wrong);
    else requests.push(fields);
    return wrong.length === 0;
  };

  const hear = async (incoming: IncomingMessage, response: ServerResponse, fault?: SpeechFault) => {
    const body = await readBody(incoming);
    const type = incoming.headers["content-type"] ?? "";
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const file = form.get("file");
    const fields = Object.fromEntries(
      [...form].map(([name, value]) => [name, value instanceof File ? value.name : value]),
    );
    if (!accept(fields, judges.hear(fields)))
      return send(response, 400, { error: { message: "wrong" } });
    if (!(file instanceof File)) return send(response, 400, { error: { message: "no file" } });
    const wav = await file.bytes();
    const start = wavStart(wav);
    if (start?.rate !== 16_000) return send(response, 400, { error: { message: "no 16 kHz WAV" } });
    const samples = new Int16Array(wav.slice(start.at).buffer);
    const { text } = await modemSpeechToText.transcribe(samples, { language: "auto" });
    if (fault?.kind === "nonsense") return send(response, 200, { words: [text] });
    if (fault?.kind === "plain")
      return void response.writeHead(200, { "content-type": "text/plain" }).end(`${text}\n`);
    const more = { task: "transcribe", segments: [{ id: 0, text }], language: "russian" };
    send(response, 200, fault?.kind === "verbose" ? { text: ` ${text}`, ...more } : { text });
  };

  const speak = async (
    incoming: IncomingMessage,
    response: ServerResponse,
    fault?: SpeechFault,
  ) => {
    const fields = JSON.parse((await readBody(incoming)).toString()) as Record<string, unknown>;
    if (!accept(fields, judges.speak(fields)))
      return send(response, 400, { error: { message: "wrong" } });
    const { pcm } = writeWords(String(fields["input"]), rate);
    const isWav = fault?.kind === "wav";
    const bytes = isWav
      ? wavOf(pcm, { rate, channels: 1, bits: 16 })
      : new Uint8Array(asInteger(pcm).buffer);
    response.writeHead(200, { "content-type": isWav ? "audio/wav" : "audio/pcm" });
    // Odd pieces: a network does not know where a sample ends.
    const step = 4_801;
    for (let at = 0; at < bytes.length; at += step) {
      if (fault?.kind === "cut" && at > bytes.length / 2) return void response.destroy();
      response.write(bytes.subarray(at, at + step));
      await delay(0);
    }
    response.end();
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    keys.push(incoming.headers.authorization);
    const fault = faults.shift();
    if (fault?.kind === "slow") await delay(60_000, undefined, { signal: closing.signal });
    if (fault?.kind === "status")
      return send(response, fault.status, { error: { message: "as ordered" } });
    if (fault?.kind === "html")
      return void response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
    if (incoming.method === "POST" && incoming.url === "/v1/audio/transcriptions")
      return hear(incoming, response, fault);
    if (incoming.method === "POST" && incoming.url === "/v1/audio/speech")
      return speak(incoming, response, fault);
    complaints.push(`${incoming.method} ${incoming.url}`);
    send(response, 404, { error: { message: "no such operation" } });
  };

  const server = await listen(answer);
  return {
    url: `${server.origin}/v1`,
    requests,
    complaints,
    keys,
    fail: (...more) => void faults.push(...more),
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

const send = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
