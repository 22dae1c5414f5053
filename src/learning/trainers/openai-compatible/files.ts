import { openAsBlob } from "node:fs";
import { ApprenticeError } from "../../../core/errors.ts";
import type { HostedFiles } from "../hosted/hosted-api.ts";
import { asSentence, isMissing, type ProviderClient } from "../hosted/provider-client.ts";
import { readReply } from "../hosted/read-reply.ts";
import { fileList, fileReply } from "./wire.ts";

/** As many files as are looked through for one of ours, a page at a time. */
const [pageSize, mostPages] = [1000, 10];

/** Words for a file that is not looked at yet; one we do not know counts as good. */
const unready: ReadonlySet<string> = new Set(["pending", "running", "uploading", "processing"]);

/** `/files` in OpenAI's shape. */
export function createFiles(client: ProviderClient): HostedFiles {
  const { host } = client;
  return {
    async find(name) {
      let after = "";
      for (let page = 0; page < mostPages; page += 1) {
        const query = { purpose: "fine-tune", limit: pageSize, ...(after && { after }) };
        const answer = await client.json({ method: "GET", path: "/files", query });
        const { data, has_more: hasMore } = readReply(fileList, answer, host);
        const found = data.find(({ filename }) => filename === name);
        if (found) return found.id;
        after = data.at(-1)?.id ?? "";
        if (!hasMore || after === "") break;
      }
      return undefined;
    },
    async send(file, name, signal) {
      const answer = await client.json({
        method: "POST",
        path: "/files",
        async body() {
          const form = new FormData();
          form.set("purpose", "fine-tune");
          form.set("file", await openAsBlob(file.path, { type: "application/jsonl" }), name);
          return form;
        },
        bytes: file.bytes,
        once: true,
        signal,
      });
      return readReply(fileReply, answer, host).id;
    },
    async isReady(id) {
      const answer = await client.json({ method: "GET", path: `/files/${encodeURIComponent(id)}` });
      const { status, status_details: details } = readReply(fileReply, answer, host);
      if (status === "error" || status === "failed") {
        throw new ApprenticeError("training-file-rejected", {
          host,
          reason: asSentence(details ?? ""),
        });
      }
      return !unready.has(status ?? "");
    },
    async remove(id) {
      const path = `/files/${encodeURIComponent(id)}`;
      await client.json({ method: "DELETE", path }).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
  };
}
