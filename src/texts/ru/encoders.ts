import type { Text } from "../text.ts";

/** What can go wrong with encoders. */
export const encoderErrors = {
  "error.encoder-missing":
    "Кодировщика {name} здесь нет. apprentice encoder status покажет, что установлено и что можно добавить командой apprentice encoder install.",
  "error.encoder-damaged":
    "Кодировщик {name} повреждён ({file}). Установите его заново командой apprentice encoder install.",
  "error.encoder-unusable":
    "Кодировщик {name} не годится ({reason}). Нужна папка в формате sentence-transformers: с tokenizer.json и model.onnx.",
  "error.encoder-runtime-missing":
    "Не установлено то, что запускает такой кодировщик. Установите:\n{line}",
  "error.encoder-unreachable":
    "Кодировщик на {host} не отвечает ({reason}). Пока на вопросы отвечаю по словам; проверьте recall.encoderUrl и что сервер запущен.",
  "error.encoder-timeout":
    "Кодировщик на {host} думал дольше {seconds} с. Пока на вопросы отвечаю по словам; проверьте сервер или увеличьте recall.encoderTimeoutSeconds.",
  "error.encoder-refused":
    "Кодировщик на {host} отклонил запрос (HTTP {status}). Проверьте recall.encoderModel и recall.encoderKey.",
  "error.encoder-garbled":
    "Ответ кодировщика {host} ни на что не годится ({reason}). Проверьте, что recall.encoderUrl и recall.encoderModel называют модель для эмбеддингов.",
  "error.encoder-incomplete":
    "Кодировщику openai не хватает {missing}. Задайте это или выберите другой кодировщик в recall.encoder.",
  "error.encoder-download":
    "Не удалось скачать кодировщик с {host} ({reason}). Скачанное сохранено: когда связь появится, запустите ту же команду снова.",
  "error.encoder-changed":
    "Для кодировщика {name} пришло не то, что в первый раз: у {file} теперь SHA-256 {sha256}. Скачанное выброшено, ничего не изменилось; если новый файл правильный, установите его под другим именем.",
  "error.encoder-name":
    "Кодировщик нельзя назвать {name}. Годятся строчные латинские буквы, цифры, точки и дефисы.",
  "error.encoder-fixed":
    "В настройке recall.encoder стоит {name}, и она важнее выбора здесь. Сначала задайте там chosen (сейчас значение берётся из: {source}).",
} satisfies Record<string, Text>;

/** What is said of encoders. */
export const encoders = {
  "status.encoder": "Смысл вопросов: кодировщик {name}.",
  "status.encoder-none": "Смысл вопросов: кодировщика нет, решают только слова.",
  "status.encoder-reading":
    "Смысл вопросов: кодировщик {name}, прочитано {done} из {of} выученных формулировок; пока отвечает прежний.",
  "setting.encoder": "built-in, none, chosen, openai или имя установленного кодировщика",
  "cli.encoder": "Что понимает смысл вопросов: посмотреть, добавить и выбрать кодировщик",
  "cli.encoder.status":
    "Показать, какой кодировщик работает, какие установлены и какие можно добавить",
  "cli.encoder.install": "Скачать кодировщик, проверить его на выученном и перейти на него",
  "cli.encoder.source": "имя из encoder status, адрес или папка в формате sentence-transformers",
  "cli.encoder.name": "как он будет называться здесь",
  "cli.encoder.prefix": 'что модель хочет видеть перед каждым текстом, например "query: "',
  "cli.encoder.plan": "только сказать, что будет скачано и сколько это весит",
  "cli.encoder.keep": "установить, но остаться на прежнем",
  "cli.encoder.use":
    "Перейти на кодировщик, который уже есть: built-in, none, openai или установленный",
  "cli.encoder.which": "имя кодировщика",
  "cli.encoder.reading":
    "{workspace}: заново прочитано {done} из {of} выученных формулировок; пока отвечает прежний кодировщик.",
  "cli.encoder.installed-line": "✓ {name}: {megabytes} МБ, {id}",
  "cli.encoder.known-line": "· {name}: {languages}, {megabytes} МБ, {licence}",
  "cli.encoder.runtime": "Установленные кодировщики работают через {runtime}.",
  "cli.encoder.runtime-none":
    "Всем кодировщикам, кроме встроенного и openai, нужна среда выполнения. Установите её:\n{line}",
  "cli.encoder.fetches": "{name} скачивается с {source}: {megabytes} МБ; лицензия: {licence}.",
  "cli.encoder.installed": "{name} установлен ({megabytes} МБ).",
  "cli.encoder.measured":
    "Верных ответов на {asked} отложенных вопросов: {before} → {after} %; {milliseconds} мс на вопрос, {megabytes} МБ.",
  "cli.encoder.not-measured":
    "Измерить не на чем: нужно {least} ответов хотя бы с двумя формулировками, а есть {count}.",
  "cli.encoder.used": "Теперь работает {name}.",
  "cli.encoder.used-soon":
    "{name} начнёт работать, как только будет прочитано всё выученное; до тех пор отвечает прежний кодировщик. Ход покажет apprentice encoder status.",
  "cli.progress.fitting": "Проверка кодировщика",
  "cli.progress.reading": "Чтение выученного",
} satisfies Record<string, Text>;
