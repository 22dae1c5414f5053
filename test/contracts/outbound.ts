import assert from "node:assert/strict";
import { test } from "node:test";
import { createDraft } from "../../src/bot/draft.ts";
import { deliverReply } from "../../src/bot/deliver.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { Outbound } from "../../src/core/platform.ts";

/** A room to send into, and what people see there. */
export type OutboundRoom = {
  readonly outbound: Outbound;
  /** The texts of the bot's messages there, in order. */
  texts(): readonly string[];
  /** The labels of the buttons under the last message. */
  buttons(): readonly string[];
  /** The names of the files under the last message. */
  files(): readonly string[];
  /** How many people were pinged so far. */
  pings(): number;
  /** Somebody else deletes the last message. */
  vanish(): void;
};

/** What every way into a room must do. `open` gives a fresh room. */
export function outboundContract(name: string, open: () => Promise<OutboundRoom>): void {
  test(`${name}: what is sent is there, what is edited reads anew, what is removed is gone`, async () => {
    const { outbound, texts } = await open();
    const first = await outbound.send({ text: "one" });
    const second = await outbound.send({ text: "two **bold** 🔑 שלום" });
    assert.notEqual(first, second);
    await outbound.edit(first, { text: "one, better" });
    assert.equal(texts()[0], "one, better");
    assert.equal(texts().length, 2);
    await outbound.remove?.(second);
    await outbound.remove?.(second);
    assert.equal(texts().length, outbound.remove ? 1 : 2);
  });

  test(`${name}: a text as long as the limit fits; one longer comes in parts, in order`, async () => {
    const { outbound, texts } = await open();
    const { text: limit } = outbound.limits;
    await outbound.send({ text: "x".repeat(limit) });
    assert.equal(texts()[0]!.length, limit);
    const words = Array.from({ length: limit / 2 }, (_, at) => `w${at}`).join(" ");
    const ids = await deliverReply({ text: words }, outbound);
    assert.equal(ids.length, texts().length - 1);
    assert.equal(texts().slice(1).join(" "), words);
  });

  test(`${name}: buttons and files come with the reply, and an edit changes the buttons`, async () => {
    const { outbound, buttons, files } = await open();
    const button = (label: string) => ({
      label,
      call: { name: "help", values: { command: label } },
    });
    const bytes = Buffer.from("a,b\n");
    const file = { name: "table.csv", mediaType: "text/csv", bytes };
    await outbound.send({ text: "look", files: [file] });
    assert.deepEqual(files(), ["table.csv"]);
    const id = await outbound.send({ text: "choose", buttons: [button("Yes"), button("No")] });
    assert.deepEqual(buttons(), ["Yes", "No"]);
    // The same twice is at least no failure.
    await outbound.edit(id, { text: "choose", buttons: [button("Yes"), button("Yes")] });
    await outbound.edit(id, { text: "chosen" });
    assert.deepEqual(buttons(), []);
  });

  test(`${name}: nobody is pinged`, async () => {
    const { outbound, pings } = await open();
    const id = await outbound.send({ text: "@everyone <@1> @here" });
    await outbound.edit(id, { text: "@everyone <@&1>" });
    assert.equal(pings(), 0);
  });

  test(`${name}: an edit of a vanished message says so, and a draft goes on in a new one`, async () => {
    const { outbound, texts, vanish } = await open();
    const id = await outbound.send({ text: "soon gone" });
    vanish();
    await assert.rejects(
      outbound.edit(id, { text: "?" }),
      (error) => error instanceof ApprenticeError && error.code === "message-vanished",
    );
    const draft = createDraft(outbound);
    draft.show("begun");
    await draft.finish({ text: "begun" });
    vanish();
    await draft.finish({ text: "finished" });
    assert.equal(texts().at(-1), "finished");
  });
}
