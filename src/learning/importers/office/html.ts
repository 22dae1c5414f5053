import { Parser } from "htmlparser2";
import type { Budget } from "./limits.ts";
import { createNumbers } from "./list-numbers.ts";
import type { Piece } from "./pieces.ts";

/** What a reader of the page does not see, or what is no part of its text. */
const unread = new Set(
  "head script style template noscript nav svg math canvas iframe object select textarea option datalist audio video".split(
    " ",
  ),
);
/** What begins and ends a paragraph. */
const blocks = new Set(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hr legend li main ol p section summary ul h1 h2 h3 h4 h5 h6 table caption".split(
    " ",
  ),
);
const strongTags = new Set(["b", "strong", "th"]);
const voids = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

/** What a page says, and what it says to search engines beside that. */
export type Page = { readonly pieces: readonly Piece[]; readonly data: readonly string[] };

type Attributes = Readonly<Record<string, string>>;

/** The pieces of a web page, without what it hides, and its blocks of JSON-LD. */
export function htmlPieces(source: string, budget: Budget): Page {
  const pieces: Piece[] = [];
  const data: string[] = [];
  const numbers = createNumbers();
  let at = 0;
  let text = "";
  let strong = 0;
  /** Elements that are open: whether each hides what is in it. */
  const open: { readonly name: string; readonly hides: boolean }[] = [];
  let hidden = 0;
  let [isData, strongDepth, pre, table] = [false, 0, 0, 0];
  let rows: string[][] = [];
  let heading: number | undefined;
  let asked: "summary" | "term" | "button" | undefined;
  const lists: { readonly name: string; readonly id: string }[] = [];
  let item = false;
  let level = 1;
  let link: { readonly target: string; readonly start: number } | undefined;
  /** The panels that a button of the page opens are not hidden: a click shows them. */
  const controlled = new Set<string>();

  const flush = (): void => {
    const words = pre > 0 ? text : collapsed(text);
    const isStrong = strong >= text.length && words !== "";
    [text, strong, link] = ["", 0, undefined];
    if (table > 0) {
      const row = rows.at(-1);
      if (words !== "" && row !== undefined && row.length > 0)
        row[row.length - 1] = [row.at(-1), words].filter(Boolean).join("\n");
      return;
    }
    if (words === "") return;
    at += 1;
    budget.spend(words);
    if (pre > 0) pieces.push({ kind: "code", at, text: words });
    else if (heading !== undefined)
      pieces.push({ kind: "heading", at, level: (level = heading), text: words });
    else if (asked === "summary") pieces.push({ kind: "open", at, text: words });
    else if (asked === "term") pieces.push({ kind: "heading", at, level: level + 1, text: words });
    else if (asked === "button") {
      if (words.endsWith("?")) pieces.push({ kind: "paragraph", at, text: words, isStrong: true });
    } else if (item) {
      const { name, id } = lists.at(-1) ?? { name: "ul", id: "" };
      const depth = Math.max(0, lists.length - 1);
      const mark = name === "ol" ? `${numbers.next(id, 0)}.` : "-";
      pieces.push({ kind: "item", at, text: words, isStrong, mark, depth });
      item = false;
    } else pieces.push({ kind: "paragraph", at, text: words, isStrong });
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "script" && attributes["type"] === "application/ld+json") {
        isData = true;
        data.push("");
      }
      const hides = unread.has(name) || isHidden(attributes, controlled);
      if (!voids.has(name)) {
        open.push({ name, hides });
        if (hides) hidden += 1;
      }
      for (const id of (attributes["aria-controls"] ?? "").split(/\s+/))
        if (id !== "") controlled.add(id);
      const target = attributes["href"] ?? attributes["data-target"] ?? "";
      if (target.startsWith("#") && attributes["data-toggle"] !== undefined)
        controlled.add(target.slice(1));
      if (hidden > 0) return;
      if (name === "br") text += pre > 0 ? "\n" : "\u2028";
      else if (name === "a") link = { target, start: text.length };
      if (strongTags.has(name)) strongDepth += 1;
      if (blocks.has(name)) flush();
      const depth = /^h([1-6])$/.exec(name)?.[1];
      if (depth !== undefined) heading = Number(depth);
      else if (name === "summary") asked = "summary";
      else if (name === "dt") asked = "term";
      else if (name === "button" && heading === undefined && asked === undefined) {
        flush();
        asked = "button";
      } else if (name === "pre") {
        flush();
        pre += 1;
      } else if (name === "ul" || name === "ol") lists.push({ name, id: `${pieces.length}` });
      else if (name === "li") item = true;
      else if (name === "table") {
        table += 1;
        if (table === 1) rows = [];
      } else if (name === "tr" && table === 1) rows.push([]);
      else if ((name === "td" || name === "th") && table === 1) {
        flush();
        const span = Math.min(Number(attributes["colspan"] ?? 1) || 1, 100);
        rows.at(-1)?.push("", ...Array.from({ length: span - 1 }, () => ""));
      }
    },
    ontext(words) {
      if (isData) data[data.length - 1] += words;
      if (hidden > 0) return;
      const said = pre > 0 ? words : words.replaceAll(/[\s\u2028]+/g, " ");
      text += said;
      if (strongDepth > 0 || said.trim() === "") strong += said.length;
    },
    onclosetag(name) {
      if (name === "script") isData = false;
      if (voids.has(name)) return;
      const last = open.pop();
      const wasHidden = hidden > 0;
      if (last?.hides) hidden -= 1;
      if (wasHidden) return;
      if (name === "a" && link !== undefined) {
        text = linked(text, link);
        if (strongDepth > 0) strong = text.length;
        link = undefined;
      }
      if (blocks.has(name) || name === "pre" || name === "td" || name === "th") flush();
      if (name === "button" && asked === "button") {
        flush();
        asked = undefined;
      }
      if (strongTags.has(name)) strongDepth -= 1;
      if (/^h[1-6]$/.test(name)) heading = undefined;
      else if (name === "summary" || name === "dt") asked = undefined;
      else if (name === "details") pieces.push({ kind: "close", at });
      else if (name === "pre") pre -= 1;
      else if (name === "ul" || name === "ol") lists.pop();
      else if (name === "li") item = false;
      else if (name === "table") {
        table -= 1;
        if (table === 0 && rows.length > 0) pieces.push({ kind: "table", at: (at += 1), rows });
      }
    },
  });
  for (let start = 0; start < source.length; start += 65_536)
    parser.write(source.slice(start, start + 65_536));
  parser.end();
  flush();
  return { pieces: withoutLoneEnds(pieces), data };
}

