import { encoderErrors } from "./encoders.ts";
import type { ErrorCode } from "../../core/errors.ts";
import type { fileErrors } from "./file-errors.ts";
import type { Text } from "../text.ts";

/** Every error, in English: what happened, why, and what to do. */
export const errors = {
  ...encoderErrors,
  "error.internal":
    "Something went wrong inside me, and nothing was changed. Please try again; if it happens again, give the admin this id.",
  "error.config-invalid":
    "The setting {path} cannot be {value}: {allowed}.{nearest} Change it in {source} and start again.",
  "error.config-unknown":
    "There is no setting {path} (in {source}).{nearest} The settings are: {allowed}.",
  "error.config-unreadable":
    "I could not read the settings file {file}: {reason}. Fix it and start again.",
  "error.data-folder-in-use":
    "The data folder {folder} is already used by another Apprentice (process {process}). Stop that one, or choose another folder with the setting data.",
  "error.data-folder-unusable":
    "I cannot use the data folder {folder}: {reason}. Give me the right to write there, or choose another folder with the setting data.",
  "error.database-damaged":
    "The database {file} is damaged ({finding}). Stop Apprentice, copy the data folder away, and restore the newest backup into an empty folder: apprentice restore BACKUP. Without a backup, the program sqlite3 may save most of it: sqlite3 apprentice.db .recover",
  "error.disk-full": "The disk is full, so this was not saved. Free some space and try again.",
  "error.write-refused":
    "I could not use my files: {reason}. Nothing was saved. Whoever runs me has to give me the right to write in the data folder; then try again.",
  "error.database-unreachable":
    "I cannot reach the database: {reason}. Check the setting database.url and that the server runs.",
  "error.database-newer":
    "The data was written by a newer Apprentice (it knows {migration}). Update Apprentice, or restore a backup made by this version.",
  "error.library-path-refused":
    "I only open files inside this workspace's library, and {path} is not a plain path in it. Name a file as {prefix}getfile lists it.",
  "error.library-file-missing":
    "There is no file {path} in the library. {prefix}getfile without a name lists what is there.",
  "error.library-quota":
    "The library is full: {used} MB of {limit} MB. Remove files you no longer need, or ask the admin to raise library.quotaMb.",
  "error.attachment-too-large":
    "The file {name} is too large: {size} MB, and I take at most {limit} MB. Send a smaller file or split it.",
  "error.attachment-type": "I cannot use {name}: I read {allowed}. Convert it and send it again.",
  "error.attachment-unreadable": "I could not read {name}: {reason}. Check it and try again.",
  "error.file-unwritable":
    "I could not write {path}: {reason}. Choose another place and try again.",
  "error.file-too-large":
    "The file {name} is too large to send: {size} MB, and I send at most {limit} MB. Whoever runs me finds it at {path}.",
  "error.message-empty":
    "The message was empty, so there is nothing to answer. Write a question, or {prefix}help for what I can do.",
  "error.message-too-long":
    "The message is too long: {length} characters, and I read at most {limit}. Send it as a file, or in parts.",
  "error.message-binary":
    "That message holds bytes that are not text, so I did not read it. Send the data as a file.",
  "error.message-vanished":
    "The message I was answering in is gone, so I could not finish there. Ask again if you still need the answer.",
  "error.discord-token-refused":
    "Discord does not accept the bot's token. Get a new one in the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN and start again.",
  "error.discord-unreachable":
    "Discord cannot be reached at {place}: {reason}. Check the network and discord.apiUrl; I keep trying.",
  "error.discord-shards-refused":
    "Discord does not accept how the servers are divided into shards (close code {close}), so I stay away until the next start. Leave discord.shardCount and discord.shards empty, or set a larger shardCount and only shards below it; then start again.",
  "error.discord-version-refused":
    "Discord no longer speaks the version of its API that this Apprentice uses (close code {close}), so I stay away until the next start. Update Apprentice and start again.",
  "error.discord-intents-refused":
    "Discord does not give this bot the events it asks for (close code {close}), so I stay away until the next start. Look at the bot's intents in the Developer Portal (Bot, Privileged Gateway Intents), update Apprentice, and start again.",
  "error.discord-permission":
    "In {place} I lack the permission: {permissions}. Somebody who manages the server can give it to my role, or in the permissions of that channel.",
  "error.discord-gone":
    "The channel where I was going to answer no longer exists. Ask again in another one.",
  "error.discord-locked":
    "The thread {place} is locked, so I could not answer there. Ask again in another place, or have it unlocked.",
  "error.discord-private-closed":
    "You do not accept private messages from me, so I could not answer. Allow them in the server's privacy settings, or ask me in a channel.",
  "error.discord-file-too-large":
    "The file is too large for Discord, so it was not sent. Get it in the web console, or ask for less at once.",
  "error.discord-failed":
    "Discord did not accept my answer: {reason}. If asking again does not help, tell the admin.",
  "error.button-unknown":
    "This button is not mine or no longer works. Use the command itself; help lists them all.",
  "error.button-not-yours":
    "This button belongs to whoever asked for it. Use the command yourself to do it for you.",
  "error.sender-not-one-person":
    "You write as a group or a channel, so I cannot tell who you are. Turn anonymity off and try again.",
  "error.too-many-messages":
    "That is more than I can answer at once. Wait {seconds} s and ask again.",
  "error.permission-denied":
    "Only {needed} may do this here, and you are {role}. Ask an admin of this workspace.",
  "error.command-unknown":
    "I do not know the command {name}.{nearest} {prefix}help lists all commands.",
  "error.command-argument-missing": "{command} needs {option}. Usage: {usage}",
  "error.command-argument-unknown": "{command} has no option {option}.{nearest} Usage: {usage}",
  "error.command-argument-invalid":
    '{option} cannot be "{value}", only: {allowed}.{nearest} Usage: {usage}',
  "error.command-argument-extra":
    '{command} does not know what to do with "{near}". Usage: {usage}',
  "error.command-quote-open":
    'A quotation mark is never closed near "{near}". Close it, or leave both out.',
  "error.command-interrupted":
    "I was stopped in the middle of {command} and cannot say how far it got. Check whether it finished, and send it again if not.",
  "error.json-invalid":
    'That is not JSON I can understand, even leniently: {reason}. Check it near "{near}".',
  "error.prompt-missing":
    '{file}, line {line}: there is no prompt in "{near}". Write {"prompt": "..."} or plain text there.',
  "error.turn-missing":
    'I cannot find that answer here. Reply to it, use "last", or name the id that {prefix}why shows.',
  "error.turn-unanswered":
    "That question has no answer, so there is nothing to correct, rate or explain. Ask it again, or teach the answer.",
  "error.example-missing":
    "There is no taught example {id} in this workspace. It may have been undone.",
  "error.action-missing":
    "I cannot find that teaching in this workspace. {prefix}undo without an id takes back the last one.",
  "error.action-undone": "That was already undone, so nothing changed.",
  "error.action-standing": "That was not undone, so there is nothing to bring back.",
  "error.answer-missing":
    "There is no answer {id} here that counts. {prefix}answers lists those that do, with their ids.",
  "error.question-missing": "I have no open question {id} here. {prefix}answers --open lists them.",
  "error.question-settled": "That was settled already, so nothing changed.",
  "error.proposal-missing":
    "There is no proposal {id} that waits here. Somebody may have decided about it already.",
  "error.nothing-to-undo": "You have taught nothing here that could be undone.",
  "error.teaching-unclear":
    "I cannot tell the question from the answer in “{near}”, so I learned nothing. Write them like this: When do you open? => At nine, every day.\n{usage}",
  "error.teaching-empty":
    "There is nothing to learn: the {field} is empty. Give both a question and an answer.",
  "error.teaching-too-long":
    "The {field} is too long: {length} characters, at most {limit}. Shorten it, or put it into a file and import that.",
  "error.teaching-conflict":
    'I was already taught another answer to this: "{answer}". Use {prefix}correct to replace it, or {prefix}teach with --replace.',
  "error.model-unreachable":
    "The language model at {host} does not answer ({reason}). What I was taught still works; check model.url and that the server runs.",
  "error.model-timeout":
    "The language model took longer than {seconds} s, so I stopped waiting. Ask again, or raise model.timeoutSeconds.",
  "error.model-refused":
    "The language model refused the request (HTTP {status}).{said} Check model.name and the API key.",
  "error.model-rate-limited":
    "The language model has too many requests right now (HTTP 429).{said} Wait a little and ask again.",
  "error.model-failed":
    "The language model failed (HTTP {status}), also after several tries.{said} Ask again later.",
  "error.model-garbled": "The language model gave no whole answer: {reason}. Ask again.",
  "error.cancelled": "Stopped, as you asked. Nothing more was said or saved.",
  "error.console-port-in-use":
    "The port {port} is already taken on {host}. Stop what uses it, or choose another with console.port.",
  "error.console-unavailable":
    "The console cannot listen on {host}, port {port}: {reason}. Change console.host or console.port and start again.",
  "error.console-locked":
    "Too many wrong tokens came from your address. Wait {seconds} s, then open the address that the start printed.",
  "error.console-token-wrong":
    "This page needs the token of this run. Open the URL that Apprentice printed when it started.",
  "error.console-host-refused":
    "The console does not answer to the name {host}. Open the URL that Apprentice printed, or add the name to console.hosts.",
  "error.console-origin-refused":
    "A page from {origin} tried to use the console, and only its own pages may. Open the URL that Apprentice printed.",
  "error.console-request-invalid":
    "I cannot use that request: {path} {reason}. Fix it and send it again.",
  "error.console-request-too-large":
    "That is too large to send at once: at most {limit} MB. Send less, or split it.",
  "error.console-page-missing":
    "There is nothing at {path}. Go back to the start page of the console.",
  "error.console-pages-missing":
    "The console pages are not built and cannot be built here: {reason}. Run npm install with development packages, then npm run build.",
  "error.backup-target-exists":
    "There is already something at {path}, and nothing is ever overwritten. Choose another name or an empty folder.",
  "error.backup-invalid":
    "The file {path} is not a whole Apprentice backup: {reason}. Nothing was restored.",
  "error.recall-snapshot-invalid":
    "The saved memory file is damaged or of another version. Nothing is lost: it is built again from what was taught.",
  "error.workspace-invalid":
    '"{workspace}" is not a workspace name. It looks like web:local or discord:1234.',
  "error.test-invalid":
    'I cannot read test data from "{near}": {reason}. Give JSON like {example}, or attach a CSV, JSONL or JSON file.',
  "error.test-empty": "There is no row in {file}, so there is nothing to test.",
  "error.test-failed":
    "I got no predictions ({reason}), so nothing was tested. doctor says whether the language model answers.",
  "error.test-grader":
    'I cannot judge by "{near}": {reason}. Fix that expected answer or choose another grader; nothing was tested.',
  "error.test-needs-model":
    "That needs a language model, and none is set. Set model.provider and model.name, or test recall alone.",
  "error.test-too-large":
    "{count} rows are too many for a language model at once; at most {limit}. Test a part, or recall alone.",
  "error.evaluation-missing":
    'There is no evaluation {id} here. {prefix}test prints the id of each; "last" and "previous" name the newest two.',
  "error.evaluation-unlike":
    "The evaluations {first} and {second} have no judged row in common, so they cannot be compared. Run both on the same test.",
  "error.upload-gone":
    "Those files are no longer here: I keep them for half an hour only, and not over a restart. Send them again with the command.",
  "error.job-missing":
    "There is no job {reference} in this workspace. {prefix}jobs lists them; name one by the end of its id, or as last.",
  "error.job-over": "The job {job} has ended already, so there is nothing to change.",
  "error.job-not-over":
    "The job {job} has not ended yet. Cancel it first, then it can be tried again.",
  "error.job-cannot-pause":
    "The job {job} cannot be paused: what does the work cannot stop in the middle. It can be cancelled.",
  "error.job-not-running": "The job {job} is not running, so it cannot be paused.",
  "error.job-not-paused": "The job {job} is not paused, so there is nothing to resume.",
  "error.job-unknown-kind":
    "This Apprentice does not know how to do that job: it was started by another version, or its trainer is switched off. Start it again from here.",
  "error.job-attempts": {
    one: "Apprentice stopped in the middle of the job, perhaps for want of memory. Try it with fewer rows, or on a larger machine.",
    other:
      "The job was begun {count} times, and each time Apprentice stopped in the middle of it, perhaps for want of memory. Try it with fewer rows, or on a larger machine.",
  },
  "error.workspace-full": {
    one: "Nothing was learned: this community may hold {count} example, and that would be more. All that is there stays and is answered. Take something back first (`{prefix}undo`, `{prefix}retract`), or ask whoever runs me to add {workspace} to limits.approvedWorkspaces.",
    other:
      "Nothing was learned: this community may hold {count} examples, and that would be more. All that is there stays and is answered. Take something back first (`{prefix}undo`, `{prefix}retract`), or ask whoever runs me to add {workspace} to limits.approvedWorkspaces.",
  },
  "error.private-jobs-open": {
    one: "Nothing was started: in a private chat you may have {count} job open at a time. You may start the next one as soon as it has ended; `{prefix}jobs` shows it, and `{prefix}cancel` ends it.",
    other:
      "Nothing was started: in a private chat you may have {count} jobs open at a time. You may start the next one as soon as one has ended; `{prefix}jobs` shows them, and `{prefix}cancel` ends one.",
  },
  "error.private-jobs-today": {
    one: "Nothing was started: in a private chat you may start {count} job in 24 hours. Try again in {hours} h {minutes} min.",
    other:
      "Nothing was started: in a private chat you may start {count} jobs in 24 hours. Try again in {hours} h {minutes} min.",
  },
  "error.private-trainer":
    "Nothing was started: in a private chat you may not train with {trainer}, because it may cost whoever runs me money or a machine. You may use: {allowed}.",
  "error.review-missing":
    "Nothing called {id} waits for review here. {prefix}review lists what does.",
  "error.review-settled": "{id} has been settled already. {prefix}review lists what still waits.",
  "error.review-many":
    "{id} holds {count} lessons, so one answer cannot stand for all. Approve or reject them together.",
  "error.model-version-missing":
    "There is no trained model {reference} here. {prefix}models lists what there is, as v1, v2 and so on.",
  "error.model-artefact-damaged":
    "The files of {version} are not what training left: they are gone or were changed, so it cannot answer. Restore them from a backup, or train again.",
  "error.model-not-served":
    "Nothing serves {version}, so it cannot be asked. Start the server that loads it, or train again.",
  "error.model-already-live":
    "{version} is live already. {prefix}rollback goes back to what was live before.",
  "error.training-rows-unknown":
    "It is not recorded which rows {version} was trained with, so it cannot be shown that the test rows are not among them. Train it again.",
  "error.promotion-outdated":
    "While {version} was examined, another model became live, so the comparison no longer holds. Repeat {prefix}promote.",
  "error.promotion-reason-missing":
    'An override is kept with its reason, so it needs one: {prefix}promote {version} --override "why it should go live".',
  "error.rollback-impossible":
    "There is nothing to go back to: no trained model is live here, so recall answers.",
  "error.duel-missing":
    "There is no such comparison of two answers here. {prefix}duel asks a new one.",
  "error.duel-settled": "Somebody has chosen here already; the first choice counts.",
  "error.duel-needs-two":
    "A blind comparison needs two different answerers, and here there is only {version}. Train another model, or name two: {prefix}duel v1 v2 your question.",
  "error.audio-packet":
    "A packet of sound was damaged on its way, so I filled the gap. If words keep missing, check the connection.",
  "error.voice-unavailable":
    "There are no voice rooms here. In a Discord server, enter a voice channel and call me with {prefix}join.",
  "error.voice-engines":
    "I can neither hear nor speak: no speech engine is set up. Ask the admin to set speech.stt and speech.tts; doctor says what is missing.",
  "error.voice-not-present": "You are not in a voice channel. Enter one, then call me again.",
  "error.voice-not-joined": "I am not in a voice channel. Enter one and call me with {prefix}join.",
  "error.voice-permissions":
    "I cannot join {room}: I lack {permissions} there. Ask an admin to allow it in the channel's permissions, then call me again.",
  "error.voice-full":
    "{room} is full, so I cannot join. Make room, or allow me Move Members there.",
  "error.voice-removed":
    "I was taken out of the voice channel, so I stay out. Call me with {prefix}join when you want me back.",
  "error.voice-refused":
    "The voice server closed the connection (code {reason}) and several tries did not help, so I left. Wait a minute and call me with {prefix}join again.",
  "error.voice-unreachable":
    "I cannot reach the voice server. A firewall may block UDP, or Discord may be having trouble; check that, and call me with {prefix}join again.",
  "error.voice-too-often":
    "I was called from one voice channel to another too often within a minute, so I stay where I am. Wait a minute and call me again.",
  "error.training-refused":
    "{host} refused the training (HTTP {status}): {reason} Nothing is being trained. Fix what it names and start again.",
  "error.training-unauthorised":
    "{host} does not accept the API key (HTTP {status}), so nothing is being trained. Ask the admin to check the trainer's key in the settings.",
  "error.training-rate-limited":
    "{host} has too many requests right now (HTTP 429), also after several tries. Wait a little and start the training again.",
  "error.training-unreachable":
    "{host} does not answer ({reason}), also after several tries. Check the address in the settings and the network, and start again.",
  "error.training-provider-failed":
    "{host} failed (HTTP {status}), also after several tries. That is a fault on its side; start the training again later.",
  "error.training-garbled":
    "{host} answered with something I cannot read ({reason}). Check that the address in the settings is that of a training service.",
  "error.training-file-rejected":
    "{host} did not accept the training rows: {reason} Build a new version of the dataset without them and start again.",
  "error.training-failed":
    "The training failed at {host}: {reason} What was taught still answers; fix what it names and start again.",
  "error.training-lost":
    "{host} no longer knows the training {job}, and none of its trainings carries our mark. Look there whether somebody deleted it; a retry starts a new one.",
  "error.training-sunset":
    "{host} takes no new trainings since {date}. Choose another trainer; the embedded one always works.",
  "error.training-trainer-off":
    "The trainer {trainer} is not set up here, so nothing was started. Set up: {on}. docs/training.md says how whoever runs me sets up the others.",
  "error.training-method":
    "{trainer} cannot train by {method}, only by: {methods}. Name one of these, or another trainer.",
  "error.training-base-missing":
    "The trainer does not know which model to start from. Name one, or let the admin set {setting}.",
  "error.training-base-unknown":
    "There is no model {base} to start from here, only: {bases}. An admin adds more with the setting trainers.command.models.",
  "error.training-preset-unknown":
    "There is no training preset {preset} here, only: {presets}. An admin adds more with the setting trainers.command.presets.",
  "error.training-program-missing":
    "The training program {program} could not be started ({reason}). Ask the admin to install it where Apprentice runs, or to correct its name in the settings.",
  "error.training-program-failed":
    "The training program {program} ended with {ending} and no model. Its last words: {reason} The whole log is in {log}.",
  "error.training-program-lost":
    "The training program {program} disappeared without an error, as after a power cut. What it wrote is in {log}; a retry starts it anew.",
  "error.training-silent":
    "The training program {program} showed no sign of life for {minutes} minutes, so I stopped it. Its log is in {log}; raise trainers.command.silentMinutes if it only was slow.",
  "error.training-too-long":
    "The training program {program} ran longer than {hours} hours, so I stopped it. Train on fewer rows or epochs, or raise trainers.command.hours.",
  "error.training-too-large":
    "The training was stopped because it fills the disk: it has written {written} MB and {free} MB are free. Free some space, or change trainers.command.diskGb.",
  "error.training-thread-died":
    "The training broke off inside Apprentice ({reason}), perhaps for want of memory. What was taught still answers; try it with fewer rows.",
  "error.training-impossible": "This training cannot be started: {reasons}.",
  "error.training-artefact-missing":
    "{source} says that the training succeeded, but left no model ({missing}). No model version was made; look at the job's log.",
  "error.training-artefact-damaged":
    "The file {file} of the trained model is not whole ({reason}), so no model version was made. The disk may have been full; start the training again.",
  "error.serving-failed":
    "The model server at {host} could not load the trained model ({reason}). The model version is kept; fix the server, then promote it.",
  "error.serving-unreachable":
    "The model server at {host} does not answer ({reason}). Check serving.url and that it runs; until then nothing trained on this machine answers.",
  "error.audio-format":
    "I cannot tell what sound {name} holds. I read {allowed}; convert it and send it again.",
  "error.audio-needs-ffmpeg":
    "{name} holds {format}, which I can only read with the program ffmpeg, and it is not installed. Send it as ogg, mp3, wav, flac or webm, or install ffmpeg.",
  "error.audio-empty": "There is no sound in {name}. Record it again and check the microphone.",
  "error.audio-too-long":
    "{name} is {minutes} minutes long, and I listen to at most {limit}. Send it in parts, or ask the admin to raise speech.fileMinutes.",
  "error.audio-damaged":
    "The sound in {name} is damaged, so I could not listen to it. Send it again, or convert it first.",
  "error.audio-slow":
    "Reading the sound of {name} took too long, so I stopped. Send a shorter or simpler file.",
  "error.telegram-token-refused":
    "Telegram refuses the token in telegram.token. Get a new one from @BotFather, set TELEGRAM_TOKEN and start again; everything else keeps working.",
  "error.telegram-conflict":
    "Another program takes the messages of this Telegram bot, and Telegram allows only one. Stop the other one, or give this one a bot of its own; I keep trying.",
  "error.telegram-unreachable":
    "I cannot reach Telegram: {reason}. Check the network and telegram.apiUrl; I keep trying.",
  "error.telegram-refused": "Telegram refused that (HTTP {status}): {reason}. Nothing was sent.",
  "error.telegram-closed":
    "I may not write in that Telegram chat any more: {reason}. Somebody there has to let me in again.",
  "error.telegram-busy":
    "Telegram asks me to wait {seconds} s before I write there again. Try again then.",
  "error.telegram-webhook":
    "I cannot listen for Telegram on {host}, port {port}: {reason}. Change telegram.webhookHost or telegram.webhookPort and start again.",
  "error.button-expired":
    "That button is too old, so I no longer know what it was for. Send the command instead.",
  "error.hearing-off":
    "I cannot listen to {name}: speech recognition is off here. Write it, or ask the admin to set speech.stt (docs/voice.md).",
  "error.hearing-nothing":
    "I heard no words in {name}. Speak closer to the microphone and send it again.",
  "error.speech-unreachable":
    "The speech server at {host} does not answer ({reason}). Check speech.stt.url and speech.tts.url, and that the server runs.",
  "error.speech-timeout":
    "The speech server at {host} took longer than {seconds} s, so I stopped waiting. Try again, or raise speech.timeoutSeconds.",
  "error.speech-refused":
    "The speech server at {host} refused the request (HTTP {status}). Check the model's name, the voice and the key in the speech settings.",
  "error.speech-garbled":
    "The speech server at {host} sent an answer I cannot use ({reason}). Check that speech.stt.url and speech.tts.url lead to a server with OpenAI's audio API.",
  "error.speech-program-missing":
    "The program {program} is not installed, and it is what I speak with here. Install it, or choose another speech.tts.engine.",
  "error.speech-engine-failed":
    "The speech engine {engine} failed ({reason}). Try again; if it happens again, run apprentice doctor --voice.",
  "error.speech-engine-missing":
    "The package {package} is not installed, and models on this machine need it. Run {command} in the folder of Apprentice, then start again.",
  "error.speech-model-missing":
    "There is no whole speech model {name} on this machine. apprentice voice models list shows what can be added.",
  "error.speech-model-unknown":
    "I do not know the speech model {name}.{nearest} I know {allowed}; any other needs --url and --kind.",
  "error.speech-model-unreachable":
    "The model could not be downloaded from {host} ({reason}). What has come is kept: run the same command again when there is a connection, or download the file elsewhere and give its address with --url.",
  "error.speech-model-damaged":
    "The download of {name} is not what it should be (its SHA-256 is {sha256}), so I threw it away. Try again, or check where it comes from.",
  "error.speech-model-unpacked":
    "The archive of {name} could not be unpacked: it needs tar with bzip2. Install bzip2 and run the same command again.",
} satisfies Record<Exclude<`error.${ErrorCode}`, keyof typeof fileErrors>, Text>;
