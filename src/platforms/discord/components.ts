import {
  ButtonStyle,
  ComponentType,
  type ActionRowData,
  type InteractionButtonComponentData,
} from "discord.js";
import type { Reply, ReplyButton } from "../../core/reply.ts";
import { say, type Voice } from "../../texts/say.ts";
import type { CustomIds } from "./custom-id.ts";
import type { KeptCall } from "./parts.ts";

export type Row = ActionRowData<InteractionButtonComponentData>;
type Button = {
  readonly call: KeptCall;
  readonly label?: string;
  readonly emoji?: string;
  readonly style?: "good" | "bad" | "plain" | "main";
};

/** Discord's limits. */
const perRow = 5;
const mostRows = 5;
const longestLabel = 80;

const styles = {
  good: ButtonStyle.Success,
  bad: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
  main: ButtonStyle.Primary,
} as const;

/** The rows of buttons that belong under a reply. */
export async function rowsFor(reply: Reply, voice: Voice, ids: CustomIds): Promise<Row[]> {
  const lines = [...chunks((reply.buttons ?? []).map(asButton)), ...ownLines(reply, voice)];
  const rows = await Promise.all(lines.slice(0, mostRows).map((line) => row(line, ids)));
  return withoutTwins(rows);
}

/** Two buttons that call the same have the same id, which Discord refuses: the first one is enough. */
function withoutTwins(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows
    .map((each) => ({
      ...each,
      components: each.components.filter(({ customId }) => {
        const isNew = !seen.has(customId);
        seen.add(customId);
        return isNew;
      }),
    }))
    .filter(({ components }) => components.length > 0);
}

/** What Discord adds by itself: stop while an answer is made, teach and rate under it, undo under a receipt. */
function ownLines({ unfinished, turnId, known, actionId }: Reply, voice: Voice): Button[][] {
  if (unfinished) {
    return [
      [{ call: { name: "stop", values: {} }, emoji: "⏹️", label: say(voice, "button.stop") }],
    ];
  }
  const lines: Button[][] = [];
  if (turnId !== undefined && known === true) lines.push(teachLine(turnId));
  if (turnId !== undefined && known === false) {
    const call = { name: "correct", values: { turn: turnId }, asks: "correction" };
    lines.push([{ call, label: say(voice, "button.teach"), style: "main" }]);
  }
  if (actionId) {
    const call = { name: "undo", values: { action: actionId } };
    lines.push([{ call, label: say(voice, "button.undo") }]);
  }
  return lines;
}

const teachLine = (turn: string): Button[] => [
  { call: { name: "feedback", values: { rating: "good", turn } }, emoji: "👍" },
  { call: { name: "feedback", values: { rating: "bad", turn } }, emoji: "👎" },
  { call: { name: "correct", values: { turn }, asks: "correction" }, emoji: "✏️" },
  { call: { name: "again", values: { answer: turn } }, emoji: "🔄" },
  { call: { name: "why", values: { turn } }, emoji: "❓" },
];

const asButton = ({ label, call, style, asks }: ReplyButton): Button => ({
  call: { ...call, ...(asks !== undefined && { asks }) },
  label:
    label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…`.toWellFormed() : label,
  ...(style && { style }),
});

async function row(buttons: readonly Button[], ids: CustomIds): Promise<Row> {
  const components = buttons.map(async ({ call, label, emoji, style = "plain" }) => ({
    type: ComponentType.Button as const,
    style: styles[style],
    customId: await ids.write("button", call),
    ...(label !== undefined && { label }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
  }));
  return { type: ComponentType.ActionRow, components: await Promise.all(components) };
}

function chunks(buttons: readonly Button[]): Button[][] {
  const rows = Math.ceil(buttons.length / perRow);
  return Array.from({ length: rows }, (_, at) => buttons.slice(at * perRow, (at + 1) * perRow));
}
