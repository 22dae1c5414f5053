import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { PersonInTelegram } from "../../doubles/telegram/people.ts";
import { startTelegramDouble, type TelegramDouble } from "../../doubles/telegram/server.ts";

const program = fileURLToPath(new URL("killed-bot.ts", import.meta.url));
const rounds = 15;
/** Starting a process on a busy machine takes its time, in milliseconds. */
const patience = 60_000;

describe("kill -9 between an update and its answer", () => {
  let double: TelegramDouble;
  let folder: string;
  let child: ChildProcess;
  const start = (): void => {
    child = spawn(process.execPath, [program, folder, double.url, double.token], {
      stdio: ["ignore", "inherit", "inherit"],
    });
  };
  const kill = async (): Promise<void> => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  before(async () => {
    double = await startTelegramDouble();
    folder = mkdtempSync(join(tmpdir(), "apprentice-killed-"));
    start();
  });
  after(async () => {
    await kill();
    await double.close();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(double.complaints, []);
  });
  const answersIn = ({ user }: PersonInTelegram): readonly string[] =>
    double.world.happenings.flatMap((happening) =>
      happening.kind === "message" && happening.message.chat.id === user.id
        ? [happening.message.text ?? ""]
        : [],
    );

  test("what was asked is answered once, wherever the process was", async () => {
    const anna = double.person("Анна", { language: "ru" });
    const chat = anna.privately;
    anna.writes(chat, "/teach пинг? => понг");
    await double.reads(chat, /Запомнил/, patience);
    // The answer is made and on its way.
    const held = double.hold("sendMessage");
    anna.writes(chat, "пинг?");
    await held.arrived;
    await kill();
    await held.gone;
    held.release();
    start();
    await double.reads(chat, /^понг$/, patience);
    // The answer has arrived, and that is noted: the next one in the room was answered too.
    anna.writes(chat, "/hi");
    await double.reads(chat, /Привет/, patience);
    await kill();
    start();
    anna.writes(chat, "/teach пинг два? => понг два");
    await double.reads(chat, /Запомнил/, patience);
    assert.deepEqual(
      answersIn(anna).filter((text) => text === "понг"),
      ["понг"],
    );
  });

  test("a command that was cut off is not run twice, and that is told", async () => {
    const anna = double.person("Анна", { language: "ru" });
    const chat = anna.privately;
    anna.writes(chat, "/teach раз? => один");
    await double.reads(chat, /Запомнил/, patience);
    const held = double.hold("sendMessage");
    anna.writes(chat, "/undo");
    await held.arrived;
    await kill();
    await held.gone;
    held.release();
    start();
    await double.reads(chat, /остановили посреди команды undo/, patience);
    anna.writes(chat, "раз?");
    await double.reads(chat, /не знаю/, patience);
  });

  test(`${rounds} kills at any moment: every question is answered, none twice but in the moment of sending`, async () => {
    const people = Array.from({ length: 4 }, (_, place) => double.person(`Person ${place}`));
    const asked = new Map<PersonInTelegram, number>();
    let inFlight = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const person of people) {
        person.writes(person.privately, `вопрос ${round} ${person.user.id}?`);
        asked.set(person, (asked.get(person) ?? 0) + 1);
      }
      // From the first contact on, at any moment.
      await double.called("getMe", 4 + round, patience);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
      inFlight += double.recentlySent(50);
      await kill();
      start();
    }
    for (const person of people) {
      person.writes(person.privately, "последний?");
      asked.set(person, asked.get(person)! + 1);
    }
    await double.quiet(
      () => people.every((person) => answersIn(person).length >= asked.get(person)!),
      patience,
    );
    let twice = 0;
    for (const person of people) twice += answersIn(person).length - asked.get(person)!;
    assert.ok(
      twice >= 0 && twice <= inFlight,
      `${twice} answers came twice, ${inFlight} were on their way`,
    );
    process.stdout.write(
      `${rounds} kills: ${people.length * (rounds + 1)} answers, ${twice} twice\n`,
    );
  });
});
