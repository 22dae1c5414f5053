import type { Text } from "../text.ts";

/** What is said about lessons, corrections and where they come from, in English. */
export const teaching = {
  "teach.learned": "Learned: “{prompt}” → “{answer}”.",
  "teach.learned-negative": "Learned: I will not answer “{answer}” to “{prompt}” any more.",
  "teach.learned-many": { one: "Learned {count} answer.", other: "Learned {count} answers." },
  "correct.learned": "Learned: to “{prompt}” I answer “{correction}”.",
  "feedback.thanks": "Thank you, I noted that with the answer.",
  "receipt.active": "Used from now on.",
  "receipt.pending": "It waits for a trainer's review and is not used yet.",
  "receipt.nothing-new": "There was nothing new to learn.",
  "receipt.superseded": {
    one: "It replaces {count} earlier answer.",
    other: "It replaces {count} earlier answers.",
  },
  "receipt.skipped": { one: "{count} was already known.", other: "{count} were already known." },
  "receipt.conflicts": {
    one: "{count} contradicts an earlier answer to the same question: please check it.",
    other: "{count} contradict earlier answers to the same questions: please check them.",
  },
  "receipt.undo-spoken": "Say “undo” to take it back.",
  "receipt.undo": "Undo: `{prefix}undo {id}`",
  "json-repaired": "I fixed your JSON in line {line}: `{was}` became `{became}`.",
  "undo.removed": {
    one: "Undone: {count} taught example is gone, and everything is as before.",
    other: "Undone: {count} taught examples are gone, and everything is as before.",
  },
  "undo.rating": "Your rating is taken back.",
  "undo.restored": {
    one: "Undone: {count} earlier answer is back, and everything is as before.",
    other: "Undone: {count} earlier answers are back, and everything is as before.",
  },
  "getfile.empty":
    "There are no files here yet. `{prefix}import library` with files attached keeps them; `{prefix}archive taught` packs what was taught.",
  "getfile.list": { one: "{count} file in the library:", other: "{count} files in the library:" },
  "getfile.here": "Here is the file.",
  "import.question": {
    one: "{names}: what is this file for?",
    other: "{count} files ({names}): what are they for?",
  },
  "import.as-knowledge": "Knowledge",
  "import.as-positive": "Good examples",
  "import.as-negative": "Bad examples",
  "import.as-test": "A test",
  "import.as-library": "Only keep them",
  "import.kept": {
    one: "Kept in the library: {paths}",
    other: "Kept in the library, {count} files: {paths}",
  },
  "import.preview": {
    one: "{count} answer is in there:",
    other: "{count} answers are in there, first:",
  },
  "import.lesson": "- “{prompt}” → “{answer}”",
  "import.lesson-negative": "- “{prompt}”: never “{answer}”",
  "import.lesson-unknown": "- “{prompt}”: not known",
  "import.preview-test": {
    one: "{count} test question is in there.",
    other: "{count} test questions are in there.",
  },
  "import.progress": "Learning: {done} of {total} ...",
  "import.cancelled": "Cancelled. I did not keep the files.",
  "import.test-kept": "The test is kept in the library: {path}",
  "consent.given": "Noted: this may train models too. Take it back: {prefix}consent {id} no",
  "consent.revoked":
    "Taken back: no model is trained with this from now on. I still answer with it.",
  "window.title": "One more thing",
  "window.teach": "Teach me",
  "window.review": "A better answer",
  "window.question": "Question",
  "window.answer": "The right answer",
  "window.own-words": "The question in your own words",
  "window.own-words.about": "Only needed if your lesson may train models.",
  "window.consent": "May this train models?",
  "window.consent.about":
    "Tick only for your own words. Without it, it is used for answers here and for nothing else.",
  "window.files": "Files with questions and answers",
  "window.files.about":
    "csv, jsonl, json, txt, md, xlsx, docx, html, pdf or zip, instead of the fields above.",
  "retract.done": "Taken back: “{prompt}” → “{answer}”. I do not use it from now on.",
  "retract.nowhere": "No dataset version holds it.",
  "retract.versions": {
    one: "{count} dataset version holds it: {versions}. The next one will not.",
    other: "{count} dataset versions hold it: {versions}. The next ones will not.",
  },
  "import.at": "{place}: {problem}",
  "import.in-file": "{file}: {place}",
  "import.line": "Line {line}",
  "import.row": "Sheet “{sheet}”, row {line}",
  "import.paragraph": "Paragraph {line}",
  "import.page": "Page {line}",
  "import.more-problems": { one: "... and {count} more.", other: "... and {count} more." },
  "import.not-text":
    "byte {position} is not {encoding} text. Save the file as UTF-8 and send it again.",
  "import.binary": "byte {position} is a NUL, so this is not a text file. Save it as text.",
  "import.too-many-rows": "the file has more than {limit} rows. Split it.",
  "import.prompt-missing": "there is no question here (found: {fields}). Name the field prompt.",
  "import.prompt-empty": "the question is empty. Write one, or remove the row.",
  "import.prompt-long":
    "the question has {length} characters, at most {limit} are read. Shorten it.",
  "import.answer-missing":
    "there is no answer here. Add an answer, or null (without quotes) if the right answer is that it is not known.",
  "import.answer-empty":
    "the answer is empty. Write one, or null (without quotes) if the right answer is that it is not known.",
  "import.answer-long": "the answer has {length} characters, at most {limit} are read. Shorten it.",
  "import.negative-without-answer":
    "a negative row needs the answer that must not be given. Add it, or make the row positive.",
  "import.rejected-empty":
    "rejected is empty. Write the answer that must not be given, or remove the field.",
  "import.rejected-same": "rejected says the same as the answer. Change one of them.",
  "import.label": 'the label "{value}" is neither positive nor negative. Use one of these words.',
  "import.field-type": "the field {field} is not text. Put the text in quotes.",
  "import.messages":
    "the messages hold no user message with an assistant message after it. Add both.",
  "import.broken-character": "there is a NUL or half a character in the text. Retype that part.",
  "import.json-broken":
    'this is not valid JSON near "{near}". Check quotes, commas and brackets there.',
  "import.json-unclosed": "the {mark} opened here is never closed. Close it.",
  "import.json-not-object": "a row must be an object like {example}.",
  "import.header":
    "the first row names no question with an answer (found: {names}). Name two of them question and answer, or say which ones they are (`--question COLUMN --answer COLUMN` in the command line).",
  "import.columns":
    "{count} columns instead of {expected}. Put cells that hold {delimiter} in double quotes.",
  "import.quote-open":
    "a double quote opened here is never closed. Close it; a quote inside a quoted cell is written twice.",
  "import.quote-stray":
    "a double quote stands where none may. Put the whole cell in double quotes and write quotes inside it twice.",
  "import.line-without-separator": "no tab, => or | parts question and answer here. Add one.",
  "import.question-without-answer":
    "this question has no answer. Add a line that starts with A: below it.",
  "import.answer-without-question":
    "this answer has no question. Add a line that starts with Q: above it.",
  "import.text-outside":
    "this text belongs to no question. Start it with Q:, or with # to leave it out.",
  "import.heading-without-answer":
    "this heading has no text below it. Write the answer there, or remove the heading.",
  "import.too-dense":
    "this part is too long or too deeply nested to be read. Put a blank line or a heading into it, or save a long table as CSV.",
  "import.no-column": "there is no column {name} here (found: {names}). Name one of these.",
  "import.choice": "the right answer is none of the options here. Write its letter or its text.",
  "import.intents":
    "this is an export of {tool}: it says what people mean, not what to answer. Save questions and answers as CSV with the columns question and answer.",
  "import.tickets":
    "these are tickets: they say what people asked, not what they were answered. Export the articles of the help center instead, or add a column named answer.",
  "import.rasa-responses":
    "this is Rasa training data without its responses. Pack nlu.yml and domain.yml into one zip and send that.",
  "import.rasa-nlu":
    "these are responses of Rasa without the questions they answer. Pack nlu.yml and domain.yml into one zip and send that.",
  "import.yaml": "this is not valid YAML, or too long. Check its indents and quotes, or split it.",
  "import.left-intent": "the intent “{intent}” has no questions with an answer of its own.",
  "import.left-blank": "the answer of “{intent}” has blanks that the other program fills.",
  "import.left-draft": "it is a draft, switched off or in the archive.",
  "import.left-unlabelled": "nobody has answered this.",
  "import.left-disagreed": "people gave it different answers.",
  "import.left-text": "this text belongs to no question.",
  "import.left-file": "{file} holds no questions with answers.",
  "import.left-heading": "this heading has no text below it.",
  "import.left-sheet": "the sheet “{sheet}” names no question with an answer.",
  "import.left-hidden-sheet": "the sheet “{sheet}” is hidden.",
  "import.left-follow-up":
    "a later turn of a conversation, which may mean nothing without what came before it.",
  "import.left-not-text": "a message that is not only text.",

  "review.approve": "Approve",
  "review.edit": "Edit",
  "review.reject": "Reject",
  "review.empty": "Nothing waits for review.",
  "review.title": {
    one: "**{count} item waits for review**",
    other: "**{count} items wait for review**",
  },
  "review.wrong": "- `{id}` “{prompt}”: I said {predicted}, expected {expected}",
  "review.wrong-negative": "- `{id}` “{prompt}”: I said what must not be answered, {expected}",
  "review.pending": "- `{id}` {person} teaches “{prompt}” → {answer}",
  "review.pending-negative": "- `{id}` {person} teaches never to answer {answer} to “{prompt}”",
  "review.pending-many": {
    one: "- `{id}` {person} teaches {count} lesson, first “{prompt}” → {answer}",
    other: "- `{id}` {person} teaches {count} lessons, first “{prompt}” → {answer}",
  },
  "review.how":
    "Settle one: `{prefix}review approve ID`, `{prefix}review edit ID the better answer`, `{prefix}review reject ID`",
  "review.more": "More: `{prefix}review --page {page}`",
  "review.approved": "Approved.",
  "review.edited": "Taught in your words.",
  "review.rejected": "Rejected: it is not used.",

  "examples.none": "Nothing has been taught here yet. `{prefix}teach` changes that.",
  "examples.not-found": "Nothing taught here holds these words: {search}",
  "examples.newest": "The newest of what was taught here:",
  "examples.found": "Found:",
  "examples.more": "These are the first {count}; more words find less.",
  "examples.related": "Related:",
  "why.version": "Model version: {version}.",
  "why.unanswered": "This question was not answered, so there is nothing to explain.",
  "why.unknown": "I did not know: nothing that I was taught fits well enough ({percent} % sure).",
  "why.taught-unknown": "I was taught that this is not known.",
  "why.small-talk":
    "That was small talk: I answer it by myself, and nothing that I was taught stands behind it. Correct me to teach an answer of your own.",
  "why.exact": "This is what I was taught to answer to this very question, word for word.",
  "why.near": "This is the taught answer that fits best, word for word; I was {percent} % sure.",
  "why.judged":
    "This is a taught answer, word for word. I was only {percent} % sure; the language model {model} judged that it answers the question.",
  "why.model-with-examples": {
    one: "The language model {model} wrote this after seeing {count} taught example.",
    other: "The language model {model} wrote this after seeing {count} taught examples.",
  },
  "why.model-alone": "The language model {model} wrote this; nothing that I was taught shaped it.",
  "why.example": '- "{prompt}" -> "{answer}" (taught by {author}, {date}, id {id})',
  "why.example-negative": '- "{prompt}": never "{answer}" (taught by {author}, {date}, id {id})',
  "why.example-unknown": '- "{prompt}": not known (taught by {author}, {date}, id {id})',
  "why.gone": {
    one: "{count} more example has been taken back since.",
    other: "{count} more examples have been taken back since.",
  },
  "source.taught": "taught",
  "source.corrected": "corrected",
  "source.rated": "rated",
  "source.imported": "imported",
  "source.file": "from files",
  "retract.models": {
    one: "One trained model has seen it: {models}. A trained memory stops answering with it at once; a language model keeps it in its weights until one is trained without it.",
    other:
      "{count} trained models have seen it: {models}. A trained memory stops answering with it at once; a language model keeps it in its weights until one is trained without it.",
  },
} satisfies Record<string, Text>;
