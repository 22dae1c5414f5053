import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { buttonsOf } from "../../doubles/telegram/people.ts";
import { runTelegram, type RunningTelegram } from "./running-telegram.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("files in Telegram", () => {
  let bot: RunningTelegram;
  before(async () => {
    bot = await runTelegram();
  });
  after(() => bot.close());
  const person = () => bot.double.person("Анна", { language: "ru" });

  test("a document is asked about, shown, learned in one message that changes, and undone", async () => {
    const { double } = bot;
    const anna = person();
    const chat = anna.privately;
    anna.sendsDocument(chat, {
      name: "вопросы.jsonl",
      bytes: bytes(
        '{"prompt": "Где чай?", "answer": "На кухне."}\n{"prompt": "А варенье?", "answer": "Рядом."}\n',
      ),
    });
    const question = await double.reads(chat, /вопросы\.jsonl: для чего этот файл\?/);
    assert.deepEqual(
      buttonsOf(question).map(({ text }) => text),
      ["Знания", "Хорошие примеры", "Плохие примеры", "Проверка", "Только сохранить", "✖️ Отмена"],
    );
    anna.presses(question, "Знания");
    const preview = await double.reads(chat, /Внутри 2 ответа[\s\S]*Где чай\?/);
    anna.presses(preview, "Запомнить");
    const receipt = await double.reads(chat, /Запомнил 2 ответа/);
    assert.deepEqual(
      [preview.message_id, receipt.message_id],
      [question.message_id, question.message_id],
    );
    anna.writes(chat, "где чай");
    await double.reads(chat, /^На кухне\.$/);
    anna.presses(receipt, "Отменить");
    await double.reads(chat, /Отменено/);
    anna.writes(chat, "где чай");
    await double.reads(chat, /не знаю/);
  });

  test("a large file shows how far it is while it is learned", async () => {
    const { double } = bot;
    const anna = person();
    const rows = Array.from({ length: 2_000 }, (_, row) => `вопрос ${row}\tответ ${row}`).join(
      "\n",
    );
    anna.sendsDocument(anna.privately, { name: "large.txt", bytes: bytes(rows) });
    anna.presses(await double.reads(anna.privately, /large\.txt/), "Знания");
    anna.presses(await double.reads(anna.privately, /Внутри/), "Запомнить");
    await double.reads(anna.privately, /Учу: [\d\s\u00a0]+ из 2/);
    await double.reads(anna.privately, /Запомнил 2\u00a0?000 ответов/);
  });

  test("an album is one question about all its files", async () => {
    const { double } = bot;
    const anna = person();
    anna.sendsAlbum(anna.privately, [
      { name: "a.csv", bytes: bytes("prompt,answer\nодин?,1\n"), caption: "" },
      { name: "b.csv", bytes: bytes("prompt,answer\nдва?,2\n") },
    ]);
    const question = await double.reads(anna.privately, /2 файла \(a\.csv, b\.csv\)/);
    anna.presses(question, "Отмена");
    await double.reads(anna.privately, /забыты/);
  });

  test("a caption is a command about the file", async () => {
    const { double } = bot;
    const anna = person();
    const file = { name: "test.csv", bytes: bytes("prompt,answer\nнеизвестно?,да\n") };
    anna.sendsDocument(anna.privately, { ...file, caption: "/import as=test" });
    await double.reads(anna.privately, /Внутри 1 проверочный вопрос/);
  });

  test("what is too large, of no use, or a bomb is told so, and the next message works", async () => {
    const { double } = bot;
    const anna = person();
    const chat = anna.privately;
    anna.sendsDocument(chat, { name: "huge.csv", bytes: bytes("a"), size: 21 * 1024 * 1024 });
    await double.reads(chat, /huge\.csv.*(велик|больш).*20/);
    anna.sendsDocument(chat, { name: "setup.exe", bytes: bytes("MZ\0\0") });
    await double.reads(chat, /Учусь я по файлам CSV/);
    anna.sendsDocument(chat, { name: "binary.csv", bytes: Uint8Array.of(0, 1, 2, 3) });
    anna.presses(await double.reads(chat, /binary\.csv: для чего/), "Знания");
    const notice = await double.sees("notice", ({ alert }) => alert);
    assert.match(notice.text, /binary\.csv[\s\S]*NUL/);
    anna.sendsDocument(chat, { name: "bomb.zip", bytes: bomb() });
    await double.reads(chat, /не открываю bomb\.zip/);
    const left = await bot.app.library.list(`telegram:${anna.user.id}`);
    assert.ok(!left.some(({ path }) => path.endsWith("bomb.zip")));
    anna.sendsVideoNote(chat, { name: "round.mp4", bytes: bytes("x"), seconds: 3 });
    await double.reads(chat);
    anna.writes(chat, "/hi");
    await double.reads(chat, /Привет/);
  });

  test("files the bot sends arrive with their own names", async () => {
    const { double, app } = bot;
    const anna = person();
    await app.library.write(`telegram:${anna.user.id}`, "отчёт; 1.txt", bytes("привет"));
    anna.writes(anna.privately, "/getfile отчёт; 1.txt");
    const { message } = await double.sees("message", (sent) => sent.message.document !== undefined);
    assert.equal(message.document?.["file_name"], "отчёт_ 1.txt");
    assert.deepEqual(
      double.world.files.get(message.document?.file_id ?? "")?.bytes,
      bytes("привет"),
    );
  });
});

/** A ZIP of one file of 300 MB of nothing, by hand: local header, data, central directory, end. */
function bomb(): Uint8Array {
  const size = 300 * 1024 * 1024;
  const data = deflateRawSync(Buffer.alloc(size), { level: 9 });
  const name = Buffer.from("zeros.csv");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(header.length + name.length + data.length, 16);
  return Buffer.concat([header, name, data, central, name, end]);
}
