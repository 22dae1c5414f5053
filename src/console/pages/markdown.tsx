import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkBreaks from "remark-breaks";
import remarkGfm from "remark-gfm";
import { chatLines } from "./chat-lines.ts";
import { ErrorBoundary } from "./error-boundary.tsx";

// Raw HTML is never rendered. A picture from elsewhere would tell its server who reads this, so
// only its description and address are shown.
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a
      href={typeof src === "string" ? src : undefined}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {alt || String(src)}
    </a>
  ),
  table: ({ children }) => (
    <div className="table-frame">
      <table>{children}</table>
    </div>
  ),
};
const plugins = [remarkGfm, remarkBreaks];

/** More quotes and lists in each other than anybody writes: reading them overflows the stack. */
const maxContainers = 20;

/** Whether a line opens that many, by marks in a row or by how far it is set in. */
const isTooDeep = (text: string): boolean =>
  text.split("\n").some((line) => countMarks(line) > maxContainers || /^[ \t]{80}/.test(line));

function countMarks(line: string): number {
  let marks = 0;
  for (const character of line) {
    if (">-+*".includes(character)) marks += 1;
    else if (character !== " " && character !== "\t") break;
  }
  // A row of dashes or stars is a rule.
  return /[-+*] |>/.test(line.slice(0, 200)) ? marks : 0;
}

/** Text that somebody wrote in a chat, with Markdown's formatting and nothing that could act. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  const plain = <p className="markdown-plain">{text}</p>;
  return (
    <div className="markdown" dir="auto">
      {isTooDeep(text) ? (
        plain
      ) : (
        <ErrorBoundary of={text} fallback={plain}>
          <ReactMarkdown remarkPlugins={plugins} components={components}>
            {chatLines(text)}
          </ReactMarkdown>
        </ErrorBoundary>
      )}
    </div>
  );
});
