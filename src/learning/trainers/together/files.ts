import { openAsBlob } from "node:fs";
import { ApprenticeError } from "../../../core/errors.ts";
import type { HostedFiles } from "../hosted/hosted-api.ts";
import {
  asSentence,
  createProviderClient,
  isMissing,
  type ProviderClient,
  type ProviderSettings,
} from "../hosted/provider-client.ts";
import { readReply } from "../hosted/read-reply.ts";
import { fileList, fileReply } from "./wire.ts";

/** Together's `/files`: it names an address of its store, and that is where the rows go. */
export function createFiles(client: ProviderClient, settings: ProviderSettings): HostedFiles {
  const { host } = client;
  const garbled = (reason: string): ApprenticeError =>
    new ApprenticeError("training-garbled", { host, reason });
  return {
    async find(name) {
      const answer = await client.json({ method: "GET", path: "/files" });
      const { data } = readReply(fileList, answer, host);
      // A file has its name before its rows have come.
      const isWhole = ({ Processed: processed }: (typeof data)[number]) => processed !== false;
      return data.find((file) => file.filename === name && isWhole(file))?.id;
    },
    async send(file, name, signal) {
      const query = { file_name: name, file_type: "jsonl", purpose: "fine-tune" };
      const { status, headers } = await client.head({
        method: "POST",
        path: "/files",
        query,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: async () => new URLSearchParams(query).toString(),
        once: true,
        signal,
      });
      const [id, location] = [headers.get("x-together-file-id"), headers.get("location")];
      if (status !== 302 || !id || !location) throw garbled(`HTTP ${status}`);
      const store = storeAt(location, settings);
      if (!store) throw garbled("location");
      await store.client.head({
        method: "PUT",
        path: store.path,
        headers: { "content-type": "application/octet-stream" },
        body: () => openAsBlob(file.path),
        bytes: file.bytes,
        signal,
      });
      return id;
    },
    async isReady(id) {
      const answer = await client.json({ method: "GET", path: `/files/${encodeURIComponent(id)}` });
      const reply = readReply(fileReply, answer, host);
      const {
        Processed: isProcessed,
        processing_status: status,
        validation_report: report,
      } = reply;
      if (report?.valid === false || status === "FAILED" || status === "INVALID_FORMAT") {
        const reason = asSentence(report?.error ?? status ?? "");
        throw new ApprenticeError("training-file-rejected", { host, reason });
      }
      return status ? status === "COMPLETED" : isProcessed !== false;
    },
    async remove(id) {
      const path = `/files/${encodeURIComponent(id)}`;
      await client.json({ method: "DELETE", path }).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
  };
}

/** A client for the store, which never sees the key; `undefined` for an address without TLS. */
function storeAt(location: string, settings: ProviderSettings) {
  const address = URL.parse(location);
  const isSafe =
    address?.protocol === "https:" || address?.protocol === URL.parse(settings.url)?.protocol;
  if (!address || !isSafe) return undefined;
  const client = createProviderClient({ ...settings, url: address.origin, apiKey: "" });
  return { client, path: address.pathname + address.search };
}
