import { MessageFlags, type Client, type Interaction, type RepliableInteraction } from "discord.js";
import { asApprenticeError, type ApprenticeError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import { sayError, type Voice } from "../../texts/say.ts";
import { completeOption } from "./autocomplete.ts";
import { personIn } from "./interaction-person.ts";
import { interactionOutbound } from "./interaction-outbound.ts";
import { menuCall } from "./menus.ts";
import type { Outward } from "./outbound.ts";
import type { DiscordParts, Wanted } from "./parts.ts";
import { languageOfLocale, messageIdOf, roomOf, workspaceOf } from "./place.ts";
import { isPersonal } from "./personal.ts";
import { slashCall } from "./slash.ts";
import { filledWindow, windowFor } from "./windows.ts";
import type { Work } from "./work.ts";

/** Slash commands, menus, buttons and windows: each becomes a message with a filled call. */
export function listenToInteractions(
  client: Client,
  parts: DiscordParts,
  outward: Outward,
  work: Work,
): void {
  client.on("interactionCreate", (interaction) => work.run(() => take(interaction)));

  async function take(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return completeOption(interaction, parts);
    if (!interaction.isRepliable()) return;
    const workspace = workspaceOf(interaction.guildId, interaction.user.id);
    const language = languageOfLocale(interaction.locale);
    let voice: Voice = language;
    try {
      voice = (await parts.manners(workspace, language)).voice;
      const wanted = await wantedBy(interaction);
      if (!wanted) return;
      if (wanted.call.asks !== undefined && "showModal" in interaction) {
        const window = await windowFor(wanted.call, {
          workspace,
          room: roomOf(interaction.channelId ?? "0"),
          voice,
          parts,
          ids: outward.ids,
        });
        return void (await interaction.showModal(window));
      }
      await run(interaction, wanted, voice);
    } catch (thrown) {
      await refuse(interaction, asApprenticeError(thrown), voice);
    }
  }

  async function wantedBy(interaction: RepliableInteraction): Promise<Wanted | undefined> {
    if (interaction.isChatInputCommand()) return slashCall(interaction, parts.commands);
    if (interaction.isMessageContextMenuCommand()) return { call: menuCall(interaction) };
    if (interaction.isButton())
      return { call: await outward.ids.read("button", interaction.customId) };
    if (interaction.isModalSubmit()) {
      const call = await outward.ids.read("window", interaction.customId);
      return filledWindow(interaction, call);
    }
    return undefined;
  }

  async function run(
    interaction: RepliableInteraction,
    wanted: Wanted,
    voice: Voice,
  ): Promise<void> {
    const hidden = isPersonal(wanted.call, parts.commands);
    // At once: Discord gives three seconds, and whatever comes may take longer.
    await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
    const message = messageOf(interaction, wanted, parts.settings.trainerRoles);
    await parts.receive(
      message,
      interactionOutbound(outward, interaction, { voice, isPersonal: hidden }),
    );
  }

  async function refuse(interaction: RepliableInteraction, error: ApprenticeError, voice: Voice) {
    const { id, code } = error;
    outward.log.info("An interaction could not be worked on", { id, code });
    const content = sayError(voice, error);
    const said =
      interaction.deferred || interaction.replied
        ? interaction.followUp({ content, flags: MessageFlags.Ephemeral })
        : interaction.reply({ content, flags: MessageFlags.Ephemeral });
    await said.catch(() => outward.log.warn("A failure could not be told", { id, code }));
  }
}

function messageOf(
  interaction: RepliableInteraction,
  wanted: Wanted,
  trainerRoles: readonly string[],
): Message {
  const { user } = interaction;
  const { name, values } = wanted.call;
  return {
    id: messageIdOf(interaction.id),
    platform: "discord",
    workspace: workspaceOf(interaction.guildId, user.id),
    room: roomOf(interaction.channelId ?? "0"),
    person: personIn(interaction, trainerRoles),
    text: "",
    files: wanted.files ?? [],
    via: "command",
    call: { name, values },
    ...(wanted.consent && { consent: wanted.consent }),
    addressed: true,
    language: languageOfLocale(interaction.locale),
    sentAt: interaction.createdTimestamp,
  };
}
