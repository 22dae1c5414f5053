import type { smallTalk as english } from "../en/small-talk.ts";
import type { Text } from "../text.ts";

/** What is said to small talk, in Russian. */
export const smallTalk: Record<keyof typeof english, Text> = {
  "talk.hello.plain": "Привет!",
  "talk.hello.formal": "Здравствуйте.",
  "talk.hello.playful": "Приветик!",
  "talk.greeting.plain": "Привет! Что хотите узнать?",
  "talk.greeting.formal": "Здравствуйте. Чем могу быть полезен?",
  "talk.greeting.playful": "Приветик! Что будем выяснять?",
  "talk.thanks.plain": "Пожалуйста!",
  "talk.thanks.formal": "Всегда к вашим услугам.",
  "talk.thanks.playful": "Обращайтесь, мне только в радость!",
  "talk.goodbye.plain": "До встречи!",
  "talk.goodbye.formal": "Всего доброго.",
  "talk.goodbye.playful": "Пока-пока! Возвращайтесь, а то я заскучаю.",
  "talk.how-are-you.plain": "Всё хорошо, спасибо! Что хотите узнать?",
  "talk.how-are-you.formal": "Благодарю, всё в порядке. Чем могу быть полезен?",
  "talk.how-are-you.playful": "Лучше всех! Жду вопросов.",
  "talk.who-are-you.plain": "Я {self}. Я бот: отвечаю тем, чему меня здесь научили.",
  "talk.who-are-you.formal":
    "Я {self}. Я бот и отвечаю тем, чему меня научили участники этого сообщества.",
  "talk.who-are-you.playful":
    "Я {self}. Бот до последнего винтика, а ума набрался у людей, которые меня здесь учат.",
  "talk.what-can-you-do.plain":
    "Я отвечаю на вопросы тем, чему меня здесь научили: просто спросите. Если ошибусь — поправьте, и следующий ответ будет верным. Всё, что я умею, покажет {prefix}help.",
  "talk.what-can-you-do.formal":
    "Я отвечаю на вопросы тем, чему меня научило сообщество. Спрашивайте, а если я ошибусь, поправьте: следующий ответ будет верным. Полный список возможностей: {prefix}help.",
  "talk.what-can-you-do.playful":
    "Отвечаю на вопросы! Знаю то, чему меня тут научили. Поймали на ошибке? Поправьте, и я сразу запомню. Все мои фокусы — {prefix}help.",
  "talk.praise.plain": "Спасибо! У меня здесь хорошие учителя.",
  "talk.praise.formal": "Благодарю. Это заслуга тех, кто меня учит.",
  "talk.praise.playful": "Ой, сейчас покраснею! Всё благодаря тем, кто меня учит.",
  "talk.swearing.plain":
    "Давайте без обид. Если я ответил неверно, скажите, как правильно, и я запомню.",
  "talk.swearing.formal":
    "Предлагаю сохранять вежливость. Если ответ был неверным, сообщите правильный, и я его запомню.",
  "talk.swearing.playful": "Ай! Если я где-то ошибся, скажите, как правильно, и мир.",
  "talk.acknowledgement.plain": "Хорошо. Спрашивайте, если что.",
  "talk.acknowledgement.formal": "Хорошо. Я к вашим услугам.",
  "talk.acknowledgement.playful": "Замётано! Если что, я тут.",
};
