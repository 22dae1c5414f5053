import type { UploadedFile } from "./judge.ts";

/**
 * The fields and files of a `multipart/form-data` body (RFC 7578), read leniently as the Bot API
 * does: names and file names with or without quotes, raw UTF-8, header names in any case.
 */
export function readForm(
  body: Buffer,
  contentType: string,
): Readonly<Record<string, string | UploadedFile>> | undefined {
  const boundary = /boundary=("?)([^";]+)\1/i.exec(contentType)?.[2];
  if (boundary === undefined) return undefined;
  const fields: Record<string, string | UploadedFile> = {};
  for (const part of partsBetween(body, Buffer.from(`--${boundary}`))) {
    const end = part.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const disposition = /content-disposition:[^\r\n]*/i.exec(part.toString("utf8", 0, end))?.[0];
    const name = parameterOf(disposition ?? "", "name");
    if (name === undefined) return undefined;
    const content = part.subarray(end + 4);
    const fileName = parameterOf(disposition!, "filename");
    fields[name] =
      fileName === undefined
        ? content.toString("utf8")
        : { name: fileName, bytes: Uint8Array.from(content) };
  }
  return fields;
}

function partsBetween(body: Buffer, mark: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = body.indexOf(mark);
  while (from >= 0) {
    const next = body.indexOf(mark, from + mark.length);
    if (next < 0) break;
    // Between two marks stands: line break, headers, empty line, content, line break.
    parts.push(body.subarray(from + mark.length + 2, next - 2));
    from = next;
  }
  return parts;
}

const parameterOf = (disposition: string, name: string): string | undefined => {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;]*))`, "i").exec(disposition);
  return match?.[1] ?? match?.[2]?.trim();
};
