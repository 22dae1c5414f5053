import { roles } from "../core/person.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "role",
  about: "command.role",
  needs: "admin",
  options: {
    person: { type: "text", about: "command.role.person" },
    role: { type: "choice", about: "command.role.role", choices: roles, optional: true },
  },
  usageExamples: ["role @Ann trainer", "role 1234567890 member"],
  async run({ person, role }, { message, workspaces, say }) {
    const id = personId(person, message.platform);
    if (role !== undefined) await workspaces.giveRole(message.workspace, id, role);
    const now = role ?? (await workspaces.roleOf(message.workspace, id));
    const key = role === undefined ? "role.is" : "role.given";
    return {
      text: say(key, { person, role: say(`role.one.${now}`) }),
      data: { person: id, role: now },
    };
  },
});

/** A mention as platforms write it, a bare id, or an id with its platform. */
function personId(written: string, platform: string): string {
  const mention = /^<@!?(\d+)>$/.exec(written)?.[1];
  const bare = mention ?? written.replace(/^@/, "");
  return bare.includes(":") ? bare : `${platform}:${bare}`;
}
