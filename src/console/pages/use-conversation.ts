import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { api, ConnectionLost, Refusal, sendMessage, type OutgoingMessage } from "./api.ts";
import type { VoiceLineEvent } from "../../core/voice-line.ts";
import type { CommandCall } from "../../core/message.ts";
import type { Receipt } from "./api-types.ts";
import {
  advance,
  asEntry,
  outcomeAt,
  turnIdOf,
  type Entry,
  type Exchange,
  type Outcome,
  type Step,
} from "./conversation.ts";
import { newMessageId } from "./message-id.ts";
import type { Connection } from "./use-session.ts";

const pageSize = 30;

export type Conversation = {
  readonly entries: readonly Entry[];
  /** False until the history has been read. */
  readonly ready: boolean;
  readonly answering: boolean;
  /** Whether there may be older turns than the ones shown. */
  readonly hasEarlier: boolean;
  send(text: string, files?: readonly File[]): void;
  /** Presses a button under a reply; `label` stands for it in the conversation. */
  press(label: string, call: CommandCall): void;
  /** Sends a failed message again, unless its answer has arrived after all. */
  retry(exchange: Exchange): Promise<void>;
  stop(): void;
  /** Shows what happens while talking. */
  follow(event: VoiceLineEvent): void;
  loadEarlier(): Promise<void>;
  startAnew(): Promise<void>;
  addImported(name: string, receipt: Receipt): void;
};

/** The conversation with the server: history, messages under way, and what can be done with them. */
export function useConversation(
  connection: Connection,
  onSettled: (outcome: Outcome) => void,
): Conversation {
  const [entries, step] = useReducer(advance, []);
  const [ready, setReady] = useState(false);
  const [hasEarlier, setHasEarlier] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const underWay = useRef<AbortController | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const settled = useRef(onSettled);
  useEffect(() => {
    settled.current = onSettled;
  }, [onSettled]);

  const isOpen = connection === "open";
  useEffect(() => {
    if (!isOpen || ready) return;
    let left = false;
    const show = async (): Promise<void> => {
      const current = await turnsBefore(undefined, true);
      const older = await turnsBefore(current[0]?.id, false, 1);
      if (left) return;
      step({ kind: "earlier", turns: current });
      setHasEarlier(older.length > 0);
      setReady(true);
    };
    // What fails now is tried again when the connection is back.
    void show().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [isOpen, ready]);
  useEffect(() => () => underWay.current?.abort(), []);

  /** Messages are answered one after the other. */
  const deliver = useCallback((message: OutgoingMessage, replaces?: string) => {
    const { id, text, files, call } = message;
    setWaiting((count) => count + 1);
    step({
      kind: "asked",
      id,
      prompt: text,
      files,
      ...(call && { call }),
      ...(replaces && { replaces }),
    });
    queue.current = queue.current.then(async () => {
      const leaving = new AbortController();
      underWay.current = leaving;
      const outcome = await outcomeOf(message, leaving.signal, step);
      step({ kind: "settled", id, outcome });
      underWay.current = null;
      setWaiting((count) => count - 1);
      settled.current(outcome);
    });
  }, []);
  const stop = useCallback(() => underWay.current?.abort(), []);
  const follow = useCallback((event: VoiceLineEvent) => {
    if (event.kind === "said") step({ kind: "asked", id: event.id, prompt: event.text, files: [] });
    if (event.kind !== "chat") return;
    if (event.event.kind === "delta") step({ kind: "delta", id: event.id, text: event.event.text });
    const outcome = outcomeAt(event.event);
    if (!outcome) return;
    step({ kind: "settled", id: event.id, outcome });
    settled.current(outcome);
  }, []);

  return {
    entries,
    ready,
    answering: waiting > 0,
    hasEarlier,
    send: (text, files = []) => deliver({ id: newMessageId(), text, files }),
    press: (label, call) => deliver({ id: newMessageId(), text: label, files: [], call }),
    async retry(exchange) {
      const { id, prompt, files, call } = exchange;
      const outcome = await answerGivenBefore(id).catch(() => undefined);
      if (outcome) step({ kind: "settled", id, outcome });
      else deliver({ id: newMessageId(), text: prompt, files, ...(call && { call }) }, id);
    },
    stop,
    follow,
    async loadEarlier() {
      const turns = await turnsBefore(entries.map(turnIdOf).find(Boolean), false);
      step({ kind: "earlier", turns });
      setHasEarlier(turns.length === pageSize);
    },
    async startAnew() {
      stop();
      await api.conversations.$post();
      setHasEarlier(hasEarlier || entries.some(turnIdOf));
      step({ kind: "cleared" });
    },
    addImported: (name, receipt) => step({ kind: "imported", id: newMessageId(), name, receipt }),
  };
}

/** Turns, oldest first. `current`: only those since the last new conversation. */
async function turnsBefore(before: string | undefined, current: boolean, limit = pageSize) {
  const response = await api.turns.$get({
    query: { limit: String(limit), current: current ? "true" : "false", ...(before && { before }) },
  });
  return (await response.json()).turns;
}

/** Sends a message and reports its pieces; the result is where it ended. */
async function outcomeOf(
  message: OutgoingMessage,
  signal: AbortSignal,
  step: (step: Step) => void,
): Promise<Outcome> {
  let text = "";
  // Of several sound files one may fail and the others be answered.
  let last: Outcome | undefined;
  let answers = 0;
  try {
    for await (const event of sendMessage(message, signal)) {
      if (event.kind === "done") answers += 1;
      if (event.kind === "done" && answers > 1) {
        if (answers === 2 && last) step({ kind: "settled", id: message.id, outcome: last });
        step({ kind: "also-answered", id: `${message.id}/${answers}`, answer: event.answer });
        continue;
      }
      last = outcomeAt(event) ?? last;
      // The pieces of a further answer are shown with it as a whole.
      if (answers > 0) continue;
      if (event.kind === "delta") text += event.text;
      if (event.kind === "delta" || event.kind === "heard")
        step({ kind: event.kind, id: message.id, text: event.text });
    }
    return last ?? { kind: "stopped", text };
  } catch (thrown) {
    if (signal.aborted) return { kind: "stopped", text };
    if (thrown instanceof Refusal) {
      return { kind: "failed", code: thrown.failure.code, text: thrown.failure.text };
    }
    const code = thrown instanceof ConnectionLost ? "connection-lost" : "internal";
    return { kind: "failed", code, text };
  }
}

/** The answer to a message whose way back was cut: the server may have given it all the same. */
async function answerGivenBefore(messageId: string): Promise<Outcome | undefined> {
  const turns = await turnsBefore(undefined, true);
  const turn = turns.find((each) => each.messageId.endsWith(messageId));
  return turn && asEntry(turn).outcome;
}
