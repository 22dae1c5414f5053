/** What can understand speech, as the setting names it. */
export const hearingEngines = ["auto", "none", "openai-http", "sherpa", "modem"] as const;

/** What can speak. */
export const speakingEngines = [
  "auto",
  "none",
  "openai-http",
  "sherpa",
  "espeak",
  "translate-http",
  "modem",
] as const;
