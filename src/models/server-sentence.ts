const maxSentenceLength = 200;

/**
 * What a server said about an error, on one line and without keys: the message of a body in JSON, as all
 * providers send it. A page in HTML says nothing.
 */
export function serverSentence(body: string | undefined, apiKey: string | undefined): string {
  const said = messageIn(body);
  const words = said.split(/\s+/u).map((word) => (/^['"(]?(?:sk|key)-/iu.test(word) ? "…" : word));
  const safe = apiKey ? words.join(" ").replaceAll(apiKey, "…") : words.join(" ");
  return safe.slice(0, maxSentenceLength).trim();
}

function messageIn(body = ""): string {
  try {
    const parsed = JSON.parse(body) as { error?: { message?: unknown }; message?: unknown } | null;
    const said = [parsed?.error?.message, parsed?.error, parsed?.message];
    return String(said.find((each) => typeof each === "string") ?? "");
  } catch {
    return "";
  }
}
