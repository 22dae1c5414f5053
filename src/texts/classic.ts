import type { TextKey } from "./en.ts";
import type { Text } from "./text.ts";

/** The replies of the bot that this one replaces, for communities that grew used to them. */
export const classic: Partial<Record<TextKey, Text>> = {
  hi: "HI!",
  "hi.new": "HI!",
  "talk.greeting.plain": "HI!",
  "correct.learned": "Correction received: {correction}",
  "effect.changed": "Correction received: {answer}",
  "feedback.thanks": "Thank you for your feedback. We will use it to improve the model.",
  "getfile.here": "Here is the file you requested:",
  "error.library-file-missing": "File not found: {path}",
  "error.turn-missing": "Message not found.",
  "test.predictions": "Test complete. Predictions: {predictions}",
  "error.test-invalid": "Invalid test data format. Please provide a valid JSON string.",
  "error.test-failed": "Failed to get predictions.",
  "select_dataset.done": "Dataset selected and archived. Dataset: {dataset}",
  "error.dataset-missing": "Failed to select dataset.",
  "error.dataset-empty": "Failed to select dataset.",
  "train.started": "Model training started. Job ID: {id}",
  "error.training-impossible": "Failed to start training.",
  "archive.done": "Files in {directory} have been archived.",
  "join.joined": "Joined {channel}",
  "leave.left": "Disconnected from the voice channel.",
  "error.voice-not-present": "You are not in a voice channel.",
  "error.voice-not-joined": "I am not in a voice channel.",
  "error.archive-failed": "An error occurred while archiving files: {ex}",
};
