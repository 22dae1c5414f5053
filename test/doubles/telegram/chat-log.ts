import type { Chat, Happening, Message } from "./objects.ts";
import { buttonsOf } from "./people.ts";

const width = 14;

/** Prints what happens as people would see it: each chat under its name, files and buttons in brackets. */
export function createChatLog(tell: (line: string) => void): (happening: Happening) => void {
  let chatId: number | undefined;
  const enter = (chat: Chat): void => {
    if (chat.id === chatId) return;
    chatId = chat.id;
    const title = chat.title ?? `${chat.first_name}, private`;
    tell(`\n──── ${title} ${"─".repeat(Math.max(4, 60 - title.length))}`);
  };
  const say = (who: string, lines: readonly string[]): void => {
    for (const [place, line] of lines.entries())
      tell(`${(place === 0 ? who : "").padEnd(width)}${line}`.trimEnd());
  };
  return (happening) => {
    if (happening.kind === "notice") {
      if (happening.text !== "") say("", [`(${happening.text})`]);
      return;
    }
    if (happening.kind === "action") return;
    enter("chat" in happening ? happening.chat : happening.message.chat);
    switch (happening.kind) {
      case "said":
      case "message":
        return say(nameOf(happening.message), shown(happening.message));
      case "edit":
        return say(
          "",
          shown(happening.message).map((line, place) => (place === 0 ? `✎ ${line}` : line)),
        );
      case "delete":
        return say("", ["(deleted)"]);
      case "draft":
        return say("", [`… ${happening.text}`]);
      case "pressed":
        return say(happening.from.first_name, [`presses [${happening.label}]`]);
      case "reaction":
        return say("", [`reacts ${happening.emoji.join(" ")}`]);
    }
  };
}

const nameOf = ({ from }: Message): string => from?.first_name ?? "Telegram";

function shown(message: Message): readonly string[] {
  const { text = message.caption, document, voice, message_thread_id: topic } = message;
  const lines = (text ?? "").split("\n").filter((line, place) => line !== "" || place > 0);
  if (document) lines.push(`[file ${String(document["file_name"])}]`);
  if (voice) lines.push("[voice message]");
  if (topic !== undefined) lines[0] = `#${topic} ${lines[0] ?? ""}`;
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (buttonsOf(message).length > 0)
    lines.push(...rows.map((row) => row.map((button) => `[${button.text}]`).join(" ")));
  return lines.length > 0 ? lines : ["(service message)"];
}
