import type { teaching as english } from "../en/teaching.ts";
import type { Text } from "../text.ts";

/** What is said about lessons, corrections and where they come from, in Russian. */
export const teaching: Record<keyof typeof english, Text> = {
  "teach.learned": "Запомнил: «{prompt}» → «{answer}».",
  "teach.learned-negative": "Запомнил: больше не отвечу «{answer}» на «{prompt}».",
  "teach.learned-many": {
    one: "Запомнил {count} ответ.",
    few: "Запомнил {count} ответа.",
    many: "Запомнил {count} ответов.",
    other: "Запомнил {count} ответа.",
  },
  "correct.learned": "Запомнил: на «{prompt}» отвечаю «{correction}».",
  "feedback.thanks": "Спасибо, я отметил это у того ответа.",
  "receipt.active": "Действует с этой минуты.",
  "receipt.pending": "Ждёт проверки наставником и пока не используется.",
  "receipt.nothing-new": "Ничего нового здесь нет.",
  "receipt.superseded": {
    one: "Заменяет {count} прежний ответ.",
    few: "Заменяет {count} прежних ответа.",
    many: "Заменяет {count} прежних ответов.",
    other: "Заменяет {count} прежнего ответа.",
  },
  "receipt.skipped": {
    one: "{count} уже был известен.",
    few: "{count} уже были известны.",
    many: "{count} уже были известны.",
    other: "{count} уже были известны.",
  },
  "receipt.conflicts": {
    one: "{count} противоречит прежнему ответу на тот же вопрос: взгляните.",
    few: "{count} противоречат прежним ответам на те же вопросы: взгляните.",
    many: "{count} противоречат прежним ответам на те же вопросы: взгляните.",
    other: "{count} противоречат прежним ответам на те же вопросы: взгляните.",
  },
  "receipt.undo-spoken": "Чтобы отменить, скажите «отмени».",
  "receipt.undo": "Отменить: `{prefix}undo {id}`",
  "json-repaired": "Я поправил ваш JSON в строке {line}: было `{was}`, стало `{became}`.",
  "undo.removed": {
    one: "Отменено: {count} пример убран, всё как прежде.",
    few: "Отменено: {count} примера убраны, всё как прежде.",
    many: "Отменено: {count} примеров убрано, всё как прежде.",
    other: "Отменено: {count} примера убрано, всё как прежде.",
  },
  "undo.rating": "Ваша оценка снята.",
  "undo.restored": {
    one: "Отменено: {count} прежний ответ вернулся, всё как было.",
    few: "Отменено: {count} прежних ответа вернулись, всё как было.",
    many: "Отменено: {count} прежних ответов вернулись, всё как было.",
    other: "Отменено: {count} прежнего ответа вернулось, всё как было.",
  },
  "getfile.empty":
    "Файлов здесь пока нет. `{prefix}import library` с приложенными файлами сохранит их, `{prefix}archive taught` упакует всё выученное.",
  "getfile.list": {
    one: "В библиотеке {count} файл:",
    few: "В библиотеке {count} файла:",
    many: "В библиотеке {count} файлов:",
    other: "В библиотеке {count} файла:",
  },
  "getfile.here": "Вот этот файл.",
  "import.question": {
    one: "{names}: для чего этот файл?",
    few: "{count} файла ({names}): для чего они?",
    many: "{count} файлов ({names}): для чего они?",
    other: "{count} файла ({names}): для чего они?",
  },
  "import.as-knowledge": "Знания",
  "import.as-positive": "Хорошие примеры",
  "import.as-negative": "Плохие примеры",
  "import.as-test": "Проверка",
  "import.as-library": "Только сохранить",
  "import.kept": {
    one: "Сохранено в библиотеке: {paths}",
    few: "Сохранено в библиотеке, {count} файла: {paths}",
    many: "Сохранено в библиотеке, {count} файлов: {paths}",
    other: "Сохранено в библиотеке, {count} файла: {paths}",
  },
  "import.preview": {
    one: "Внутри {count} ответ:",
    few: "Внутри {count} ответа, первые:",
    many: "Внутри {count} ответов, первые:",
    other: "Внутри {count} ответа, первые:",
  },
  "import.lesson": "- «{prompt}» → «{answer}»",
  "import.lesson-negative": "- «{prompt}»: никогда «{answer}»",
  "import.lesson-unknown": "- «{prompt}»: не знаю",
  "import.preview-test": {
    one: "Внутри {count} проверочный вопрос.",
    few: "Внутри {count} проверочных вопроса.",
    many: "Внутри {count} проверочных вопросов.",
    other: "Внутри {count} проверочного вопроса.",
  },
  "import.progress": "Учу: {done} из {total} ...",
  "import.cancelled": "Хорошо, файлы забыты.",
  "import.test-kept": "Проверка лежит в библиотеке: {path}",
  "consent.given": "Записано: на этом можно обучать и модели. Отозвать: {prefix}consent {id} нет",
  "consent.revoked":
    "Отозвано: с этой минуты модели на этом не обучаются. Отвечать этим я продолжаю.",
  "window.title": "Ещё немного",
  "window.teach": "Научите меня",
  "window.review": "Ответ лучше",
  "window.question": "Вопрос",
  "window.answer": "Правильный ответ",
  "window.own-words": "Вопрос вашими словами",
  "window.own-words.about": "Нужен, только если урок можно брать для обучения моделей.",
  "window.consent": "Можно обучать на этом модели?",
  "window.consent.about":
    "Только для ваших собственных слов. Без галочки это служит лишь для ответов здесь.",
  "window.files": "Файлы с вопросами и ответами",
  "window.files.about":
    "csv, jsonl, json, txt, md, xlsx, docx, html, pdf или zip вместо полей выше.",
  "retract.done": "Отозвано: «{prompt}» → «{answer}». Больше я это не использую.",
  "retract.nowhere": "Ни в одной версии наборов этого нет.",
  "retract.versions": {
    one: "Это есть в {count} версии наборов: {versions}. В следующей не будет.",
    few: "Это есть в {count} версиях наборов: {versions}. В следующих не будет.",
    many: "Это есть в {count} версиях наборов: {versions}. В следующих не будет.",
    other: "Это есть в {count} версии наборов: {versions}. В следующих не будет.",
  },
  "import.at": "{place}: {problem}",
  "import.in-file": "{file}: {place}",
  "import.line": "Строка {line}",
  "import.row": "Лист «{sheet}», строка {line}",
  "import.paragraph": "Абзац {line}",
  "import.page": "Страница {line}",
  "import.more-problems": {
    one: "... и ещё {count}.",
    few: "... и ещё {count}.",
    many: "... и ещё {count}.",
    other: "... и ещё {count}.",
  },
  "import.not-text":
    "байт {position} — не текст {encoding}. Сохраните файл в UTF-8 и пришлите снова.",
  "import.binary": "байт {position} — NUL, значит, это не текстовый файл. Сохраните его как текст.",
  "import.too-many-rows": "в файле больше {limit} строк. Разделите его.",
  "import.prompt-missing": "здесь нет вопроса (есть: {fields}). Назовите поле prompt.",
  "import.prompt-empty": "вопрос пуст. Напишите его или удалите строку.",
  "import.prompt-long": "в вопросе {length} символов, читаю не больше {limit}. Сократите его.",
  "import.answer-missing":
    "здесь нет ответа. Добавьте ответ или null (без кавычек), если верный ответ — что это неизвестно.",
  "import.answer-empty":
    "ответ пуст. Напишите его или null (без кавычек), если верный ответ — что это неизвестно.",
  "import.answer-long": "в ответе {length} символов, читаю не больше {limit}. Сократите его.",
  "import.negative-without-answer":
    "в строке с меткой negative нужен ответ, который нельзя давать. Добавьте его или смените метку на positive.",
  "import.rejected-empty":
    "поле rejected пусто. Напишите ответ, который нельзя давать, или уберите поле.",
  "import.rejected-same": "rejected повторяет ответ. Измените одно из двух.",
  "import.label": "метка «{value}» — не positive и не negative. Возьмите одно из этих слов.",
  "import.field-type": "поле {field} — не текст. Возьмите текст в кавычки.",
  "import.messages":
    "в messages нет сообщения user, за которым идёт сообщение assistant. Добавьте оба.",
  "import.broken-character": "в тексте есть NUL или половина символа. Наберите это место заново.",
  "import.json-broken": "возле «{near}» это не JSON. Проверьте там кавычки, запятые и скобки.",
  "import.json-unclosed": "знак {mark} здесь открыт и нигде не закрыт. Закройте его.",
  "import.json-not-object": "строка должна быть объектом вида {example}.",
  "import.header":
    "первая строка не называет вопроса и ответа (есть: {names}). Назовите два из них «вопрос» и «ответ» или укажите их сами (в командной строке: `--question СТОЛБЕЦ --answer СТОЛБЕЦ`).",
  "import.columns":
    "столбцов {count}, а нужно {expected}. Ячейки, в которых есть {delimiter}, возьмите в двойные кавычки.",
  "import.quote-open":
    "двойная кавычка здесь открыта и нигде не закрыта. Закройте её; кавычка внутри ячейки пишется дважды.",
  "import.quote-stray":
    "двойная кавычка стоит не на месте. Возьмите всю ячейку в двойные кавычки, а кавычки внутри пишите дважды.",
  "import.line-without-separator":
    "вопрос и ответ здесь не разделены табуляцией, => или |. Поставьте разделитель.",
  "import.question-without-answer":
    "у этого вопроса нет ответа. Добавьте ниже строку, которая начинается с «О:».",
  "import.answer-without-question":
    "у этого ответа нет вопроса. Добавьте выше строку, которая начинается с «В:».",
  "import.text-outside":
    "этот текст не относится ни к какому вопросу. Начните его с «В:» или с #, чтобы пропустить.",
  "import.heading-without-answer":
    "под этим заголовком нет текста. Напишите там ответ или уберите заголовок.",
  "import.too-dense":
    "эта часть слишком длинная или слишком глубоко вложена. Вставьте пустую строку или заголовок, а длинную таблицу сохраните как CSV.",
  "import.no-column": "столбца {name} здесь нет (есть: {names}). Назовите один из них.",
  "import.choice": "верный ответ не совпадает ни с одним вариантом. Напишите его букву или текст.",
  "import.intents":
    "это выгрузка {tool}: в ней есть намерения, но нет ответов. Сохраните вопросы и ответы в CSV со столбцами «вопрос» и «ответ».",
  "import.tickets":
    "это обращения: в них есть вопросы людей, но нет ответов. Выгрузите статьи справочного центра или добавьте столбец «ответ».",
  "import.rasa-responses":
    "это примеры Rasa без ответов. Упакуйте nlu.yml и domain.yml в один zip и пришлите его.",
  "import.rasa-nlu":
    "это ответы Rasa без вопросов. Упакуйте nlu.yml и domain.yml в один zip и пришлите его.",
  "import.yaml":
    "это не YAML, или его слишком много. Проверьте отступы и кавычки или разделите файл.",
  "import.left-intent": "у намерения «{intent}» нет вопросов с готовым ответом.",
  "import.left-blank": "в ответе «{intent}» есть пропуски, которые заполняет другая программа.",
  "import.left-draft": "это черновик, отключённое или архив.",
  "import.left-unlabelled": "на это никто не ответил.",
  "import.left-disagreed": "люди ответили на это по-разному.",
  "import.left-text": "этот текст не относится ни к какому вопросу.",
  "import.left-file": "в {file} нет вопросов с ответами.",
  "import.left-heading": "под этим заголовком нет текста.",
  "import.left-sheet": "на листе «{sheet}» не названы вопрос и ответ.",
  "import.left-hidden-sheet": "лист «{sheet}» скрыт.",
  "import.left-follow-up":
    "продолжение разговора: без того, что было раньше, оно может быть непонятно.",
  "import.left-not-text": "сообщение не только с текстом.",

  "review.approve": "Одобрить",
  "review.edit": "Исправить",
  "review.reject": "Отклонить",
  "review.empty": "Проверки ничего не ждёт.",
  "review.title": {
    one: "**Проверки ждёт {count} запись**",
    few: "**Проверки ждут {count} записи**",
    many: "**Проверки ждут {count} записей**",
    other: "**Проверки ждёт {count} записи**",
  },
  "review.wrong": "- `{id}` «{prompt}»: я сказал {predicted}, а ждали {expected}",
  "review.wrong-negative": "- `{id}` «{prompt}»: я сказал то, чего говорить нельзя, {expected}",
  "review.pending": "- `{id}` {person} учит: «{prompt}» → {answer}",
  "review.pending-negative": "- `{id}` {person} учит никогда не отвечать {answer} на «{prompt}»",
  "review.pending-many": {
    one: "- `{id}` {person} даёт {count} урок, первый: «{prompt}» → {answer}",
    few: "- `{id}` {person} даёт {count} урока, первый: «{prompt}» → {answer}",
    many: "- `{id}` {person} даёт {count} уроков, первый: «{prompt}» → {answer}",
    other: "- `{id}` {person} даёт {count} урока, первый: «{prompt}» → {answer}",
  },
  "review.how":
    "Решить: `{prefix}review approve НОМЕР`, `{prefix}review edit НОМЕР лучший ответ`, `{prefix}review reject НОМЕР`",
  "review.more": "Дальше: `{prefix}review --page {page}`",
  "review.approved": "Принято.",
  "review.edited": "Запомнил вашими словами.",
  "review.rejected": "Отклонено: не используется.",

  "examples.none": "Здесь пока ничему не учили. Это исправит `{prefix}teach`.",
  "examples.not-found": "Таких слов в выученном нет: {search}",
  "examples.newest": "Последнее из выученного здесь:",
  "examples.found": "Найдено:",
  "examples.more": "Это первые {count}; уточните запрос, чтобы сузить.",
  "examples.related": "Близко по смыслу:",
  "why.version": "Версия модели: {version}.",
  "why.unanswered": "На этот вопрос не было ответа, объяснять нечего.",
  "why.unknown":
    "Я не знал: ничто из выученного не подходит достаточно хорошо (уверенность {percent} %).",
  "why.taught-unknown": "Меня научили, что это неизвестно.",
  "why.small-talk":
    "Это просто разговор: так я отвечаю сам, ничего выученного за этим нет. Чтобы научить своему ответу, поправьте меня.",
  "why.exact": "Именно так меня научили отвечать на этот самый вопрос, слово в слово.",
  "why.near": "Это самый подходящий из выученных ответов, слово в слово; уверенность {percent} %.",
  "why.judged":
    "Это выученный ответ, слово в слово. Уверенность была лишь {percent} %; что он подходит, решила языковая модель {model}.",
  "why.model-with-examples": {
    one: "Это написала языковая модель {model}, увидев {count} выученный пример.",
    few: "Это написала языковая модель {model}, увидев {count} выученных примера.",
    many: "Это написала языковая модель {model}, увидев {count} выученных примеров.",
    other: "Это написала языковая модель {model}, увидев {count} выученного примера.",
  },
  "why.model-alone":
    "Это написала языковая модель {model}; ничто из выученного на ответ не повлияло.",
  "why.example": "- «{prompt}» -> «{answer}» (от {author}, {date}, id {id})",
  "why.example-negative": "- «{prompt}»: никогда «{answer}» (от {author}, {date}, id {id})",
  "why.example-unknown": "- «{prompt}»: неизвестно (от {author}, {date}, id {id})",
  "why.gone": {
    one: "Ещё {count} пример с тех пор отменён.",
    few: "Ещё {count} примера с тех пор отменены.",
    many: "Ещё {count} примеров с тех пор отменены.",
    other: "Ещё {count} примера с тех пор отменены.",
  },
  "source.taught": "выучено",
  "source.corrected": "исправлено",
  "source.rated": "оценено",
  "source.imported": "загружено",
  "source.file": "из файлов",
  "retract.models": {
    one: "Его видела {count} обученная модель: {models}. Обученная память перестала так отвечать сразу; языковая модель хранит это в весах, пока новую не обучат без него.",
    few: "Его видели {count} обученные модели: {models}. Обученная память перестала так отвечать сразу; языковая модель хранит это в весах, пока новую не обучат без него.",
    many: "Его видели {count} обученных моделей: {models}. Обученная память перестала так отвечать сразу; языковая модель хранит это в весах, пока новую не обучат без него.",
    other:
      "Его видели {count} обученной модели: {models}. Обученная память перестала так отвечать сразу; языковая модель хранит это в весах, пока новую не обучат без него.",
  },
};
