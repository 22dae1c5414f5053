import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "privacy",
  about: "command.privacy",
  needs: "member",
  options: {},
  async run(_values, { privacy, prefix, say }) {
    const { operator, url } = privacy;
    const lines = [
      say("privacy.kept", { prefix }),
      say("privacy.used"),
      say("privacy.yours", { prefix }),
      operator ? say("privacy.operator", { operator }) : say("privacy.operator-unknown"),
    ];
    if (url) lines.push(say("privacy.policy", { url }));
    return { text: lines.join("\n\n"), data: { operator: operator || null, url: url || null } };
  },
});
