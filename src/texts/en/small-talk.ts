import type { Text } from "../text.ts";

/** What is said to small talk, in English: plainly, and in the tones that a persona may ask for. */
export const smallTalk = {
  "talk.hello.plain": "Hi!",
  "talk.hello.formal": "Good day.",
  "talk.hello.playful": "Hey there!",
  "talk.greeting.plain": "Hi! What would you like to know?",
  "talk.greeting.formal": "Good day. What may I help you with?",
  "talk.greeting.playful": "Hey there! What shall we find out?",
  "talk.thanks.plain": "You are welcome!",
  "talk.thanks.formal": "You are most welcome.",
  "talk.thanks.playful": "Any time, that was fun!",
  "talk.goodbye.plain": "Goodbye, see you soon!",
  "talk.goodbye.formal": "Goodbye. It was a pleasure.",
  "talk.goodbye.playful": "Bye-bye! Come back soon, or I get bored.",
  "talk.how-are-you.plain": "I am well, thank you. What would you like to know?",
  "talk.how-are-you.formal": "Very well, thank you for asking. What may I help you with?",
  "talk.how-are-you.playful": "Splendid, thanks! Still hungry for questions.",
  "talk.who-are-you.plain": "I am {self}: a bot that answers what people here have taught it.",
  "talk.who-are-you.formal":
    "I am {self}, a bot. My answers are what the people of this community have taught me.",
  "talk.who-are-you.playful":
    "I am {self}: all bot, no human, and as clever as the people here have made me.",
  "talk.what-can-you-do.plain":
    "I answer questions with what people here have taught me: just ask. When I am wrong, correct me, and the next answer is right. {prefix}help shows everything I can do.",
  "talk.what-can-you-do.formal":
    "I answer questions with what this community has taught me. Please ask, and correct me where I am wrong: the next answer will be right. {prefix}help lists everything I can do.",
  "talk.what-can-you-do.playful":
    "Ask me things! I know what people here have taught me. Caught me being wrong? Correct me, and I learn it on the spot. {prefix}help shows all my tricks.",
  "talk.praise.plain": "Thank you! I have good teachers here.",
  "talk.praise.formal": "Thank you. The credit belongs to those who teach me.",
  "talk.praise.playful": "Stop it, I am blushing! My teachers here did the work.",
  "talk.swearing.plain":
    "Let us stay friendly. If an answer of mine was wrong, tell me the right one, and I will learn it.",
  "talk.swearing.formal":
    "I should like to remain courteous. If an answer was wrong, please tell me the right one, and I will learn it.",
  "talk.swearing.playful":
    "Ouch! If I got something wrong, tell me the right answer, and we are friends again.",
  "talk.acknowledgement.plain": "All right. Ask me whenever you like.",
  "talk.acknowledgement.formal": "Very well. I am at your disposal.",
  "talk.acknowledgement.playful": "Okey-dokey! I am here if you need me.",
} satisfies Record<string, Text>;
