import { ApprenticeError } from "../core/errors.ts";

const workspacePattern = /^[a-z]+:.+$/su;
const longestName = 200;

/**
 * The folder name of a workspace: different for each, safe on every file system, also where names
 * ignore case. `:` becomes `_`; lower-case letters, digits and `-` stay; each other byte of the
 * UTF-8 text becomes `.` and two hexadecimal digits. Throws `workspace-invalid`.
 */
export function workspaceFolder(workspace: string): string {
  const name = Array.from(Buffer.from(workspace), encodeByte).join("");
  if (!workspacePattern.test(workspace) || !workspace.isWellFormed() || name.length > longestName) {
    throw new ApprenticeError("workspace-invalid", { workspace: workspace.slice(0, longestName) });
  }
  return name;
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === ":") return "_";
  return /[a-z0-9-]/u.test(character) ? character : `.${byte.toString(16).padStart(2, "0")}`;
}
