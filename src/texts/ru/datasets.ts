import type { datasets as english } from "../en/datasets.ts";
import type { Text } from "../text.ts";

/** What is said about datasets, their archives, and tests, in Russian. */
export const datasets: Record<keyof typeof english, Text> = {
  "datasets.none":
    "Наборов данных здесь пока нет. {prefix}select_dataset соберёт набор из всего, чему меня научили, {prefix}select_dataset ПАПКА — из файлов библиотеки.",
  "datasets.list": {
    one: "{count} набор:",
    few: "{count} набора:",
    many: "{count} наборов:",
    other: "{count} набора:",
  },
  "datasets.line": {
    one: "{name}: версия {version}, {count} строка ({hash})",
    few: "{name}: версия {version}, {count} строки ({hash})",
    many: "{name}: версия {version}, {count} строк ({hash})",
    other: "{name}: версия {version}, {count} строки ({hash})",
  },
  "datasets.current": "(текущий)",
  "dataset.built": "Набор {dataset}: версия {version} собрана, содержание {hash}.",
  "dataset.unchanged": "С версии {version} ничего не изменилось, она и остаётся последней.",
  "dataset.title": "**{name}**, версия {version} (содержание {hash})",
  "dataset.rows": {
    one: "{count} строка: положительных {positive}, отрицательных {negative}; пар предпочтения {pairs}.",
    few: "{count} строки: положительных {positive}, отрицательных {negative}; пар предпочтения {pairs}.",
    many: "{count} строк: положительных {positive}, отрицательных {negative}; пар предпочтения {pairs}.",
    other:
      "{count} строки: положительных {positive}, отрицательных {negative}; пар предпочтения {pairs}.",
  },
  "dataset.splits": "Для обучения: {train}, для настройки: {validation}, для проверки: {test}.",
  "dataset.weights":
    "Могут обучать веса модели: {allowed} из {rows}. Память может использовать все: веса она не меняет.",
  "dataset.consent-missing": "{number} — без согласия того, кто это сказал",
  "dataset.attestation-missing":
    "{number} — пока никто за них не поручился: администратор может собрать набор с --attest",
  "dataset.origin-denied": "{number} — из чатов, чья платформа запрещает на них обучать",
  "dataset.origin-unknown": "{number} — неизвестного происхождения",
  "dataset.findings": "Найдено:",
  "dataset.findings-none": "Ничего сомнительного не найдено.",
  "finding.retracted": "опущено, потому что отозваны: {number}",
  "finding.duplicates": "опущено, потому что говорят то же, что другая строка: {number}",
  "finding.near-duplicates": "спрашивают почти то же, что другая строка: {number}",
  "finding.conflicts": "отвечают на один вопрос по-разному: {number}",
  "finding.contradictory": "опущено, потому что один ответ и желателен, и нежелателен: {number}",
  "finding.between-splits": "опущено, потому что похожи на строки двух частей сразу: {number}",
  "finding.leakage": "протекают из одной части в другую: {number}",
  "finding.email": "содержат адрес почты: {number}",
  "finding.phone": "содержат номер телефона: {number}",
  "finding.card": "содержат номер банковской карты и не выгружаются: {number}",
  "finding.secret": "содержат пароль или ключ и не выгружаются: {number}",
  "finding.too-long": "длиннее, чем берёт большинство обучающих программ: {number}",
  "row-reason.retracted": "отозваны",
  "row-reason.consent-missing": "без согласия автора",
  "row-reason.attestation-missing": "без слова администратора (`--attest`)",
  "row-reason.origin-denied": "оттуда, откуда учить запрещено",
  "row-reason.origin-unknown": "неизвестного происхождения",
  "row-reason.secret": "с паролем или ключом",
  "row-reason.card": "с номером карты",
  "row-reason.canary": "из проверочной части набора",
  "row-reason.no-answer": "без ответа",
  "row-reason.no-pair": "без пары из лучшего и худшего ответа",
  "row-reason.negative": "показывающие, как не отвечать",
  "row-reason.negative-unused": "показывающие, как не отвечать",
  "row-reason.unused": "не подходящие этому способу",
  "row-reason.validation": "оставлены для настройки",
  "row-reason.test": "оставлены для проверки",
  "warning.few-rows": "меньше 10 строк: мало и для обучения, и для проверки",
  "warning.one-answer": "у всех положительных строк один и тот же ответ",
  "warning.all-negative":
    "все строки отрицательные: использовать их может только обучение с метками (trl-kto)",
  "warning.no-negatives": "нет отрицательных строк: ничто не показывает, как не отвечать",
  "warning.empty-train": "не осталось строк, на которых учиться",
  "warning.empty-test": "не осталось строк, по которым проверять",
  "dataset.diff":
    "{name}, версия {from} → {to}: добавлено {added}, убрано {removed}, изменено {changed}.",
  "dataset.exported":
    "{name}, версия {version}, выгружен для {target}: строк для обучения {train}, для настройки {validation}, для проверки {test}.",
  "dataset.export-left": "Не попали ни в одну строку: {reasons}.",
  "archive.done": {
    one: "Файлы из {directory} заархивированы: {count} файл в {archive}.",
    few: "Файлы из {directory} заархивированы: {count} файла в {archive}.",
    many: "Файлы из {directory} заархивированы: {count} файлов в {archive}.",
    other: "Файлы из {directory} заархивированы: {count} файла в {archive}.",
  },
  "archive.list": {
    one: "{count} архив:",
    few: "{count} архива:",
    many: "{count} архивов:",
    other: "{count} архива:",
  },
  "archive.none":
    "Архивов здесь пока нет. Их делают {prefix}archive ПАПКА и {prefix}archive dataset ИМЯ.",
  "archive.verified": {
    one: "{archive} цел: {count} файл, как и сказано в манифесте.",
    few: "{archive} цел: {count} файла, все как в манифесте.",
    many: "{archive} цел: {count} файлов, все как в манифесте.",
    other: "{archive} цел: {count} файла, все как в манифесте.",
  },
  "archive.restored": {
    one: "{count} файл из {archive} возвращён: {place}.",
    few: "{count} файла из {archive} возвращены: {place}.",
    many: "{count} файлов из {archive} возвращены: {place}.",
    other: "{count} файла из {archive} возвращены: {place}.",
  },
  "test.message": "из сообщения",
  "test.predictions": "Ответы: {predictions}",
  "test.rows": {
    one: "Проверена {count} строка ({what}).",
    few: "Проверены {count} строки ({what}).",
    many: "Проверено {count} строк ({what}).",
    other: "Проверено {count} строки ({what}).",
  },
  "test.score":
    "**Верно {right} из {judged}: {accuracy} %** (95 %-й интервал от {low} до {high} %). Сравнение {grader}, версия модели {version}.",
  "test.unjudged": "Верные ответы не даны, поэтому здесь только предсказания.",
  "test.known": "«Не знаю» сказано на {share} % строк.",
  "test.unknown": "«Не знаю» сказано на {share} % строк и на {right} из {unknown}, где это верно.",
  "test.calibration":
    "Заявленные вероятности в среднем расходятся с делом на {error} процентных пункта.",
  "test.latency": "Половина ответов заняла не больше {p50} мс, 95 % не больше {p95} мс.",
  "test.cost": {
    one: "К языковой модели ушёл {count} вопрос, всего {seconds} с.",
    few: "К языковой модели ушло {count} вопроса, всего {seconds} с.",
    many: "К языковой модели ушло {count} вопросов, всего {seconds} с.",
    other: "К языковой модели ушло {count} вопроса, всего {seconds} с.",
  },
  "test.taught": {
    one: "{count} строка выучена дословно: это проверка памяти, а не понимания.",
    few: "{count} строки выучены дословно: это проверка памяти, а не понимания.",
    many: "{count} строк выучены дословно: это проверка памяти, а не понимания.",
    other: "{count} строки выучено дословно: это проверка памяти, а не понимания.",
  },
  "test.failed": {
    one: "{count} строку оценить не удалось.",
    few: "{count} строки оценить не удалось.",
    many: "{count} строк оценить не удалось.",
    other: "{count} строки оценить не удалось.",
  },
  "test.conflicts": {
    one: "{count} вопрос ждёт здесь разных ответов; верным может быть только один.",
    few: "{count} вопроса ждут здесь разных ответов; верным у каждого может быть только один.",
    many: "{count} вопросов ждут здесь разных ответов; верным у каждого может быть только один.",
    other: "{count} вопроса ждут здесь разных ответов; верным у каждого может быть только один.",
  },
  "test.confusions": "Чаще всего путается:",
  "test.confusion": "- {expected} → {predicted} ({count})",
  "test.wrong": "Ответил неверно:",
  "test.wrong-row": "- «{prompt}»: {predicted}, а не {expected}",
  "test.nothing": "(не знаю)",
  "test.review": {
    one: "{count} неверный ответ положен в очередь проверки: `{prefix}review`",
    few: "{count} неверных ответа положены в очередь проверки: `{prefix}review`",
    many: "{count} неверных ответов положено в очередь проверки: `{prefix}review`",
    other: "{count} неверного ответа положено в очередь проверки: `{prefix}review`",
  },
  "test.files": "Что было сказано на каждую строку: `{line}`.",
  "test.id": "Проверка {id}. Сравнить с предыдущей: `{prefix}compare`",
  "compare.sides":
    "{first}: верно {firstRight} из {shared}, {firstAccuracy} % (от {firstLow} до {firstHigh} %), {firstVersion}\n{second}: верно {secondRight} из {shared}, {secondAccuracy} % (от {secondLow} до {secondHigh} %), {secondVersion}",
  "compare.better":
    "**{second} лучше**: выиграно строк: {wins}, проиграно: {losses} (Мак-Немар, p {p}).",
  "compare.worse":
    "**{second} хуже**: выиграно строк: {wins}, проиграно: {losses} (Мак-Немар, p {p}).",
  "compare.even":
    "**Разница не показана**: {second}, выиграно строк: {wins}, проиграно: {losses} (Мак-Немар, p {p}).",
  "compare.unshared": {
    one: "{count} оценённая строка есть только в одной из них и не учтена.",
    few: "{count} оценённые строки есть только в одной из них и не учтены.",
    many: "{count} оценённых строк есть только в одной из них и не учтены.",
    other: "{count} оценённой строки есть только в одной из них и не учтены.",
  },
  "compare.lost": "Проиграно, например:",
};
