const endings =
  /\.(?:csv|tsv|jsonl|ndjson|json|txt|md|markdown|ya?ml|xlsx|xlsm|ods|odt|docx|html?|pdf|zip)$/i;

/** Whether a file can be learned from, by its name. */
export const isImportable = (name: string): boolean => endings.test(name);
