import {
  messageIn,
  type Component,
  type Interaction,
  type StoredMessage,
  type World,
} from "./world.ts";

type Modal = {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
};

/** What the application makes of an interaction, as the person sees it. */
export type InteractionAnswers = {
  readonly interaction: Interaction;
  /** The first message it answers with, when it is there; a deferral alone is none. */
  reply(): Promise<StoredMessage>;
  /** The first message that fits, the answer itself or a later one. */
  message(fits: (message: StoredMessage) => boolean): Promise<StoredMessage>;
  modal(): Promise<Modal>;
  choices(): Promise<readonly { name: string; value: string }[]>;
  /** Resolves with the callback type of the acknowledgement. */
  acknowledged(): Promise<number>;
};

export function createAnswers(world: World, interaction: Interaction): InteractionAnswers {
  const { happenings } = world;
  const since = happenings.last;
  const about = interaction.id;
  const wait = <Found>(
    name: string,
    look: (detail: unknown) => Found | undefined,
  ): Promise<Found> =>
    happenings.wait(
      (happening) =>
        happening.name === name && happening.about === about ? look(happening.detail) : undefined,
      { since, what: `${name} of the interaction` },
    );
  const isThere = (message: StoredMessage) =>
    messageIn(world, message.channelId, message.id) !== undefined;
  return {
    interaction,
    reply: () => wait("interaction.message", (detail) => detail as StoredMessage),
    message: (fits) =>
      wait("interaction.message", (detail) => {
        const message = detail as StoredMessage;
        return isThere(message) && fits(message) ? message : undefined;
      }),
    modal: () => wait("interaction.modal", (detail) => detail as Modal),
    choices: () =>
      wait("interaction.choices", (detail) => detail as readonly { name: string; value: string }[]),
    acknowledged: () =>
      wait("interaction.acknowledged", (detail) => (detail as { type: number }).type),
  };
}
