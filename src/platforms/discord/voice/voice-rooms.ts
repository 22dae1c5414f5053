import { elapsed } from "../../../core/clock.ts";
import { ApprenticeError, asApprenticeError } from "../../../core/errors.ts";
import type { Language } from "../../../core/language.ts";
import type { Outbound, Reach } from "../../../core/platform.ts";
import type { VoiceCaller, VoicePlace, VoiceRooms } from "../../../core/voice-rooms.ts";
import type { TextKey } from "../../../texts/en.ts";
import { say, sayError, type TextValues, type Voice } from "../../../texts/say.ts";
import { channelOf, guildOf, roomOf, userOf, workspaceOf } from "../place.ts";
import type { VoiceChange } from "./voice-gateway.ts";
import { VoiceRoom, type RoomNews, type RoomParts } from "./voice-room.ts";

export type VoiceRoomsParts = RoomParts & {
  readonly reach: Reach;
  readonly prefix: string;
  /** How the bot speaks in a workspace to somebody with this language. */
  voiceOf(workspace: string, language: Language): Promise<Voice>;
};

/** The voice rooms of Discord; `start` when the main connection is ready, `close` before it ends. */
export type DiscordVoiceRooms = VoiceRooms & {
  /** Goes back to the rooms the bot was in when it ended. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** Milliseconds in which the same failure is told once. */
const quietTime = 30_000;

export function createVoiceRooms(parts: VoiceRoomsParts): DiscordVoiceRooms {
  const { gateway, memory, log } = parts;
  const rooms = new Map<string, VoiceRoom>();
  const queues = new Map<string, Promise<unknown>>();
  const toldAt = new Map<string, number>();
  const barred = new Map<string, string>();

  /** One thing after another in each workspace. */
  const inTurn = <Result>(workspace: string, work: () => Promise<Result>): Promise<Result> => {
    const result = (queues.get(workspace) ?? Promise.resolve()).then(work, work);
    queues.set(workspace, result);
    void result
      .catch(() => {})
      .finally(() => queues.get(workspace) === result && queues.delete(workspace));
    return result;
  };

  const write = async (
    { workspace, textRoom, language }: VoicePlace,
    text: (voice: Voice) => string,
  ): Promise<void> => {
    const voice = await parts.voiceOf(workspace, language);
    await parts
      .reach(textRoom)
      ?.send({ text: text(voice) })
      .catch((thrown: unknown) => {
        const { code } = asApprenticeError(thrown);
        log.warn("News of a voice room could not be written", { room: textRoom, code });
      });
  };
  const tell = (place: VoicePlace, key: TextKey, values: TextValues): Promise<void> =>
    write(place, (voice) => say(voice, key, values));

  const tellFailure = (place: VoicePlace, error: ApprenticeError): void => {
    log.info("Something failed in a voice room", {
      workspace: place.workspace,
      id: error.id,
      code: error.code,
    });
    const key = `${place.workspace} ${error.code}`;
    if (elapsed() - (toldAt.get(key) ?? -quietTime) < quietTime) return;
    toldAt.set(key, elapsed());
    void write(place, (voice) => sayError(voice, error, parts.prefix));
  };

  const nameOf = (place: VoicePlace): string =>
    gateway.channel(channelOf(place.room)!)?.name ?? place.room;

  /** Forgets a room that ended by itself. */
  const drop = (workspace: string, room: VoiceRoom): Promise<void> =>
    inTurn(workspace, async () => {
      if (rooms.get(workspace) !== room) return;
      rooms.delete(workspace);
      barred.delete(workspace);
      await room.close();
      await memory.forgetPlace(workspace);
    });

  /** Discord is gone as a whole: the place is kept, and `start` goes back to it. */
  const suspend = (workspace: string, room: VoiceRoom): Promise<void> =>
    inTurn(workspace, async () => {
      if (rooms.get(workspace) === room) rooms.delete(workspace);
      await room.close();
    });

  const open = async (place: VoicePlace): Promise<VoiceRoom> => {
    const { workspace } = place;
    let room: VoiceRoom | undefined;
    const where = (): VoicePlace => room?.place ?? place;
    const news: RoomNews = {
      outbound: () => parts.reach(where().textRoom) ?? nowhere,
      understood: (person, text) =>
        void tell(where(), "voice.heard", { person: person.name, text }),
      failed: (error) => tellFailure(where(), error),
      ended(reason) {
        if (!room) return;
        if (!reason) return void suspend(workspace, room);
        void drop(workspace, room);
        tellFailure(where(), reason);
      },
      empty() {
        if (!room) return;
        void tell(where(), "voice.empty", { channel: nameOf(where()) });
        void drop(workspace, room);
      },
    };
    room = await VoiceRoom.open(parts, news, place);
    rooms.set(workspace, room);
    return room;
  };

  const enter = async (place: VoicePlace): Promise<void> => {
    const room = rooms.get(place.workspace);
    if (room?.place.room === place.room) {
      room.place = place;
      return memory.keepPlace(place);
    }
    checkChannel(channelOf(place.room)!);
    if (parts.speech.missing.length === 2) throw new ApprenticeError("voice-engines");
    if (room) await room.moveTo(place);
    const entered = room ?? (await open(place));
    await memory.keepPlace(place);
    void giveNotice(place, entered.listens);
  };

  /** People in the room must know that they are listened to: it stands in the voice channel's own chat. */
  const giveNotice = async (place: VoicePlace, listens: boolean): Promise<void> => {
    const key = listens ? "voice.notice" : "voice.notice-deaf";
    const values = { channel: nameOf(place), prefix: parts.prefix };
    const text = say(await parts.voiceOf(place.workspace, place.language), key, values);
    const sent = await parts
      .reach(place.room)
      ?.send({ text })
      .catch(() => undefined);
    if (sent === undefined) await tell(place, key, values);
  };

  function checkChannel(channelId: string): void {
    const channel = gateway.channel(channelId);
    if (!channel) throw new ApprenticeError("voice-not-present");
    const { name: room, missing, isFull } = channel;
    if (missing.length > 0) {
      throw new ApprenticeError("voice-permissions", { room, permissions: missing.join(", ") });
    }
    if (isFull) throw new ApprenticeError("voice-full", { room });
  }

  const knownGuild = (workspace: string): string => {
    const guildId = guildOf(workspace);
    if (guildId === undefined) throw new ApprenticeError("voice-unavailable");
    return guildId;
  };

  const followBot = (workspace: string, room: VoiceRoom, change: VoiceChange): void => {
    if (change.channelId === null) {
      tellFailure(room.place, new ApprenticeError("voice-removed"));
      return void drop(workspace, room);
    }
    if (roomOf(change.channelId) !== room.place.room) {
      void inTurn(workspace, async () => {
        await room.movedTo(change.channelId!);
        await memory.keepPlace(room.place);
      });
    }
    const bar = change.isDeafened ? "voice.deafened" : change.isMuted ? "voice.muted" : "";
    if (change.isMuted) room.hush();
    if (bar !== "" && barred.get(workspace) !== bar) {
      void tell(room.place, bar, { channel: nameOf(room.place) });
    }
    barred.set(workspace, bar);
  };

  const stopFollowing = gateway.onChange((change) => {
    const workspace = workspaceOf(change.guildId, change.userId);
    const room = rooms.get(workspace);
    if (!room) return;
    if (change.userId === gateway.botId) followBot(workspace, room, change);
    else void room.look();
  });

  const goBack = async (place: VoicePlace): Promise<void> => {
    try {
      await inTurn(place.workspace, () => enter(place));
    } catch (thrown) {
      await memory.forgetPlace(place.workspace);
      tellFailure(place, asApprenticeError(thrown));
    }
  };

  return {
    async join({ personId, ...caller }: VoiceCaller) {
      const guildId = knownGuild(caller.workspace);
      return inTurn(caller.workspace, async () => {
        const channelId = gateway.channelOf(guildId, userOf(personId) ?? "");
        if (channelId === undefined) throw new ApprenticeError("voice-not-present");
        const place = { ...caller, room: roomOf(channelId) };
        await enter(place);
        return nameOf(place);
      });
    },

    async leave(workspace) {
      knownGuild(workspace);
      return inTurn(workspace, async () => {
        const room = rooms.get(workspace);
        if (!room) throw new ApprenticeError("voice-not-joined");
        rooms.delete(workspace);
        barred.delete(workspace);
        await room.close();
        await memory.forgetPlace(workspace);
        return nameOf(room.place);
      });
    },

    current(workspace) {
      const room = rooms.get(workspace);
      return room && nameOf(room.place);
    },

    refresh: (workspace) => inTurn(workspace, async () => rooms.get(workspace)?.refresh()),

    hearer: (message) => rooms.get(message.workspace)?.hearer(message),

    async start() {
      const places = (await memory.places()).filter(({ workspace }) => guildOf(workspace));
      const wanted = new Set(places.map(({ workspace }) => workspace));
      for (const guildId of gateway.guildIds()) {
        const isThere = gateway.channelOf(guildId, gateway.botId) !== undefined;
        if (isThere && !wanted.has(workspaceOf(guildId, gateway.botId))) leaveBehind(guildId);
      }
      await Promise.all(places.map(goBack));
    },

    async close() {
      stopFollowing();
      await Promise.all(queues.values().map((work) => work.catch(() => {})));
      await Promise.all(rooms.values().map((room) => room.close()));
      rooms.clear();
    },
  };

  /** A run that was killed left the bot standing in a room nobody wants it in. */
  function leaveBehind(guildId: string): void {
    const adapter = gateway.adapterCreator(guildId)({
      onVoiceServerUpdate() {},
      onVoiceStateUpdate() {},
      destroy() {},
    });
    const nowhereIn = { guild_id: guildId, channel_id: null, self_mute: false, self_deaf: false };
    adapter.sendPayload({ op: 4, d: nowhereIn });
    adapter.destroy();
  }
}

/** Where written answers go when their room cannot be reached; they are still spoken. */
const nowhere: Outbound = {
  limits: { text: Number.MAX_SAFE_INTEGER, editInterval: 0 },
  send: async () => "discord:nowhere",
  edit: async () => {},
};
