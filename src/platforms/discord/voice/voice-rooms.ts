import { ApprenticeError, asApprenticeError } from "../../../core/errors.ts";
import type { Outbound } from "../../../core/platform.ts";
import type { VoiceCaller, VoicePlace, VoiceRooms } from "../../../core/voice-rooms.ts";
import { channelOf, guildOf, roomOf, userOf, workspaceOf } from "../place.ts";
import type { VoiceChange } from "./voice-gateway.ts";
import { createVoiceNews, type NewsParts } from "./voice-news.ts";
import { VoiceRoom, type RoomNews, type RoomParts } from "./voice-room.ts";

export type VoiceRoomsParts = Omit<RoomParts, "closing"> & NewsParts;

/** The voice rooms of Discord; `start` when the main connection is ready, `close` before it ends. */
export type DiscordVoiceRooms = VoiceRooms & {
  /** Goes back to the rooms the bot was in when it ended. */
  start(): Promise<void>;
  close(): Promise<void>;
};

export function createVoiceRooms(given: VoiceRoomsParts): DiscordVoiceRooms {
  const closing = new AbortController();
  const parts: RoomParts & NewsParts = { ...given, closing: closing.signal };
  const { gateway, memory, log } = parts;
  const { tell, fail, giveNotice } = createVoiceNews(parts);
  const rooms = new Map<string, VoiceRoom>();
  const queues = new Map<string, Promise<unknown>>();
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

  /** Work that nobody waits for. */
  const inBackground = (workspace: string, work: () => Promise<void>): void => {
    inTurn(workspace, work).catch((thrown: unknown) => {
      const { id, code } = asApprenticeError(thrown);
      log.warn("A voice room could not follow what happened", { workspace, id, code });
    });
  };

  const nameOf = (place: VoicePlace): string =>
    gateway.channel(channelOf(place.room)!)?.name ?? place.room;

  /** Ends a stay; a place that is not kept is not gone back to after a restart. */
  const end = async (room: VoiceRoom, isKept: boolean): Promise<void> => {
    const { workspace } = room.place;
    if (rooms.get(workspace) === room) {
      rooms.delete(workspace);
      barred.delete(workspace);
      if (!isKept) await memory.forgetPlace(workspace);
    }
    await room.close();
  };

  const open = async (place: VoicePlace): Promise<VoiceRoom> => {
    const { workspace } = place;
    let room: VoiceRoom | undefined;
    const where = (): VoicePlace => room?.place ?? place;
    const ends = (isKept: boolean): void => {
      if (room) inBackground(workspace, () => end(room!, isKept));
    };
    const news: RoomNews = {
      outbound: () => parts.reach(where().textRoom) ?? nowhere,
      understood: (person, text) =>
        void tell(where(), "voice.heard", { person: person.name, text }),
      failed: (error) => fail(where(), error),
      ended(reason) {
        ends(reason === undefined);
        if (reason) fail(where(), reason);
      },
      empty() {
        void tell(where(), "voice.empty", { channel: nameOf(where()) });
        ends(false);
      },
    };
    room = await VoiceRoom.open(parts, news, place);
    rooms.set(workspace, room);
    return room;
  };

  const move = async (room: VoiceRoom, place: VoicePlace): Promise<VoiceRoom> => {
    try {
      await room.moveTo(place);
      return room;
    } catch (error) {
      const stays = error instanceof ApprenticeError && error.code === "voice-too-often";
      if (!stays) await end(room, false);
      throw error;
    }
  };

  const enter = async (place: VoicePlace): Promise<void> => {
    const room = rooms.get(place.workspace);
    if (room?.place.room === place.room) {
      room.place = place;
      return memory.keepPlace(place);
    }
    checkChannel(channelOf(place.room)!);
    if (parts.speech.missing.length === 2) throw new ApprenticeError("voice-engines");
    const entered = room ? await move(room, place) : await open(place);
    await memory.keepPlace(place);
    const key = entered.listens ? "voice.notice" : "voice.notice-deaf";
    void giveNotice(place, key, { channel: nameOf(place) });
    await askToSpeak(entered);
  };

  /** On a stage the bot begins in the audience, where nobody hears it. */
  const askToSpeak = async ({ place }: VoiceRoom): Promise<void> => {
    const { workspace } = place;
    barred.set(workspace, "voice.audience");
    const outcome = await gateway.askToSpeak(guildOf(workspace)!).catch((thrown: unknown) => {
      const { id, code } = asApprenticeError(thrown);
      log.warn("The bot could not ask to speak on a stage", { workspace, id, code });
      return "audience" as const;
    });
    if (outcome === "speaks") return void barred.set(workspace, "");
    const key = outcome === "asked" ? "voice.asked-to-speak" : "voice.audience";
    void tell(place, key, { channel: nameOf(place) });
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
    const { channelId, isDeafened, isMuted, isAudience } = change;
    if (channelId === null) {
      fail(room.place, new ApprenticeError("voice-removed"));
      return inBackground(workspace, () => end(room, false));
    }
    if (roomOf(channelId) !== room.place.room) {
      inBackground(workspace, async () => {
        await room.movedTo(channelId);
        await memory.keepPlace(room.place);
      });
    }
    const bar = isDeafened
      ? "voice.deafened"
      : isMuted
        ? "voice.muted"
        : isAudience
          ? "voice.audience"
          : "";
    if (isMuted || isAudience) room.hush();
    if (bar === barred.get(workspace)) return;
    barred.set(workspace, bar);
    if (bar === "voice.audience") inBackground(workspace, () => askToSpeak(room));
    else if (bar !== "") void tell(room.place, bar, { channel: nameOf(room.place) });
  };

  const stopFollowing = gateway.onChange((change) => {
    const workspace = workspaceOf(change.guildId, change.userId);
    const room = rooms.get(workspace);
    if (!room) return;
    if (change.userId === gateway.botId) followBot(workspace, room, change);
    else room.look().catch((thrown: unknown) => fail(room.place, asApprenticeError(thrown)));
  });

  const goBack = async (place: VoicePlace): Promise<void> => {
    try {
      await inTurn(place.workspace, () => enter(place));
    } catch (thrown) {
      await memory.forgetPlace(place.workspace);
      fail(place, asApprenticeError(thrown));
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
        await end(room, false);
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
      closing.abort();
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
