import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { parametersOf, readBody, sendFile, sendJson, sendRefusal } from "./http.ts";
import { botApiJudge, type Parameters } from "./judge.ts";
import { attachFiles, botMethods } from "./methods.ts";
import {
  Refusal,
  type Chat,
  type Happening,
  type Message,
  type Update,
  type User,
} from "./objects.ts";
import { createPerson, type PersonInTelegram } from "./people.ts";
import { platformRules } from "./rules.ts";
import { createUpdates, type Push } from "./updates.ts";
import { createWorld, hand, type Place, type World } from "./world.ts";

/** What goes wrong with one request. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly description?: string;
      readonly retryAfter?: number;
    }
  /** The connection breaks before anything is done. */
  | { readonly kind: "cut" }
  /** It is done, but the answer never arrives. */
  | { readonly kind: "answer-lost" }
  /** It is done only once `until` resolves. */
  | { readonly kind: "held"; readonly until: Promise<void>; arrived(): void; gone(): void };

export type Call = { readonly method: string; readonly parameters: Parameters };

export type GroupOptions = {
  readonly title: string;
  readonly type?: "group" | "supergroup";
  readonly members: readonly PersonInTelegram[];
  readonly admins?: readonly PersonInTelegram[];
  /** With the ids of its topics. */
  readonly topics?: readonly number[];
  readonly botIs?: "member" | "administrator";
};

export type TelegramDouble = {
  /** What a client takes for https://api.telegram.org. */
  readonly url: string;
  readonly token: string;
  readonly bot: User;
  readonly world: World;
  /** Every request that was right, in order. */
  readonly calls: readonly Call[];
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: readonly string[];
  readonly pushes: readonly Push[];
  person(
    name: string,
    facts?: { readonly language?: string; readonly isBot?: boolean },
  ): PersonInTelegram;
  group(options: GroupOptions): Chat;
  /** Turns a group into a supergroup with another id, as Telegram does when it grows. */
  migrate(chat: Chat): Chat;
  /** The bot is thrown out. */
  removeBot(chat: Chat): void;
  /** The chat is deleted. */
  vanish(chat: Chat): void;
  /** The next requests of a method go wrong like this, one fault each. */
  fail(method: string, ...faults: readonly Fault[]): void;
  /** Keeps the next request of a method waiting. */
  hold(method: string): {
    readonly arrived: Promise<void>;
    /** Whoever asked has gone away. */
    readonly gone: Promise<void>;
    release(): void;
  };
  repeat(update: Update): void;
  readonly updatesGiven: readonly Update[];
  /**
   * The next message of the bot in a chat, new or edited, whose text fits; what came before it is
   * passed over, what comes after stays for the next call. Rejects after `patience` milliseconds.
   */
  reads(chat: Chat, pattern?: RegExp, patience?: number): Promise<Message>;
  /** The next happening that fits, counted on its own from the start of the test. */
  sees<Kind extends Happening["kind"]>(
    kind: Kind,
    fits?: (happening: Happening & { readonly kind: Kind }) => boolean,
  ): Promise<Happening & { readonly kind: Kind }>;
  /** How many messages of the bot arrived within the last so many milliseconds. */
  recentlySent(milliseconds: number): number;
  /** Resolves when a condition about what has happened holds. */
  quiet(holds: () => boolean, patience?: number): Promise<void>;
  /** Resolves when the bot has called a method `count` times in all. */
  called(method: string, count?: number, patience?: number): Promise<readonly Call[]>;
  close(): Promise<void>;
};

const usualPatience = 10_000;

/**
 * A server on the loopback address that speaks the Telegram Bot API: it judges each request by the
 * machine-readable API and the platform's own rules, refuses wrong ones as Telegram does, and simulates
 * people and chats. It knows nothing of the bot behind it.
 */
