import type { Text } from "../text.ts";

/** What is said about jobs, trainings, and models on their way to answering, in English. */
export const models = {
  "training-finding.too-few-rows":
    "too few rows can train it: {rows}, and at least {least} are needed",
  "training-finding.nothing-to-train": "no row of the dataset may train it ({reasons})",
  "training-finding.method-unknown": "it cannot train by {method}, only by: {methods}",
  "training-finding.setting-unknown":
    "it does not know the setting {setting}, which would be ignored",
  "training-finding.base-missing":
    "nobody said which model to start from: name one, or set {setting}",
  "training-finding.base-unknown": "it may not start from {base}, only from: {bases}",
  "training-finding.rows-unused": "rows it cannot use: {count} ({reasons})",
  "training-finding.sunset-near":
    "it takes no new trainings after {date}; that is {days} days from now",
  "training-finding.sunset-past": "it takes no new trainings since {date}",
  "training-finding.model-sunset-near":
    "models made from {model} answer only until {date}; that is {days} days from now",
  "training-finding.model-sunset-past": "models made from {model} do not answer since {date}",
  "training-finding.rows-leave": "the training rows are sent to {host}",
  "training-finding.preset-unknown": "there is no preset {preset}, only: {presets}",
  "training-finding.program-missing": "the program {program} is not installed here",
  "training-finding.disk-low": "only {free} MB are free on the disk",
  "training-finding.one-answer": "all rows have the same answer, so there is nothing to tell apart",
  "training-finding.no-validation":
    "there are no rows to tune with, so nothing tells when to stop early",
  "cost.tokens": { one: "{count} token", other: "{count} tokens" },
  "cost.dollars": "${dollars}",
  "train.preview": "Train {how} on {name}, version {version}, content {hash}?",
  "train.estimate": "It will take about {cost}.",
  "train.confirm": "Nothing has started yet. Press the button, or write: `{line}`",
  "train.start": "Start training",
  "train.started": "Model training started. Job ID: {id}.",
  "train.follow": "`{line}` shows how it goes.",
  "train.label": {
    one: "Does this file show how to answer, or how not to? Nothing was trained. Press a button, or send it again with {prefix}train positive=yes or --negative.",
    other:
      "Do these files show how to answer, or how not to? Nothing was trained. Press a button, or send them again with {prefix}train positive=yes or --negative.",
  },
  "train.label-positive": "How to answer",
  "train.label-negative": "How not to",
  "job.started": "This takes a while, so it runs as job {id}.",
  "job.title": "Job {id}, {kind}: {subject}",
  "job.title-alone": "Job {id}, {kind}",
  "job.kind.train": "training",
  "job.kind.evaluate": "test",
  "job.kind.import": "import",
  "job.kind.archive": "archive",
  "job.queued": "It waits for its turn.",
  "job.queued-again": "It was cut off and goes on soon.",
  "job.running": "Running:",
  "job.paused": "Paused:",
  "job.succeeded": "Done in {took}.",
  "job.cancelled": "Cancelled.",
  "job.failed": "Failed.",
  "job.steps": { one: "{count} step", other: "{count} steps" },
  "job.percent": "{percent} %",
  "job.state.queued": "waiting",
  "job.state.running": "running",
  "job.state.paused": "paused",
  "job.state.succeeded": "done",
  "job.state.failed": "failed",
  "job.state.cancelled": "cancelled",
  "job.state.lost": "lost",
  "job.checkpoint": "checkpoint {name}",
  "job-note.rows-read":
    "Read: {train} rows to learn from, {validation} to tune with, {answers} different answers.",
  "job-note.similarity-only":
    "Too many rows times answers for one network over all: this memory answers by similarity alone.",
  "job-note.lines-left-out":
    "It has said more than {count} lines; the rest of them is not kept here.",
  "job-note.files-left":
    "The rows could not be deleted at {host}: the files {files} are still there. Delete them there.",
  "job-note.pausing-refused": "Pausing or going on was refused; the training runs.",
  "job-note.not-served":
    "The model is trained and kept, but the model server does not answer with it yet.",
  "job.rate": "{rate} a second",
  "job.remaining": "about {time} left",
  "job.model": "Model {version} is the candidate now.",
  "job.accuracy": "It answers {percent} % of the rows to tune with right.",
  "job.unused": "Rows it could not use: {reasons}.",
  "job.next": "It answers nobody yet: `{line}` lets it prove itself and go live.",
  "job.estimate": "Expected: {cost}.",
  "job.show": "Show",
  "job.cancel": "Cancel",
  "job.retry": "Try again",
  "job.promote": "Let it prove itself",
  "job.pausing": "It pauses after the pass it is in.",
  "job.resuming": "It goes on.",
  "jobs.none": "There has been no long work here yet. {prefix}train starts a training.",
  "jobs.list": "Jobs, the newest first:",
  "alias.live": "live",
  "alias.candidate": "candidate",
  "alias.previous": "previous",
  "models.none":
    "No model has been trained here yet; recall answers. {prefix}train makes one from a dataset.",
  "models.list": {
    one: "{count} trained model:",
    other: "{count} trained models:",
  },
  "models.line": "{version}: {trainer}, from {dataset}, {date}",
  "models.recall-answers": "None of them is live: recall answers.",
  "models.how":
    "More: {prefix}models v1. Let one answer: {prefix}promote v1. Back: {prefix}rollback.",
  "models.sunset": "Its provider ends it on {date}.",
  "models.tested": "Tested on {what}, {date}: {right} of {judged} right.",
  "models.promoted": "Promoted on {date} by {person}. What the gate found:",
  "models.blocked": "Not promoted on {date} (asked by {person}). What the gate found:",
  "models.lineage": "What stands behind it: {prefix}lineage {version}",
  "promote.done": "{version} answers from now on; before it was {against}. What the gate found:",
  "promote.blocked":
    "{version} was not promoted: it did not pass the gate. What answers now stays. {prefix}models {version} shows the evidence.",
  "promote.button": "Promote",
  "rollback.button": "Roll back",
  "rollback.done": "{from} answers no longer; {now} answers again.",
  "rollback.to-recall": "{from} answers no longer; recall answers alone again.",
  "gate.name.hashes": "Files",
  "gate.name.leakage": "Leakage",
  "gate.name.taught": "Corrections",
  "gate.name.near-misses": "Near misses",
  "gate.name.test": "Test split",
  "gate.name.live-test": "Test split of the live model",
  "gate.name.significance": "Gain",
  "gate.name.sunset": "Lifetime",
  "gate.missing": "{check}: could not be found out, so the gate stays shut. {why}",
  "gate.hashes.passed":
    "The dataset version and the model's files are, byte for byte, what was recorded.",
  "gate.hashes.failed": "Not what was recorded: {files}.",
  "gate.leakage.passed": "None of the {checked} test rows was seen in training.",
  "gate.leakage.failed": {
    one: "{count} test row was seen in training, so the test proves nothing.",
    other: "{count} test rows were seen in training, so the test proves nothing.",
  },
  "gate.taught.none": "Nothing was corrected here yet, so no correction can break.",
  "gate.taught.passed": {
    one: "The one correction stays fixed; in other words {variantsRight} of {variants} (what answers now: {baseline}).",
    other:
      "All {count} corrections stay fixed; in other words {variantsRight} of {variants} (what answers now: {baseline}).",
  },
  "gate.taught.failed": {
    one: "A correction would break: {right} of {count} right; in other words {variantsRight} of {variants} (what answers now: {baseline}).",
    other:
      "Corrections would break: {right} of {count} right; in other words {variantsRight} of {variants} (what answers now: {baseline}).",
  },
  "gate.near-misses.passed":
    "Of {count} taught questions that must stay as they are, none changes.",
  "gate.near-misses.failed":
    "Of {count} taught questions that must stay as they are, {lost} would be answered wrong.",
  "gate.test.passed":
    "Test split {what}: {accuracy} % right; what answers now has {baseline} % ({rows} rows; at most {margin} points may be lost).",
  "gate.test.failed":
    "Worse on the test split {what}: {accuracy} % right; what answers now has {baseline} % ({rows} rows; at most {margin} points may be lost).",
  "gate.live-test.passed":
    "Test split {what} of the live model: {accuracy} % right; it has {baseline} % ({rows} rows).",
  "gate.live-test.failed":
    "Worse on the test split {what} of the live model: {accuracy} % right; it has {baseline} % ({rows} rows; at most {margin} points may be lost).",
  "gate.significance.passed": "Better, and not by chance: {wins} rows won, {losses} lost, p {p}.",
  "gate.significance.failed":
    "No significant gain: {wins} rows won, {losses} lost, p {p}. An admin may promote it all the same, with a reason: --override.",
  "gate.significance.overridden":
    "No significant gain ({wins} rows won, {losses} lost, p {p}), promoted all the same: {reason}",
  "gate.sunset.open": "No date is known on which it would be switched off.",
  "gate.sunset.passed": "Its provider keeps it until {date}, {days} days more.",
  "gate.sunset.failed":
    "Its provider ends it on {date}: {days} days are left, and more than {least} are needed.",
  "lineage.title":
    "{version} was trained by {trainer} on {date} (job {job}) from the dataset {dataset}, hash {hash}.",
  "lineage.rows": "Rows it was trained with: {rows}.",
  "lineage.base": "It goes on from {version}.",
  "lineage.no-corrections": "No correction is behind it.",
  "lineage.corrections": {
    one: "{count} correction is behind it:",
    other: "{count} corrections are behind it:",
  },
  "lineage.correction": '- {id}: "{prompt}" -> "{answer}" ({author}, {date})',
  "lineage.more": {
    one: "and {count} more; all of them: {prefix}lineage {version} --json on the command line.",
    other: "and {count} more; all of them: {prefix}lineage {version} --json on the command line.",
  },
  "lineage.example": '{id}: "{prompt}" -> "{answer}"',
  "lineage.no-datasets": "No dataset version holds it.",
  "lineage.datasets": {
    one: "In one dataset version: {datasets}.",
    other: "In {count} dataset versions: {datasets}.",
  },
  "lineage.no-models": "No trained model has seen it.",
  "lineage.models": {
    one: "One trained model has seen it: {models}.",
    other: "{count} trained models have seen it: {models}.",
  },
  "lineage.tuned": "{version} (for tuning)",
  "duel.how": "Ask a question and two will answer it: {prefix}duel When do you open?",
  "duel.same": "Both say the same here, so there is nothing to choose. Ask something else.",
  "duel.asked": "**1.** {upper}\n\n**2.** {lower}\n\nWhich one is better?",
  "duel.pick.upper": "1",
  "duel.pick.lower": "2",
  "duel.pick.equal": "Equal",
  "duel.pick.neither": "Neither",
  "duel.open": {
    one: "Thanks. {count} choice so far; who is who I tell once it is clear.",
    other: "Thanks. {count} choices so far; who is who I tell once it is clear.",
  },
  "duel.won": {
    one: "It is clear: {winner} is preferred to {loser} after {count} choice (p {p}, valid at any moment).",
    other:
      "It is clear: {winner} is preferred to {loser} after {count} choices (p {p}, valid at any moment).",
  },
  "duel.even": {
    one: "After {count} choice no difference between {winner} and {loser} can be seen; more would be a waste of your time.",
    other:
      "After {count} choices no difference between {winner} and {loser} can be seen; more would be a waste of your time.",
  },
} satisfies Record<string, Text>;
