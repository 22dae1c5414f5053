import type { Taught } from "../../../src/learning/recall/recall.ts";

/** A positive example; `corrects` and the like through `other`. */
export const taught = (
  id: string,
  prompt: string,
  answer: string | null,
  other: Partial<Taught> = {},
): Taught => ({ id, prompt, answer, label: "positive", corrects: false, ...other });

const english = [
  ["How do I reset my password?", "Use the link on the sign-in page."],
  ["Where can I see my invoices?", "On the billing page."],
  ["What are your opening hours?", "From 9 to 18."],
  ["How can I cancel my subscription?", "In the settings."],
  ["Do you ship to Canada?", "Yes, within a week."],
  ["Can I get a refund?", "Within 30 days."],
  ["How do I contact support?", "Write to support."],
  ["Is there a mobile app?", "Yes, for both systems."],
  ["How do I change my email address?", "In your profile."],
  ["Which payment methods do you accept?", "Cards and transfers."],
] as const;

const russian = [
  ["Как сбросить пароль?", "По ссылке на странице входа."],
  ["Где посмотреть счета?", "В разделе оплаты."],
  ["Во сколько вы открываетесь?", "В девять утра."],
  ["Как отменить подписку?", "В настройках."],
  ["Вы доставляете в Казахстан?", "Да, за неделю."],
  ["Можно ли вернуть деньги?", "В течение 30 дней."],
  ["Как связаться с поддержкой?", "Напишите нам."],
  ["Есть ли мобильное приложение?", "Да, для обеих систем."],
  ["Как изменить адрес почты?", "В профиле."],
  ["Какие способы оплаты вы принимаете?", "Карты и переводы."],
] as const;

const asExamples = (rows: readonly (readonly [string, string])[], prefix: string): Taught[] =>
  rows.map(([prompt, answer], at) => taught(`${prefix}${at}`, prompt, answer));

/** Ten questions and answers in each language. */
export const faq = { en: asExamples(english, "en"), ru: asExamples(russian, "ru") };

/** `count` prompts for each of `answers` answers, each answer with words of its own. */
export function manyExamples(answers: number, count: number): Taught[] {
  const syllables = ["ba", "do", "ki", "mu", "re", "so", "ta", "vi", "zo", "ne", "lu", "pa"];
  const word = (seed: number) =>
    `${syllables[seed % 12]!}${syllables[(seed * 7 + 3) % 12]!}${syllables[(seed * 5 + 1) % 11]!}${seed % 10}`;
  return Array.from({ length: answers * count }, (_, at) => {
    const answer = at % answers;
    const turn = Math.floor(at / answers);
    const words = [
      word(answer * 3),
      word(1000 + ((turn * 13) % 40)),
      word(answer * 3 + 1 + (turn % 2)),
      word(2000 + ((turn * 17 + answer) % 30)),
    ];
    return taught(`m${at}`, words.join(" "), `answer ${answer}`);
  });
}
