import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { trustedCertificate } from "../../test/doubles/discord-voice/certificate.ts";
import type { VoiceDoubleOptions } from "../../test/doubles/discord-voice/server.ts";
import type { VoiceServer } from "../../test/doubles/discord-voice/signalling.ts";
import type { PeopleAnswer, PeopleAsked, PeopleNews, PeopleTask, Told } from "./people-messages.ts";

/** A voice server and people in another process, as the main gateway and a bench see them. */
export class People implements VoiceServer {
  readonly endpoint: string;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<PeopleAnswer>>();
  #asked = 0;

  private constructor(process: ChildProcess, endpoint: string) {
    this.#process = process;
    this.endpoint = endpoint;
    process.on("message", (news: PeopleNews) => this.#take(news));
  }

  static async start(options: VoiceDoubleOptions = {}): Promise<People> {
    const task: PeopleTask = { options, certificate: trustedCertificate() };
    const child = fork(new URL("people-process.ts", import.meta.url), [JSON.stringify(task)]);
    const [news] = (await once(child, "message")) as [Extract<PeopleNews, { kind: "ready" }>];
    return new People(child, news.endpoint);
  }

  admit: VoiceServer["admit"] = (admission) => this.#tell({ kind: "admit", admission });
  dismiss: VoiceServer["dismiss"] = (sessionId) => this.#tell({ kind: "dismiss", sessionId });

  ask(asked: PeopleAsked): Promise<PeopleAnswer> {
    const answer = Promise.withResolvers<PeopleAnswer>();
    this.#waiting.set(++this.#asked, answer);
    this.#tell({ kind: "ask", number: this.#asked, asked });
    return answer.promise;
  }

  async close(): Promise<void> {
    this.#process.disconnect();
    await once(this.#process, "exit");
  }

  #tell(told: Told): void {
    if (this.#process.connected) this.#process.send(told);
  }

  #take(news: PeopleNews): void {
    if (news.kind === "ready") return;
    const answer = this.#waiting.get(news.number);
    this.#waiting.delete(news.number);
    if (news.kind === "answer") answer?.resolve(news.given);
    else answer?.reject(new Error(news.reason));
  }
}
