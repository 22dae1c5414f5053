import { ApprenticeError } from "../core/errors.ts";
import type { Label, Origin } from "../core/example.ts";
import type { Attachment, Message } from "../core/message.ts";
import type { SourceFile } from "../learning/datasets/candidates.ts";
import { unpacked } from "../learning/datasets/library-files.ts";
import { importLimits } from "../learning/importers/read.ts";
import { originOf, type CommandContext } from "./context.ts";
import { requireRoleFor } from "./require-role.ts";

/** What `positive=...` and `--negative` say together. Throws `dataset-label-unclear` for both at once. */
export function labelFrom(
  positive: boolean | undefined,
  negative: boolean | undefined,
): Label | undefined {
  if (positive !== undefined && negative !== undefined && positive === negative) {
    throw new ApprenticeError("dataset-label-unclear");
  }
  const isPositive = positive ?? (negative === undefined ? undefined : !negative);
  if (isPositive === undefined) return undefined;
  return isPositive ? "positive" : "negative";
}

/** Only who runs this Apprentice can give their word for the rows. Throws `permission-denied`. */
export const requireOperator = (context: CommandContext): void => requireRoleFor(context, "admin");

/** The files of a message, archives unpacked, and where their words come from. */
export async function attachedFiles(
  attachments: readonly Attachment[],
  { message, signal }: CommandContext,
): Promise<{ files: readonly SourceFile[]; origin: Origin }> {
  const files: SourceFile[] = [];
  for (const attachment of attachments) {
    files.push({
      name: attachment.name,
      bytes: await attachment.read(importLimits.bytes, signal),
    });
  }
  return { files: await unpacked(files), origin: originOfFiles(message) };
}

/** Where the words of attached files come from, for the training rules. */
export function originOfFiles(message: Message): Origin {
  switch (message.platform) {
    case "web":
    case "cli":
      return "file";
    case "discord":
      return "discord.attachment";
    case "telegram":
      return originOf(message);
  }
}
