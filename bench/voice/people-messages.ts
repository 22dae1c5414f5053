import type { Certificate } from "../../test/doubles/discord-voice/certificate.ts";
import type { VoiceDoubleOptions } from "../../test/doubles/discord-voice/server.ts";
import type { Admission } from "../../test/doubles/discord-voice/client-session.ts";

/** What the process of the people is started with, as JSON. */
export type PeopleTask = {
  readonly options: VoiceDoubleOptions;
  readonly certificate: Certificate;
};

/** What the people of a bench are asked to do, by name. */
export type Asked = {
  readonly interruption: {
    readonly ask: string;
    /** The word after which they interrupt. */
    readonly until: string;
    readonly stop: string;
    /** What the bot says to that. */
    readonly answer: string;
  };
  readonly cough: { readonly ask: string; readonly until: string; readonly end: string };
};

export type PeopleAsked =
  | { readonly kind: "enter"; readonly channelId: string; readonly userId: string }
  | { readonly kind: "refuse"; readonly code: number }
  | { readonly kind: "identifications"; readonly userId: string }
  | {
      readonly kind: "question";
      readonly userId: string;
      readonly text: string;
      readonly answer: string;
    }
  | {
      readonly kind: "interruption";
      readonly userId: string;
      readonly interruption: Asked["interruption"];
    }
  | { readonly kind: "cough"; readonly userId: string; readonly cough: Asked["cough"] }
  | {
      readonly kind: "conversations";
      readonly userIds: readonly string[];
      readonly seconds: number;
      readonly ask: string;
    };

export type PeopleAnswer = {
  readonly heard?: string;
  /** Milliseconds. */
  readonly wait?: number;
  readonly count?: number;
  readonly gaps?: readonly number[];
};

/** What the process of the people is told. */
export type Told =
  | { readonly kind: "admit"; readonly admission: Admission }
  | { readonly kind: "dismiss"; readonly sessionId: string }
  | { readonly kind: "ask"; readonly number: number; readonly asked: PeopleAsked };

/** What it tells. */
export type PeopleNews =
  | { readonly kind: "ready"; readonly endpoint: string }
  | { readonly kind: "answer"; readonly number: number; readonly given: PeopleAnswer }
  | { readonly kind: "failed"; readonly number: number; readonly reason: string };
