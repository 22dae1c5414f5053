import type { commandLine as english } from "../en/command-line.ts";
import type { Text } from "../text.ts";

/** What the command line and `status` say, in Russian. */
export const commandLine: Record<keyof typeof english, Text> = {
  "setting.text": "нужен текст",
  "setting.choice": "годится одно из {choices}",
  "setting.whole": "нужно целое число от {least} до {most}",
  "setting.toggle": "нужно true или false",
  "setting.ranges": "нужны номера и диапазоны от 0, например 0-3,8",
  "setting.language": "нужно auto или язык вроде ru-RU или en-US",
  "setting.list": "нужен список текстов",
  "setting.list-of": "нужен список из {choices}",
  "setting.prices": "нужен список МОДЕЛЬ=ДОЛЛАРЫ",
  "setting.strict-token":
    "нужно не меньше {least} знаков, раз console.host пускает других, а mode — prod",
  "setting.model-name": "нужно имя модели, которая есть у провайдера",
  "setting.program": "нужна программа и её аргументы",
  "setting.url": "нужен адрес вроде http://127.0.0.1:8000/v1",
  "setting.model-url": "нужен адрес вроде http://127.0.0.1:11434/v1",
  "status.title": "**Apprentice {version}**",
  "status.recall": {
    one: "Память: {count} выученный ответ, версия модели {version}.",
    few: "Память: {count} выученных ответа, версия модели {version}.",
    many: "Память: {count} выученных ответов, версия модели {version}.",
    other: "Память: {count} выученного ответа, версия модели {version}.",
  },
  "status.recall-pending": {
    one: "Проверка: {count} урок ждёт наставника.",
    few: "Проверка: {count} урока ждут наставника.",
    many: "Проверка: {count} уроков ждут наставника.",
    other: "Проверка: {count} урока ждут наставника.",
  },
  "status.live": "Рядом с памятью отвечает обученная модель {version} (набор данных {dataset}).",
  "status.model": "Языковая модель: {name}.",
  "status.model-none":
    "Языковой модели нет: отвечаю на то, чему научили, и честно говорю, когда не знаю. Чтобы уметь больше, задайте model.provider и model.name.",
  "status.model-problem": "Языковая модель {name} не отвечает: {reason}",
  "status.training": "Обучение: {trainers}.",
  "status.training-problem": "Обучение: {reason}",
  "status.serving-problem": "Обученные адаптеры: {reason}",
  "status.serving": "Обученные адаптеры отвечают через {kind} на {host}.",
  "status.serving-off":
    "Обученные адаптеры: отвечать ими нечему. Задайте serving.kind, чтобы пользоваться ими.",
  "status.model-broken":
    "Языковая модель {name}: сервер закрыл соединение, не ответив. Проверьте, что он работает, и загляните в его журнал.",
  "status.model-slow":
    "Языковая модель {name} не ответила за {seconds} с. Проверьте, что сервер работает и модель загружена.",
  "status.model-not-one":
    "Языковая модель {name}: по адресу model.url отвечает не сервер языковой модели. Проверьте model.url: обычно он кончается на /v1.",
  "status.model-key":
    "Языковая модель {name} не принимает ключ (HTTP {status}).{said} Проверьте model.apiKey.",
  "status.model-path":
    "Языковая модель {name} не найдена (HTTP {status}).{said} Проверьте model.url (обычно он кончается на /v1) и model.name.",
  "status.model-busy":
    "Языковая модель {name} больше не принимает запросов (HTTP {status}).{said} Подождите или проверьте лимиты и баланс.",
  "status.model-refused":
    "Языковая модель {name} отклонила запрос (HTTP {status}).{said} Проверьте model.name и другие настройки модели.",
  "status.model-failed":
    "Языковая модель {name} дала сбой (HTTP {status}).{said} Неполадка на сервере: загляните в его журнал или попробуйте позже.",
  "status.model-incomplete":
    "Языковая модель {provider}: не задано {missing}. Задайте или поставьте model.provider: none.",
  "status.storage": "Хранилище: {engine} в {place}.",
  "status.storage-problem": "Хранилище: {reason}",
  "status.console": "Веб-консоль: {url}",
  "status.console-off": "Веб-консоль: не запущена. Её запускает npm start.",
  "status.pages": "Страницы консоли: собраны.",
  "status.pages-missing": "Страницы консоли: ещё не собраны, их соберёт первый запуск.",
  "status.node": "Node {version}.",
  "status.node-old": "Node {version} слишком старый: нужен не ниже 24.18.",
  "status.discord-off":
    "Discord: не подключён. Укажите токен бота в DISCORD_TOKEN; как это сделать — в docs/discord.md.",
  "status.telegram": "Telegram: подключён как @{name}.",
  "status.telegram-reads-some":
    "Telegram: подключён как @{name}. В группах вижу только команды, упоминания и ответы, потому что включён режим приватности; его меняет /setprivacy у @BotFather.",
  "doctor.telegram-link":
    "Telegram: поговорить с ним можно по адресу {link}, добавить в группу — {link}?startgroup=true",
  "doctor.telegram-no-groups":
    "Telegram: ему нельзя вступать в группы. Разрешает /setjoingroups у @BotFather.",
  "doctor.telegram-webhook": {
    one: "Telegram вызывает {url}; ждёт {count} обновление.",
    few: "Telegram вызывает {url}; ждут {count} обновления.",
    many: "Telegram вызывает {url}; ждут {count} обновлений.",
    other: "Telegram вызывает {url}; ждут {count} обновления.",
  },
  "doctor.telegram-foreign-webhook":
    "Telegram: у бота установлен вебхук, при запуске он будет снят, потому что telegram.webhookUrl пуст.",
  "doctor.telegram-webhook-error": "Telegram не смог вызвать вебхук: {reason}",
  "status.telegram-connecting": "Telegram: подключаюсь.",
  "status.telegram-off":
    "Telegram: выключен. Задайте TELEGRAM_TOKEN (от @BotFather) и запустите снова.",
  "cli.voice": "речевые движки на этом компьютере",
  "cli.voice.models": "модели распознавания и озвучивания",
  "cli.voice.models.list": "какие модели есть и какие можно добавить",
  "cli.voice.models.add": "скачать модель и проверить её",
  "cli.voice.models.remove": "удалить модель",
  "cli.voice.models.name": "имя из списка или своё вместе с --url",
  "cli.voice.models.url": "адрес .tar.bz2 с моделью для sherpa-onnx",
  "cli.voice.models.kind": "для чего она",
  "cli.voice.models.sha256": "какой SHA-256 должен быть у файла",
  "cli.voice.models.added": "{name} на месте: {megabytes} МБ, SHA-256 {sha256}.",
  "cli.voice.models.removed": "Модель {name} удалена.",
  "cli.voice.models.line": "{mark} {name} ({kind}, {languages}): {size}, лицензия {licence}",
  "cli.voice.models.size": "{megabytes} МБ",
  "cli.voice.models.size-unknown": "размер не указан",
  "cli.voice.models.licence-unknown": "на её странице",
  "cli.progress.downloading": "Скачивание",
  "cli.doctor-voice": "ещё и поговорить с самим собой, измерив каждый шаг",
  "status.voice-loop":
    "Разговор с собой: слова поняты через {understood} мс после последнего, первый звук ответа через {firstSound} мс, всё услышано через {whole} мс",
  "status.speaking-test":
    "{name}: {length} мс речи за {whole} мс, первый звук через {firstSound} мс",
  "status.hearing-test": "{name}: распознано за {whole} мс: {text}",
  "status.speech-problem": "Речь: {reason}",
  "status.hearing": "Распознавание речи: {name}",
  "status.hearing-off":
    "Распознавание речи: выключено. Укажите в speech.stt.url сервер с аудио-API OpenAI; как это сделать, описано в docs/voice.md.",
  "status.speaking": "Озвучивание: {name}",
  "status.speaking-off":
    "Озвучивание: выключено. Установите espeak-ng или укажите в speech.tts.url сервер с аудио-API OpenAI; как это сделать, описано в docs/voice.md.",
  "status.discord": {
    one: "Discord: подключён как {name}, на {count} сервере.",
    few: "Discord: подключён как {name}, на {count} серверах.",
    many: "Discord: подключён как {name}, на {count} серверах.",
    other: "Discord: подключён как {name}, на {count} серверах.",
  },
  "status.discord-no-content": {
    one: "Discord: подключён как {name}, на {count} сервере, без Message Content: работают упоминания, ответы, слэш-команды, меню и личные чаты; !команды и слушающие комнаты — нет.",
    few: "Discord: подключён как {name}, на {count} серверах, без Message Content: работают упоминания, ответы, слэш-команды, меню и личные чаты; !команды и слушающие комнаты — нет.",
    many: "Discord: подключён как {name}, на {count} серверах, без Message Content: работают упоминания, ответы, слэш-команды, меню и личные чаты; !команды и слушающие комнаты — нет.",
    other:
      "Discord: подключён как {name}, на {count} серверах, без Message Content: работают упоминания, ответы, слэш-команды, меню и личные чаты; !команды и слушающие комнаты — нет.",
  },
  "status.discord-connecting": "Discord: подключаюсь.",
  "doctor.discord": "Discord: токен верный, бот — {name}.",
  "doctor.discord-token":
    "Discord: токен не принят. Скопируйте его заново в Developer Portal (Bot, Reset Token) в DISCORD_TOKEN.",
  "doctor.discord-failed": "Discord: не отвечает. {reason}",
  "doctor.discord-content":
    "Discord: Message Content включён: работают !команды и слушающие комнаты.",
  "doctor.discord-content-off":
    "Discord: Message Content не запрашивается (discord.messageContent): без !команд и слушающих комнат.",
  "doctor.discord-content-missing":
    "Discord: Message Content выключен в Developer Portal (Bot, Privileged Gateway Intents): он нужен !командам и слушающим комнатам, остальное работает.",
  "doctor.discord-commands": {
    one: "Discord: зарегистрирована {count} слэш-команда.",
    few: "Discord: зарегистрированы {count} слэш-команды.",
    many: "Discord: зарегистрировано {count} слэш-команд.",
    other: "Discord: зарегистрировано {count} слэш-команд.",
  },
  "doctor.discord-commands-old": "Discord: слэш-команды устарели, следующий запуск их обновит.",
  "doctor.discord-commands-guilds":
    "Discord: слэш-команды регистрируются на каждом сервере при запуске.",
  "doctor.discord-commands-off": "Discord: слэш-команды не регистрируются (discord.commands).",
  "doctor.discord-nowhere":
    "Discord: бота ещё нет ни на одном сервере. Пригласите его по ссылке ниже.",
  "doctor.discord-permission":
    "Discord: в {place} боту не хватает: {permissions}. Дайте это роли бота или в правах канала.",
  "doctor.discord-permissions": {
    one: "Discord: все права есть, {count} сервер.",
    few: "Discord: все права есть, {count} сервера.",
    many: "Discord: все права есть, {count} серверов.",
    other: "Discord: все права есть, {count} сервера.",
  },
  "doctor.discord-invite": "Discord: пригласить бота: {link}",
  "cli.about": "Бот, которого учит его сообщество: поправьте ответ, и следующий же будет верным.",
  "cli.examples":
    'Для начала:\n  $ apprentice import examples/faq-ru.jsonl\n  $ apprentice ask "Когда вы открыты?"\n  $ apprentice correct --last "Каждый день с девяти до шести."\n  $ apprentice start',
  "cli.see-help": "apprentice --help и apprentice <команда> --help покажут, как писать.",
  "cli.usage": "<команда> [параметры]",
  "cli.usage-options": "[параметры]",
  "cli.title.usage": "Как писать:",
  "cli.title.arguments": "Аргументы:",
  "cli.title.options": "Параметры:",
  "cli.title.commands": "Команды:",
  "cli.help": "Показывает эту справку.",
  "cli.help-command": "Показывает справку по команде.",
  "cli.version": "Показывает версию.",
  "cli.json": "Печатает данные в JSON, для программ.",
  "cli.workspace": "Чьё знание: какого сообщества; обычно web:local.",
  "cli.last": "Последний ответ.",
  "cli.save": "Записывает файлы из ответа в эту папку.",
  "cli.start": "Запускает бота и веб-консоль до Ctrl-C.",
  "cli.started": "Apprentice готов. Откройте {url}",
  "cli.ask.question": "Вопрос; - читает его из стандартного ввода.",
  "cli.ask.file":
    "Отвечает на все вопросы из файла одной памятью, по строке на каждый; ничего не сохраняет.",
  "cli.ask.always": "Вместе с --file: даёт лучшую догадку, даже если не уверен.",
  "cli.ask.unknown": "{prompt} → этого я пока не знаю",
  "cli.import":
    "Учит по файлам CSV, JSONL, JSON, TXT, MD, XLSX, ODS, DOCX, ODT, HTML, PDF. Файл целиком или ничего.",
  "cli.import.files": "Файлы; - читает стандартный ввод.",
  "cli.import.format": "Что это за файл, если по имени не понять.",
  "cli.import.dry-run": "Показывает, чему научит файл и что будет пропущено, и ничему не учит.",
  "cli.import.question": "Столбец таблицы с вопросами.",
  "cli.import.answer": "Столбец с ответами.",
  "cli.import.alternatives": "Столбец с другими формулировками через | или ;.",
  "cli.import.language": "Столбец с языком.",
  "cli.import.tags": "Столбец с тегами.",
  "cli.import.plan": {
    one: "{file}: {count} ответ. Ничего не выучено.",
    few: "{file}: {count} ответа. Ничего не выучено.",
    many: "{file}: {count} ответов. Ничего не выучено.",
    other: "{file}: {count} ответа. Ничего не выучено.",
  },
  "cli.import.left-out": {
    one: "Пропущена {count} часть:",
    few: "Пропущены {count} части:",
    many: "Пропущено {count} частей:",
    other: "Пропущено {count} части:",
  },
  "cli.export": "Записывает всё выученное в JSON Lines.",
  "cli.export.output": "В какой файл; без этого — стандартный вывод.",
  "cli.export.done": {
    one: "{count} выученный пример записан в {file}.",
    few: "{count} выученных примера записаны в {file}.",
    many: "{count} выученных примеров записано в {file}.",
    other: "{count} выученного примера записано в {file}.",
  },
  "cli.doctor": "Проверяет всё нужное и говорит, что сделать.",
  "cli.config": "Показывает действующие настройки и откуда взята каждая.",
  "cli.config.about": "Объясняет каждую настройку.",
  "cli.backup": "Записывает всё в один файл, можно и во время работы.",
  "cli.backup.target": "В какой файл; без этого — имя с датой в папке backups внутри папки данных.",
  "cli.backup.done": "Копия записана в {file} ({megabytes} МБ).",
  "cli.restore": "Разворачивает копию в пустую папку данных.",
  "cli.restore.archive": "Копия.",
  "cli.restore.done": "Восстановлено в {folder}.",
  "cli.progress.teaching": "Учу",
  "cli.progress.packing": "Упаковываю",
  "cli.progress.unpacking": "Распаковываю",
  "cli.no-wait": "Не ждать конца работы.",
  "cli.job.left":
    "Больше не жду, но задание не отменено: оно продолжится в работающем Apprentice или после следующего запуска. Его покажет {line}.",
  "cli.import.stopped": "Остановлено. Из этого файла ничего не выучено.",
  "cli.progress.job": "Обучение",
  "cli.progress.training": "Тренирую память",
};
