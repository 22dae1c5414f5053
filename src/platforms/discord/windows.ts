import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from "discord.js";
import { now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { say, type Voice } from "../../texts/say.ts";
import type { TextKey } from "../../texts/en.ts";
import { attachmentFrom } from "./attachments.ts";
import type { CustomIds } from "./custom-id.ts";
import type { DiscordParts, KeptCall, Wanted } from "./parts.ts";

type Around = {
  readonly workspace: string;
  readonly room: string;
  readonly voice: Voice;
  readonly parts: DiscordParts;
  readonly ids: CustomIds;
};

/** Discord's limits, in characters. */
const longestTitle = 45;
const longestValue = 4_000;

/** The wording of the consent that people see; a new wording needs a new number. */
export const consentVersion = "discord-1";
const consentField = "consent";
const filesField = "files";

/** The window that asks for what a call lacks, filled with what is known. */
export async function windowFor(
  call: KeptCall,
  { ids, ...around }: Around,
): Promise<APIModalInteractionResponseCallbackData> {
  const { voice, parts } = around;
  const components = await fieldsOf(call, around);
  const form = parts.commands.find(({ name }) => name === call.name);
  const shown = new Set(components.map(fieldName));
  const kept = Object.entries(call.values).filter(([name]) => !shown.has(name));
  return {
    custom_id: await ids.write("window", { ...call, values: Object.fromEntries(kept) }),
    title: cut(say(voice, titles[call.name] ?? form?.about ?? "window.title"), longestTitle),
    components,
  };
}

const titles: Readonly<Record<string, TextKey>> = {
  correct: "menu.correct",
  teach: "window.teach",
  review: "window.review",
};

async function fieldsOf(call: KeptCall, around: Omit<Around, "ids">): Promise<APILabelComponent[]> {
  const { voice } = around;
  const given = (name: string): string => String(call.values[name] ?? "");
  switch (call.name) {
    case "correct": {
      const turn = await turnOf(call, around);
      return [
        text("correction", say(voice, "window.answer"), { value: turn.known ? turn.answer : "" }),
        text("question", say(voice, "window.own-words"), {
          optional: true,
          about: say(voice, "window.own-words.about"),
        }),
        consent(voice),
      ];
    }
    case "teach":
      return [
        text("prompt", say(voice, "window.question"), { value: given("prompt"), optional: true }),
        text("answer", say(voice, "window.answer"), { value: given("answer"), optional: true }),
        files(voice),
        consent(voice),
      ];
    default:
      return [text(call.asks ?? "", say(voice, "window.answer"), {})];
  }
}

/** The answer that is to be corrected. Throws `turn-missing` for a message that is none of the bot's. */
async function turnOf({ values }: KeptCall, { workspace, room, parts }: Omit<Around, "ids">) {
  const turn = await parts.turn(workspace, room, String(values["turn"]));
  if (!turn) throw new ApprenticeError("turn-missing");
  return turn;
}

function text(
  name: string,
  label: string,
  given: { readonly value?: string; readonly optional?: boolean; readonly about?: string },
): APILabelComponent {
  const value = given.value?.slice(0, longestValue) ?? "";
  return {
    type: ComponentType.Label,
    label: cut(label, longestTitle),
    ...(given.about && { description: cut(given.about, 100) }),
    component: {
      type: ComponentType.TextInput,
      custom_id: name,
      style: TextInputStyle.Paragraph,
      max_length: longestValue,
      required: given.optional !== true,
      ...(value !== "" && { value }),
    },
  };
}

const consent = (voice: Voice): APILabelComponent => ({
  type: ComponentType.Label,
  label: cut(say(voice, "window.consent"), longestTitle),
  description: cut(say(voice, "window.consent.about"), 100),
  component: { type: ComponentType.Checkbox, custom_id: consentField, default: false },
});

const files = (voice: Voice): APILabelComponent => ({
  type: ComponentType.Label,
  label: cut(say(voice, "window.files"), longestTitle),
  description: cut(say(voice, "window.files.about"), 100),
  component: {
    type: ComponentType.FileUpload,
    custom_id: filesField,
    required: false,
    min_values: 0,
    max_values: 10,
  },
});

const fieldName = ({ component }: APILabelComponent): string =>
  "custom_id" in component ? String(component.custom_id) : "";

const cut = (words: string, length: number): string =>
  words.length <= length ? words : `${words.slice(0, length - 1)}…`.toWellFormed();

/** What a window that came back calls: what was known before, and what the person filled in. */
export function filledWindow({ fields }: ModalSubmitInteraction, call: KeptCall): Wanted {
  const values: Record<string, unknown> = { ...call.values };
  const uploaded: Parameters<typeof attachmentFrom>[0][] = [];
  let agreed = false;
  for (const field of fields.fields.values()) {
    if (field.type === ComponentType.TextInput && field.value.trim() !== "")
      values[field.customId] = field.value;
    if (field.type === ComponentType.Checkbox) agreed = field.value;
    if (field.type === ComponentType.FileUpload)
      uploaded.push(...(field.attachments?.values() ?? []));
  }
  // Somebody else's question is not the teacher's to give: leave counts for their own words only.
  const isOwn = call.name !== "correct" || values["question"] !== undefined;
  return {
    call: { name: call.name, values },
    files: uploaded.map(attachmentFrom),
    ...(agreed && isOwn && { consent: { textVersion: consentVersion, at: now() } }),
  };
}
