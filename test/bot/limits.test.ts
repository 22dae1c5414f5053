import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { createLimits, type LimitSettings } from "../../src/bot/limits.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import type { Message } from "../../src/core/message.ts";
import { received } from "../received.ts";
import { runApp } from "../running-app.ts";

const generous: LimitSettings = {
  messageCharacters: 100,
  messagesPerMinute: 1_000,
  personMessagesPerMinute: 1_000,
  messagesPerSecond: 1_000,
};
const from = (name: string, workspace: string, platform: Message["platform"] = "discord") =>
  received("ping?", {
    platform,
    workspace,
    person: { id: `discord:${name}`, name, role: "member" },
  });
const codeOf = (checked: Promise<void>): Promise<string> =>
  checked.then(
    () => "ok",
    (thrown: unknown) => (thrown instanceof ApprenticeError ? thrown.code : String(thrown)),
  );

describe("how much somebody may say", () => {
  test("exactly as many messages pass as are allowed, in one community and in all together", async () => {
    const limits = createLimits({ ...generous, messagesPerMinute: 2, personMessagesPerMinute: 3 });
    const codes = [];
    for (const workspace of ["a", "a", "a", "b", "b"])
      codes.push(await codeOf(limits.check(from("Ann", workspace))));
    assert.deepEqual(codes, ["ok", "ok", "too-many-messages", "ok", "too-many-messages"]);
    assert.equal(await codeOf(limits.check(from("Ben", "a"))), "ok");
  });

  test("everybody together is limited too, and only for a second", async () => {
    const limits = createLimits({ ...generous, messagesPerSecond: 1 });
    assert.equal(await limits.allows(from("Ann", "a")), true);
    assert.equal(await codeOf(limits.check(from("Ann", "a"))), "ok");
    assert.equal(await limits.allows(from("Ben", "b")), false);
    assert.equal(await codeOf(limits.check(from("Ben", "b"))), "too-many-messages");
    assert.equal(limits.isShut(from("Ben", "b")), true);
    assert.equal(limits.isShut(from("Cem", "b")), false);
  });

  test("whoever was told is not read again until the window is over", async () => {
    mock.timers.enable({ apis: ["Date", "setTimeout"] });
    try {
      const limits = createLimits({ ...generous, messagesPerMinute: 1 });
      const ann = from("Ann", "a");
      assert.equal(limits.isShut(ann), false);
      await limits.check(ann);
      assert.equal(limits.isShut(ann), false);
      assert.equal(await codeOf(limits.check(ann)), "too-many-messages");
      assert.equal(limits.isShut(ann), true);
      assert.equal(limits.isShut(from("Ann", "b")), false);
      mock.timers.tick(61_000);
      assert.equal(limits.isShut(ann), false);
      assert.equal(await codeOf(limits.check(ann)), "ok");
    } finally {
      mock.timers.reset();
    }
  });

  test("300 messages in a minute get 60 answers and one refusal", async () => {
    const bot = await runApp();
    try {
      const said: string[] = [];
      await Promise.all(
        Array.from({ length: 300 }, () =>
          bot.app.receive(
            { ...from("Ann", "discord:1"), id: newId(), addressed: true, room: "discord:1/2" },
            {
              limits: { text: 2_000, editInterval: 1_000 },
              async send(reply) {
                if (!reply.unfinished) said.push(reply.text);
                return newId();
              },
              edit: async () => {},
              thread: async () => {
                throw new Error("no threads here");
              },
              remove: async () => {},
              typing: async () => {},
            },
          ),
        ),
      );
      const refusals = said.filter((text) => /more than I can answer/.test(text));
      assert.equal(refusals.length, 1);
      assert.equal(said.length, 61);
    } finally {
      await bot.close();
    }
  });
});
