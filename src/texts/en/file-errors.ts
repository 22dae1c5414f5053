import type { Text } from "../text.ts";

/** What went wrong with files, datasets and archives, in English. */
export const fileErrors = {
  "error.import-invalid": {
    one: "Nothing was imported: {file} has {count} mistake.\n{problems}\nFix it and import again.",
    other:
      "Nothing was imported: {file} has {count} mistakes.\n{problems}\nFix them and import again.",
  },
  "error.import-empty":
    "Nothing was imported: {file} holds no questions with answers. Examples of each format are in docs/import.md.",
  "error.import-test-rows":
    "Nothing was taken from {file}: it is the test part of a dataset, and a test that was taught proves nothing any more. Use it with `test`; to teach, take the rows to learn from.",
  "error.import-damaged":
    "{file} cannot be opened: it is damaged, has a password, or is not what its name says. Open it where it was made, save it again without a password and send that.",
  "error.import-old":
    "{file} is in the format of an old office program, or has a password. Open it and save it as XLSX, DOCX or CSV without a password, then send that.",
  "error.import-pages":
    "{file} has {count} pages, and I read at most {limit}. Send the part with the questions and answers.",
  "error.import-scan":
    "The pages of {file} are pictures: there is no text in them to read. Run text recognition over it, or send the text.",
  "error.import-slow":
    "{file} needs more than {seconds} s, or more memory than one file may take, so I stopped reading it. Split it, or save it as CSV.",
  "error.import-format":
    "I cannot tell what is in {file}. I read {allowed}; name the file with its ending or choose a format.",
  "error.dataset-missing": "There is no dataset {name} here.{nearest} {prefix}datasets lists them.",
  "error.dataset-version-missing":
    "The dataset {name} has no version {version}. {prefix}dataset {name} shows what it has.",
  "error.dataset-name-invalid":
    '"{name}" cannot name a dataset: take up to 64 letters, digits, - or _, e.g. shop-faq.',
  "error.dataset-empty":
    "There is nothing to build {name} from: no row is left, so nothing was made. Teach something, or name a file with questions and answers.",
  "error.dataset-label-unclear":
    "Do these rows show how to answer, or how not to? Say positive=yes or positive=no; nothing was selected yet.",
  "error.dataset-damaged":
    "Version {version} of the dataset {name} is not what its manifest says, so I do not use it. Restore it from its archive.",
  "error.dataset-export-empty":
    "Nothing was exported: no row of {name} version {version} may be used for {target} ({reasons}).",
  "error.archive-failed":
    "The files could not be archived: {ex}. Nothing was left behind; free some space or check the disk, and try again.",
  "error.archive-missing":
    "There is no archive {name} here. {prefix}archive without a name lists them.",
  "error.archive-unsafe":
    "I do not open {archive}: {entry} in it is a link, leaves the folder, has a forbidden name or is there twice. Nothing was taken from it.",
  "error.archive-too-large":
    "I do not open {archive}: unpacked it is larger than {limit} MB, or packed too tightly to be honest. Nothing was taken from it.",
  "error.archive-damaged":
    "The archive {archive} is not whole: {entry} is missing or changed. Nothing was taken from it.",
  "error.archive-target-exists": "{path} is already there, and restoring never overwrites.",
} satisfies Readonly<Record<string, Text>>;
