import { defineCommand } from "./command.ts";
import { shortHash } from "./dataset-reply.ts";

export default defineCommand({
  name: "datasets",
  about: "command.datasets",
  needs: "trainer",
  options: {},
  usageExamples: ["datasets"],
  async run(_values, { datasets, message, prefix, say }) {
    const { workspace } = message;
    const current = await datasets.current(workspace);
    const names = await datasets.names(workspace);
    if (names.length === 0) return { text: say("datasets.none", { prefix }), data: [] };
    const manifests = [];
    for (const name of names) manifests.push(await datasets.describe(workspace, name));
    const lines = manifests.map((manifest) => {
      const line = say("datasets.line", {
        name: manifest.name,
        version: String(manifest.version),
        count: manifest.counts.rows,
        hash: shortHash(manifest),
      });
      return manifest.name === current ? `- **${line}** ${say("datasets.current")}` : `- ${line}`;
    });
    return {
      text: [say("datasets.list", { count: names.length }), ...lines].join("\n"),
      data: manifests.map((manifest) => ({
        name: manifest.name,
        version: manifest.version,
        rows: manifest.counts.rows,
        positive: manifest.counts.positive,
        negative: manifest.counts.negative,
        sha256: manifest.files["rows.jsonl"]!.sha256,
        isCurrent: manifest.name === current,
      })),
    };
  },
});
