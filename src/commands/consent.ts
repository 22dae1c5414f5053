import { now } from "../core/clock.ts";
import { defineCommand } from "./command.ts";
import { yesOrNo } from "./yes-no.ts";

/** The wording of the question that people agree to; a new wording needs a new number. */
const consentVersion = "chat-1";

export default defineCommand({
  name: "consent",
  about: "command.consent",
  needs: "member",
  personal: true,
  options: {
    action: { type: "text", about: "command.consent.action", optional: true },
    agree: { type: "flag", about: "command.consent.agree", optional: true },
  },
  usageExamples: ["consent 3f9a21c7", "consent 3f9a21c7 no"],
  async run({ action: given, agree: said }, { teaching, teacher, datasets, prefix, say }) {
    // A lone word of the two says what is meant, of what was taught last.
    const word = said === undefined && given !== undefined ? yesOrNo(given) : undefined;
    const action = word === undefined ? given : undefined;
    const agree = said ?? word ?? true;
    const consent = agree ? { textVersion: consentVersion, at: now() } : null;
    const { actionId, exampleIds } = await teaching.consent(teacher, action, consent);
    const versions = new Set<string>();
    // What was built before keeps its rows; only what is built from now on leaves them out.
    for (const id of agree ? [] : exampleIds) {
      for (const { name, version } of await datasets.containing(teacher.workspace, id))
        versions.add(`${name} v${version}`);
    }
    const count = exampleIds.length;
    const told = [
      say(agree ? "consent.given" : "consent.revoked", { prefix, id: actionId.slice(-8) }),
    ];
    if (versions.size > 0) {
      const names = [...versions].join(", ");
      told.push(say("retract.versions", { count: versions.size, versions: names }));
    }
    return {
      text: told.join(" "),
      data: { actionId, agree, count, versions: [...versions] },
      personal: true,
    };
  },
});
