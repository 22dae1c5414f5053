/** What can understand speech, as the setting names it. */
export const hearingEngines = ["auto", "none", "openai-http", "modem"] as const;

/** What can speak. */
export const speakingEngines = [
  "auto",
  "none",
  "openai-http",
  "espeak",
  "translate-http",
  "modem",
] as const;