/** A `close` whose `open` had no words closes nothing. */
function withoutLoneEnds(pieces: readonly Piece[]): Piece[] {
  let depth = 0;
  return pieces.filter(({ kind }) => {
    if (kind === "open") depth += 1;
    if (kind !== "close") return true;
    depth -= 1;
    if (depth >= 0) return true;
    depth = 0;
    return false;
  });
}

function isHidden(attributes: Attributes, controlled: ReadonlySet<string>): boolean {
  if (controlled.has(attributes["id"] ?? "")) return false;
  const style = (attributes["style"] ?? "").toLowerCase().replaceAll(/\s/g, "");
  return (
    (attributes["hidden"] !== undefined && attributes["hidden"] !== "until-found") ||
    attributes["aria-hidden"] === "true" ||
    /(?:^|;)(?:display:none|visibility:hidden|font-size:0(?![.\d]|px\d)|opacity:0(?:;|$))/.test(
      style,
    )
  );
}

/** One blank for each run of them, and the line ends that the page asked for. */
const collapsed = (text: string): string =>
  text
    .replaceAll(/ {1,1000}/g, " ")
    .split("\u2028")
    .map((line) => line.trim())
    .join("\n")
    .trim();

function linked(
  text: string,
  { target, start }: { readonly target: string; readonly start: number },
): string {
  const words = text.slice(start);
  if (!/^(?:https?|mailto):/i.test(target) || words.trim() === "" || words.trim() === target)
    return text;
  return `${text.slice(0, start)}[${words.trim()}](${target})`;
}
