import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { renderMarkdown } from "../../../src/platforms/telegram/markdown.ts";
import { platformRules } from "../../doubles/telegram/rules.ts";

/** The text with its entities shown as `<type>...</type>`. */
function shown(markdown: string): string {
  const { text, entities } = renderMarkdown(markdown);
  const marks = entities.flatMap(({ type, offset, length }, order) => [
    { at: offset, rank: 1_000 + order, mark: `<${type}>` },
    { at: offset + length, rank: -order, mark: `</${type}>` },
  ]);
  marks.sort((first, second) => second.at - first.at || second.rank - first.rank);
  return marks.reduce((all, { at, mark }) => all.slice(0, at) + mark + all.slice(at), text);
}

describe("Markdown for Telegram", () => {
  const cases: [markdown: string, expected: string][] = [
    [
      "**bold** and *italic* and ~~gone~~",
      "<bold>bold</bold> and <italic>italic</italic> and <strikethrough>gone</strikethrough>",
    ],
    ["***both***", "<bold><italic>both</italic></bold>"],
    ["snake_case_name and _really_", "snake_case_name and <italic>really</italic>"],
    ["2 * 3 * 4 = 24", "2 * 3 * 4 = 24"],
    ["`!undo 3f9a21c7`", "<code>!undo 3f9a21c7</code>"],
    ["**see `code` here**", "<bold>see </bold><code>code</code><bold> here</bold>"],
    ["# Часы работы", "<bold>Часы работы</bold>"],
    ["- one\n- **two**", "• one\n• <bold>two</bold>"],
    [
      "> quoted\n> *twice*\nafter",
      "<blockquote>quoted\n<italic>twice</italic></blockquote>\nafter",
    ],
    ["```ts\nconst a = **1**;\n```\nafter", "<pre>const a = **1**;</pre>\nafter"],
    ["```\nnever closed", "<pre>never closed</pre>"],
    ["| a | b |\n|---|---|\n| 1 | 2 |", "<pre>| a | b |\n|---|---|\n| 1 | 2 |</pre>"],
    ["[site](https://example.org/a_(b))", "<text_link>site</text_link>"],
    ["[bad](javascript:alert(1))", "[bad](javascript:alert(1))"],
    ["an **unclosed mark", "an **unclosed mark"],
    ["\\*not italic\\*", "*not italic*"],
    ["👩‍👩‍👧‍👦 **семья** 👍", "👩‍👩‍👧‍👦 <bold>семья</bold> 👍"],
    ["---", "———"],
    ["  **a**  ", "<bold>a</bold>"],
  ];
  for (const [markdown, expected] of cases) {
    test(`${JSON.stringify(markdown)}`, () => assert.equal(shown(markdown), expected));
  }

  test("the language of a code block is kept", () => {
    const [entity] = renderMarkdown("```python\nprint()\n```").entities;
    assert.deepEqual(entity, { type: "pre", language: "python", offset: 0, length: 7 });
  });

  test("whatever is written, Telegram takes it, and it never gets longer", () => {
    const pieces = fc.constantFrom(
      ..."**|__|*|_|`|```|~~|[|](https://a.b)|> |- |# |\n| |слово|word|👍|\\|<|‏|\ud83d".split("|"),
      "||",
      "|",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const markdown = parts.join("");
        const { text, entities } = renderMarkdown(markdown);
        assert.ok(text.length <= markdown.length, markdown);
        const wrong = platformRules("sendMessageDraft", { draft_id: 1, text, entities });
        assert.deepEqual(wrong, [], markdown);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a text of nothing but marks ends", () => {
    for (const mark of ["*", "**", "_", "[", "[a](", "~~a", "<", "||a"]) {
      assert.ok(renderMarkdown(mark.repeat(2_000)).text.length > 0, mark);
    }
  });
});