export async function startTelegramDouble(
  options: {
    readonly privacyMode?: boolean;
    readonly watch?: (happening: Happening) => void;
    readonly now?: () => number;
  } = {},
): Promise<TelegramDouble> {
  const { privacyMode = true, watch, now = () => Date.now() } = options;
  const token = "100001:double-token-of-the-loopback-telegram";
  const bot: User = {
    id: 100_001,
    is_bot: true,
    first_name: "Apprentice",
    username: "apprentice_bot",
  };
  const judge = botApiJudge();
  const calls: Call[] = [];
  const complaints: string[] = [];
  const pushes: Push[] = [];
  const sentAt: number[] = [];
  const updatesGiven: Update[] = [];
  const faults = new Map<string, Fault[]>();
  const listeners = new Set<() => void>();
  const sockets = new Set<Socket>();
  const cursors = new Map<number, number>();
  const seen = new Set<Happening>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const world = createWorld(bot, privacyMode, now);
  const tell = world.tell;
  world.tell = (happening) => {
    tell(happening);
    watch?.(happening);
    changed();
  };
  const updates = createUpdates(
    7_000_001,
    (update) => {
      const wrong = judge.value("Update", JSON.parse(JSON.stringify(update)));
      if (wrong.length > 0) throw new Error(`the double made a wrong update: ${wrong.join("; ")}`);
      updatesGiven.push(update);
    },
    (push) => {
      pushes.push(push);
      changed();
    },
  );
  const methods = botMethods(world, updates);

  /** Resolves with what `find` finds, now or later. */
  const eventually = <Found>(
    find: () => Found | undefined,
    failure: () => string,
    patience = usualPatience,
  ): Promise<Found> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(failure()));
      }, patience);
      listeners.add(look);
      look();
    });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    const [, kind, given, rest] =
      /^\/(file\/)?bot([^/]+)\/(.+?)(?:\?.*)?$/.exec(incoming.url ?? "") ?? [];
    if (given !== token) return sendRefusal(response, new Refusal(401, "Unauthorized"));
    if (kind) return sendFile(response, world, decodeURIComponent(rest!));
    const method = Object.keys(methods).find((name) => name.toLowerCase() === rest!.toLowerCase());
    const parameters = parametersOf(incoming, body);
    if (!method || !parameters)
      return sendRefusal(response, new Refusal(404, `Not Found: method ${rest} not found`));
    const fault = faults.get(method)?.shift();
    if (fault?.kind === "cut") return void response.destroy();
    if (fault?.kind === "status") {
      const { status, description = "as ordered", retryAfter } = fault;
      const more = retryAfter === undefined ? undefined : { retry_after: retryAfter };
      return sendRefusal(response, new Refusal(status, description, more));
    }
    if (fault?.kind === "held") {
      response.on("close", fault.gone);
      fault.arrived();
      await fault.until;
      // Whoever asked is gone, and so is the request.
      if (response.destroyed) return;
    }
    const judged = judge.request(method, attachFiles(parameters));
    const wrong = [...judged.wrong, ...platformRules(method, judged.parameters)];
    if (wrong.length > 0) {
      complaints.push(...wrong.map((problem) => `${method} ${problem}`));
      return sendRefusal(response, new Refusal(400, `Bad Request: ${wrong.join("; ")}`));
    }
    if (method === "sendMessage") sentAt.push(performance.now());
    const left = new AbortController();
    response.on("close", () => left.abort());
    const work = async (): Promise<unknown> => methods[method]!(judged.parameters, left.signal);
    // A poll that never ends would be a call that is never counted.
    if (method !== "getUpdates") calls.push({ method, parameters: judged.parameters });
    const result = await work().catch((thrown: unknown) => {
      changed();
      throw thrown;
    });
    changed();
    const plain = JSON.parse(JSON.stringify(result)) as unknown;
    const odd = judge.result(method, plain);
    if (odd.length > 0) complaints.push(`the double's own result of ${method}: ${odd.join("; ")}`);
    if (fault?.kind === "answer-lost") return void response.destroy();
    sendJson(response, 200, { ok: true, result: plain });
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((thrown: unknown) => {
      if (thrown instanceof Refusal) return sendRefusal(response, thrown);
      complaints.push(`the double failed: ${String(thrown)}`);
      return sendRefusal(response, new Refusal(500, "Internal Server Error"));
    });
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  let nextUser = 501;
  let nextGroup = -4_001;
  const addPlace = (
    chat: Chat,
    members: Place["members"],
    topics: readonly number[] = [],
  ): Place => {
    const place: Place = { chat, members, messages: new Map(), topics: new Set(topics), lastId: 0 };
    world.places.set(chat.id, place);
    return place;
  };

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    bot,
    world,
    calls,
    complaints,
    pushes,
    updatesGiven,
    person(name, { language, isBot = false } = {}) {
      nextUser += 1;
      return createPerson(world, updates, {
        id: nextUser,
        is_bot: isBot,
        first_name: name,
        ...(language && { language_code: language }),
      });
    },
    group({ title, type = "supergroup", members, admins = [], topics, botIs = "member" }) {
      nextGroup -= 1;
      const id = type === "supergroup" ? nextGroup - 1_000_000_000_000 : nextGroup;
      const chat: Chat = { id, type, title, ...(topics && { is_forum: true as const }) };
      const roles: Place["members"] = new Map(members.map(({ user }) => [user.id, "member"]));
      for (const { user } of admins) roles.set(user.id, "administrator");
      roles.set(bot.id, botIs);
      addPlace(chat, roles, topics);
      return chat;
    },
    migrate(chat) {
      const old = world.places.get(chat.id)!;
      nextGroup -= 1;
      const fresh: Chat = { ...chat, id: nextGroup - 1_000_000_000_000, type: "supergroup" };
      const place = addPlace(fresh, old.members);
      const leaving = world.post(old, undefined, { migrate_to_chat_id: fresh.id });
      old.migratedTo = fresh.id;
      hand(world, updates, old, leaving);
      const arriving = world.post(place, undefined, { migrate_from_chat_id: chat.id });
      if (place.members.has(bot.id)) updates.add("message", arriving);
      return fresh;
    },
    removeBot(chat) {
      const place = world.places.get(chat.id)!;
      place.closedBecause = `bot was kicked from the ${chat.type} chat`;
      place.members.delete(bot.id);
      updates.add("my_chat_member", {
        chat,
        from: { id: 1, is_bot: false, first_name: "Owner" },
        date: 1,
        old_chat_member: { status: "member", user: bot },
        new_chat_member: { status: "kicked", user: bot, until_date: 0 },
      });
    },
    vanish: (chat) => void (world.places.get(chat.id)!.vanished = true),
    fail: (method, ...more) => void faults.set(method, [...(faults.get(method) ?? []), ...more]),
    hold(method) {
      const arrived = Promise.withResolvers<void>();
      const until = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      const fault: Fault = {
        kind: "held",
        until: until.promise,
        arrived: arrived.resolve,
        gone: gone.resolve,
      };
      faults.set(method, [...(faults.get(method) ?? []), fault]);
      return { arrived: arrived.promise, gone: gone.promise, release: until.resolve };
    },
    repeat: updates.repeat,
    reads(chat, pattern = /./s, patience) {
      return eventually(
        () => {
          const from = cursors.get(chat.id) ?? 0;
          for (const [index, happening] of world.happenings.entries()) {
            if (index < from || (happening.kind !== "message" && happening.kind !== "edit"))
              continue;
            const { message } = happening;
            if (message.chat.id !== chat.id || !pattern.test(message.text ?? message.caption ?? ""))
              continue;
            cursors.set(chat.id, index + 1);
            return message;
          }
          return undefined;
        },
        () =>
          `nobody wrote ${pattern} in ${chat.title ?? chat.first_name}:\n${transcript(world, complaints)}`,
        patience,
      );
    },
    sees: (kind, fits = () => true) =>
      eventually(
        () => {
          const found = world.happenings.find(
            (happening) =>
              happening.kind === kind && !seen.has(happening) && fits(happening as never),
          );
          if (found) seen.add(found);
          return found as never;
        },
        () => `no ${kind} came:\n${transcript(world, complaints)}`,
      ),
    recentlySent: (milliseconds) =>
      sentAt.filter((moment) => moment > performance.now() - milliseconds).length,
    quiet: (holds, patience) =>
      eventually(
        () => (holds() ? true : undefined),
        () => `it did not come to that:\n${transcript(world, complaints)}`,
        patience,
      ).then(() => {}),
    called: (method, count = 1, patience = usualPatience) =>
      eventually(
        () => {
          const found = calls.filter((call) => call.method === method);
          return found.length >= count ? found : undefined;
        },
        () => `${method} was not called ${count} times:\n${transcript(world, complaints)}`,
        patience,
      ),
    async close() {
      updates.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const transcript = (world: World, complaints: readonly string[]): string =>
  [
    ...world.happenings
      .slice(-20)
      .map((happening) =>
        "message" in happening
          ? `${happening.kind}: ${happening.message.text ?? happening.message.caption ?? "(file)"}`
          : `${happening.kind}: ${"text" in happening ? happening.text : ""}`,
      ),
    ...complaints.map((complaint) => `complaint: ${complaint}`),
  ].join("\n");
