import type { Text } from "../text.ts";

/** What the command line and `status` say, in English. */
export const commandLine = {
  "setting.text": "a text",
  "setting.choice": "one of {choices}",
  "setting.whole": "a whole number from {least} to {most}",
  "setting.toggle": "true or false",
  "setting.ranges": "numbers and ranges from 0 on, e.g. 0-3,8",
  "setting.language": "auto, or a language like ru-RU or en-US",
  "setting.list": "a list of texts",
  "setting.list-of": "a list of {choices}",
  "setting.prices": "a list of MODEL=DOLLARS",
  "setting.strict-token":
    "at least {least} characters, as console.host lets others in and mode is prod",
  "setting.model-name": "the name of a model that the provider has",
  "setting.program": "a program and its arguments",
  "setting.url": "a URL like http://127.0.0.1:8000/v1",
  "setting.model-url": "a URL like http://127.0.0.1:11434/v1",
  "status.title": "**Apprentice {version}**",
  "status.recall": {
    one: "Recall: {count} taught answer, model version {version}.",
    other: "Recall: {count} taught answers, model version {version}.",
  },
  "status.recall-pending": {
    one: "Review: {count} lesson waits for a trainer.",
    other: "Review: {count} lessons wait for a trainer.",
  },
  "status.live": "Trained model {version}, from the dataset {dataset}, answers beside recall.",
  "status.model": "Language model: {name}.",
  "status.model-none":
    "No language model: I answer what I was taught and say honestly when I do not know. Set model.provider and model.name for more.",
  "status.model-problem": "Language model {name} does not answer: {reason}",
  "status.training": "Training: {trainers}.",
  "status.training-problem": "Training: {reason}",
  "status.serving-problem": "Trained adapters: {reason}",
  "status.serving": "Trained adapters answer through {kind} at {host}.",
  "status.serving-off":
    "Trained adapters: nothing answers with them. Set serving.kind to use them.",
  "status.model-broken":
    "Language model {name}: the server closed the connection without an answer. Check that it runs, and look at its log.",
  "status.model-slow":
    "Language model {name} gave no answer within {seconds} s. Check that the server runs and that the model is loaded.",
  "status.model-not-one":
    "Language model {name}: what answers at model.url is not a language model server. Check model.url; it usually ends in /v1.",
  "status.model-key":
    "Language model {name} does not accept the key (HTTP {status}).{said} Check model.apiKey.",
  "status.model-path":
    "Language model {name} was not found (HTTP {status}).{said} Check model.url, which usually ends in /v1, and model.name.",
  "status.model-busy":
    "Language model {name} accepts no more requests (HTTP {status}).{said} Wait, or check the limits and credit of your account.",
  "status.model-refused":
    "Language model {name} refused a request (HTTP {status}).{said} Check model.name and the other model settings.",
  "status.model-failed":
    "Language model {name} failed (HTTP {status}).{said} The fault is on the server: look at its log, or try later.",
  "status.model-incomplete":
    "Language model {provider}: {missing} is not set. Set it, or set model.provider to none.",
  "status.storage": "Storage: {engine} in {place}.",
  "status.storage-problem": "Storage: {reason}",
  "status.console": "Web console: {url}",
  "status.console-off": "Web console: not running. npm start starts it.",
  "status.pages": "Console pages: built.",
  "status.pages-missing": "Console pages: not built yet; the first start builds them.",
  "status.node": "Node {version}.",
  "status.node-old": "Node {version} is too old: at least 24.18 is needed.",
  "status.discord-off":
    "Discord: not connected. Set DISCORD_TOKEN to the token of your bot; docs/discord.md shows how.",
  "status.telegram": "Telegram: connected as @{name}.",
  "status.telegram-reads-some":
    "Telegram: connected as @{name}. In groups I see only commands, mentions and replies, as privacy mode is on; @BotFather's /setprivacy changes that.",
  "doctor.telegram-link":
    "Telegram: talk to it at {link}, add it to a group with {link}?startgroup=true",
  "doctor.telegram-no-groups":
    "Telegram: it may not join groups. @BotFather's /setjoingroups allows it.",
  "doctor.telegram-webhook": {
    one: "Telegram calls {url}; {count} update waits.",
    other: "Telegram calls {url}; {count} updates wait.",
  },
  "doctor.telegram-foreign-webhook":
    "Telegram: a webhook is set for this bot, and it will be removed at the start, as telegram.webhookUrl is empty.",
  "doctor.telegram-webhook-error": "Telegram could not call the webhook: {reason}",
  "status.telegram-connecting": "Telegram: connecting.",
  "status.telegram-off": "Telegram: off. Set TELEGRAM_TOKEN (from @BotFather) and start again.",
  "cli.voice": "engines of speech on this machine",
  "cli.voice.models": "models for listening and speaking",
  "cli.voice.models.list": "models that are here, and those that can be added",
  "cli.voice.models.add": "download a model and check it",
  "cli.voice.models.remove": "delete a model",
  "cli.voice.models.name": "a name from the list, or your own with --url",
  "cli.voice.models.url": "the address of a .tar.bz2 with a model for sherpa-onnx",
  "cli.voice.models.kind": "what it is for",
  "cli.voice.models.sha256": "what the download must be, as SHA-256",
  "cli.voice.models.added": "{name} is here: {megabytes} MB, SHA-256 {sha256}.",
  "cli.voice.models.removed": "{name} is deleted.",
  "cli.voice.models.line": "{mark} {name} ({kind}, {languages}): {size}, licence {licence}",
  "cli.voice.models.size": "{megabytes} MB",
  "cli.voice.models.size-unknown": "size not told",
  "cli.voice.models.licence-unknown": "see its page",
  "cli.progress.downloading": "Downloading",
  "cli.doctor-voice": "also talk to myself, and time each stage",
  "status.voice-loop":
    "Voice loop: understood {understood} ms after the last word, first sound after {firstSound} ms, all heard after {whole} ms",
  "status.speaking-test":
    "{name} spoke {length} ms of sound in {whole} ms, the first after {firstSound} ms",
  "status.hearing-test": "{name} understood in {whole} ms: {text}",
  "status.speech-problem": "Speech: {reason}",
  "status.hearing": "Listening: {name}",
  "status.hearing-off":
    "Listening: off. Set speech.stt.url to a server with OpenAI's audio API; docs/voice.md shows how.",
  "status.speaking": "Speaking: {name}",
  "status.speaking-off":
    "Speaking: off. Install espeak-ng, or set speech.tts.url to a server with OpenAI's audio API; docs/voice.md shows how.",
  "status.discord": {
    one: "Discord: connected as {name}, in {count} server.",
    other: "Discord: connected as {name}, in {count} servers.",
  },
  "status.discord-no-content": {
    one: "Discord: connected as {name}, in {count} server, without Message Content: mentions, replies, slash commands, menus and private chats work; !commands and listening rooms do not.",
    other:
      "Discord: connected as {name}, in {count} servers, without Message Content: mentions, replies, slash commands, menus and private chats work; !commands and listening rooms do not.",
  },
  "status.discord-connecting": "Discord: connecting.",
  "doctor.discord": "Discord: the token is good; the bot is {name}.",
  "doctor.discord-token":
    "Discord: the token is refused. Copy it anew from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN.",
  "doctor.discord-failed": "Discord: not reached. {reason}",
  "doctor.discord-content":
    "Discord: the Message Content intent is on: !commands and listening rooms work.",
  "doctor.discord-content-off":
    "Discord: Message Content is not asked for (discord.messageContent): no !commands and no listening rooms.",
  "doctor.discord-content-missing":
    "Discord: the Message Content intent is off in the Developer Portal (Bot, Privileged Gateway Intents): !commands and listening rooms need it, the rest works.",
  "doctor.discord-commands": {
    one: "Discord: {count} slash command is registered.",
    other: "Discord: {count} slash commands are registered.",
  },
  "doctor.discord-commands-old":
    "Discord: the slash commands are not up to date; the next start registers them.",
  "doctor.discord-commands-guilds":
    "Discord: slash commands are registered in each server at the start.",
  "doctor.discord-commands-off": "Discord: slash commands are not registered (discord.commands).",
  "doctor.discord-nowhere": "Discord: the bot is in no server yet. Invite it with the link below.",
  "doctor.discord-permission":
    "Discord: in {place} the bot lacks: {permissions}. Give it to the bot's role or in that channel.",
  "doctor.discord-permissions": {
    one: "Discord: all permissions are there, in {count} server.",
    other: "Discord: all permissions are there, in {count} servers.",
  },
  "doctor.discord-invite": "Discord: invite the bot with {link}",
  "cli.about":
    "A bot that its community teaches: correct an answer, and the very next one is right.",
  "cli.examples":
    'A first tour:\n  $ apprentice import examples/faq-en.md\n  $ apprentice ask "When are you open?"\n  $ apprentice correct --last "Every day from nine to six."\n  $ apprentice start',
  "cli.see-help": "apprentice --help and apprentice <command> --help show how.",
  "cli.usage": "<command> [options]",
  "cli.usage-options": "[options]",
  "cli.title.usage": "Usage:",
  "cli.title.arguments": "Arguments:",
  "cli.title.options": "Options:",
  "cli.title.commands": "Commands:",
  "cli.help": "Shows this help.",
  "cli.help-command": "Shows the help of a command.",
  "cli.version": "Shows the version.",
  "cli.json": "Prints the facts as JSON, for programs.",
  "cli.workspace": "Which community's knowledge; web:local unless you say.",
  "cli.last": "The last answer.",
  "cli.save": "Writes the files that the answer brings into this folder.",
  "cli.start": "Runs the bot and the web console until Ctrl-C.",
  "cli.started": "Apprentice is ready. Open {url}",
  "cli.ask.question": "The question; - reads it from standard input.",
  "cli.ask.file":
    "Answers every prompt of a file by recall alone, one line each; nothing is stored.",
  "cli.ask.always": "With --file: gives the best guess even when unsure.",
  "cli.ask.unknown": "{prompt} → I do not know that yet",
  "cli.import":
    "Teaches from files: CSV, JSONL, JSON, TXT, MD, XLSX, ODS, DOCX, ODT, HTML, PDF. All of a file or nothing.",
  "cli.import.files": "The files; - reads standard input.",
  "cli.import.format": "What the file is, when its name does not tell.",
  "cli.import.dry-run": "Shows what would be taught and what is left out, and teaches nothing.",
  "cli.import.question": "The column of a table that holds the questions.",
  "cli.import.answer": "The column that holds the answers.",
  "cli.import.alternatives": "The column that holds other wordings, parted by | or ;.",
  "cli.import.language": "The column that holds the language.",
  "cli.import.tags": "The column that holds the tags.",
  "cli.import.plan": {
    one: "{file} would teach {count} answer. Nothing was taught.",
    other: "{file} would teach {count} answers. Nothing was taught.",
  },
  "cli.import.left-out": { one: "{count} part is left out:", other: "{count} parts are left out:" },
  "cli.export": "Writes everything taught as JSON Lines.",
  "cli.export.output": "The file to write; without it, standard output.",
  "cli.export.done": {
    one: "{count} taught example written to {file}.",
    other: "{count} taught examples written to {file}.",
  },
  "cli.doctor": "Checks what is needed, and says what to do.",
  "cli.config": "Shows the settings in force and where each came from.",
  "cli.config.about": "Explains each setting.",
  "cli.backup": "Writes everything into one file, also while Apprentice runs.",
  "cli.backup.target":
    "The file to write; without it, a name with the date in the data folder's backups.",
  "cli.backup.done": "Backed up to {file} ({megabytes} MB).",
  "cli.restore": "Puts a backup into an empty data folder.",
  "cli.restore.archive": "The backup.",
  "cli.restore.done": "Restored into {folder}.",
  "cli.progress.teaching": "Teaching",
  "cli.progress.packing": "Packing",
  "cli.progress.unpacking": "Unpacking",
  "cli.no-wait": "Does not wait for the end of the work.",
  "cli.job.left":
    "I no longer wait, but the job is not cancelled: it goes on in the running Apprentice, or after the next start. {line} shows it.",
  "cli.import.stopped": "Stopped. Nothing of this file was learned.",
  "cli.progress.job": "Training",
  "cli.progress.training": "Training recall",
} satisfies Record<string, Text>;
