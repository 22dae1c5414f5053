import type { Text } from "../text.ts";

/** What is said about datasets, their archives, and tests, in English. */
export const datasets = {
  "datasets.none":
    "There is no dataset here yet. {prefix}select_dataset makes one of everything taught, {prefix}select_dataset FOLDER of library files.",
  "datasets.list": { one: "{count} dataset:", other: "{count} datasets:" },
  "datasets.line": {
    one: "{name}: version {version}, {count} row ({hash})",
    other: "{name}: version {version}, {count} rows ({hash})",
  },
  "datasets.current": "(current)",
  "dataset.built": "Dataset {dataset}: version {version} is built, content {hash}.",
  "dataset.unchanged": "Nothing has changed since version {version}, so that is still the latest.",
  "dataset.title": "**{name}**, version {version} (content {hash})",
  "dataset.rows": {
    one: "{count} row: {positive} positive, {negative} negative; {pairs} preference pairs.",
    other: "{count} rows: {positive} positive, {negative} negative; {pairs} preference pairs.",
  },
  "dataset.splits": "To learn from: {train}, to tune with: {validation}, to judge by: {test}.",
  "dataset.weights":
    "May train model weights: {allowed} of {rows}. Recall may use them all: that changes no weights.",
  "dataset.consent-missing": "{number} without the consent of the person who said it",
  "dataset.attestation-missing":
    "{number} for which nobody gave their word yet: an admin can build with --attest",
  "dataset.origin-denied": "{number} from chats whose platform forbids training with them",
  "dataset.origin-unknown": "{number} of unknown origin",
  "dataset.findings": "Found:",
  "dataset.findings-none": "Nothing doubtful was found.",
  "finding.retracted": "left out because they were retracted: {number}",
  "finding.duplicates": "left out because they say the same as another row: {number}",
  "finding.near-duplicates": "ask nearly the same as another row: {number}",
  "finding.conflicts": "answer the same question differently: {number}",
  "finding.contradictory": "left out because the same answer is wanted and unwanted: {number}",
  "finding.between-splits": "left out because they resemble rows of two splits: {number}",
  "finding.leakage": "leak from one split to another: {number}",
  "finding.email": "hold an email address: {number}",
  "finding.phone": "hold a telephone number: {number}",
  "finding.card": "hold a payment card number, and are not exported: {number}",
  "finding.secret": "hold a password or key, and are not exported: {number}",
  "finding.too-long": "are longer than most trainers take: {number}",
  "row-reason.retracted": "taken back",
  "row-reason.consent-missing": "without consent",
  "row-reason.attestation-missing": "without an admin's word (`--attest`)",
  "row-reason.origin-denied": "from where training is forbidden",
  "row-reason.origin-unknown": "of unknown origin",
  "row-reason.secret": "with a password or key",
  "row-reason.card": "with a payment card's number",
  "row-reason.canary": "from the test part of a dataset",
  "row-reason.no-answer": "without an answer",
  "row-reason.no-pair": "without a better or worse answer to compare with",
  "row-reason.negative": "showing how not to answer",
  "row-reason.negative-unused": "showing how not to answer",
  "row-reason.unused": "not fit for the method",
  "row-reason.validation": "kept for tuning",
  "row-reason.test": "kept for testing",
  "warning.few-rows": "fewer than 10 rows: too few to train or to judge with",
  "warning.one-answer": "every positive row has the same answer",
  "warning.all-negative":
    "all rows are negative: only training that takes labels (trl-kto) can use some of them",
  "warning.no-negatives": "no negative rows: nothing shows how not to answer",
  "warning.empty-train": "nothing is left to learn from",
  "warning.empty-test": "nothing is left to judge by",
  "dataset.diff":
    "{name}, version {from} to {to}: {added} added, {removed} removed, {changed} changed.",
  "dataset.exported":
    "{name} version {version} is exported for {target}: {train} lines to learn from, {validation} to tune with, {test} to judge by.",
  "dataset.export-left": "Rows in no line: {reasons}.",
  "archive.done": {
    one: "Files in {directory} have been archived: {count} file in {archive}.",
    other: "Files in {directory} have been archived: {count} files in {archive}.",
  },
  "archive.list": { one: "{count} archive:", other: "{count} archives:" },
  "archive.none":
    "There is no archive here yet. {prefix}archive FOLDER or {prefix}archive dataset NAME makes one.",
  "archive.verified": {
    one: "{archive} is whole: {count} file, as its manifest says.",
    other: "{archive} is whole: {count} files, all as its manifest says.",
  },
  "archive.restored": {
    one: "{count} file of {archive} is back: {place}.",
    other: "{count} files of {archive} are back: {place}.",
  },
  "test.message": "from the message",
  "test.predictions": "Predictions: {predictions}",
  "test.rows": { one: "{count} row tested ({what}).", other: "{count} rows tested ({what})." },
  "test.score":
    "**{right} of {judged} right: {accuracy} %** (95 % interval {low} to {high} %). Grader {grader}, model version {version}.",
  "test.unjudged": "No right answers were given, so there are only predictions.",
  "test.known": "It said that it does not know to {share} % of the rows.",
  "test.unknown":
    "It said that it does not know to {share} % of the rows, and to {right} of the {unknown} where that is right.",
  "test.calibration": "Its probabilities are off by {error} percentage points on average.",
  "test.latency": "Half of the answers took at most {p50} ms, 95 % at most {p95} ms.",
  "test.cost": {
    one: "{count} question went to the language model, {seconds} s in all.",
    other: "{count} questions went to the language model, {seconds} s in all.",
  },
  "test.taught": {
    one: "{count} row is taught word for word: that measures memory, not understanding.",
    other: "{count} rows are taught word for word: that measures memory, not understanding.",
  },
  "test.failed": {
    one: "{count} row could not be judged.",
    other: "{count} rows could not be judged.",
  },
  "test.conflicts": {
    one: "{count} question expects different answers in this test; at most one can be right.",
    other:
      "{count} questions expect different answers in this test; at most one each can be right.",
  },
  "test.confusions": "Most often mistaken:",
  "test.confusion": "- {expected} → {predicted} ({count})",
  "test.wrong": "Answered wrong:",
  "test.wrong-row": "- “{prompt}”: {predicted}, not {expected}",
  "test.nothing": "(do not know)",
  "test.review": {
    one: "{count} wrong answer was put into the review queue: `{prefix}review`",
    other: "{count} wrong answers were put into the review queue: `{prefix}review`",
  },
  "test.files": "What was said to each row: `{line}`.",
  "test.id": "Evaluation {id}. To hold it against the one before: `{prefix}compare`",
  "compare.sides":
    "{first}: {firstRight} of {shared} right, {firstAccuracy} % ({firstLow} to {firstHigh} %), {firstVersion}\n{second}: {secondRight} of {shared} right, {secondAccuracy} % ({secondLow} to {secondHigh} %), {secondVersion}",
  "compare.better":
    "**{second} is better**: it won {wins} rows and lost {losses} (McNemar, p {p}).",
  "compare.worse": "**{second} is worse**: it won {wins} rows and lost {losses} (McNemar, p {p}).",
  "compare.even":
    "**No difference shown**: {second} won {wins} rows and lost {losses} (McNemar, p {p}).",
  "compare.unshared": {
    one: "{count} judged row is only in one of them and was left out.",
    other: "{count} judged rows are only in one of them and were left out.",
  },
  "compare.lost": "Lost, for example:",
} satisfies Record<string, Text>;
