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
    ["## **Bold** rest", "<bold>Bold rest</bold>"],
    [
      "||hidden **word**|| and || a lone mark",
      "<spoiler>hidden <bold>word</bold></spoiler> and || a lone mark",
    ],
    ["- [x] done\n- [ ] open", "☑ done\n☐ open"],
    ["1. one\n2. two\n   - deep", "1. one\n2. two\n  • deep"],
    ["Hours\n---\nAlways", "Hours\n———\nAlways"],
    ["Fish &amp; chips <b>today</b>", "Fish & chips <b>today</b>"],
    // Telegram refuses the whole message for such a link, so its address is shown instead.
    ["Open [the console](http://localhost:7777/)", "Open the console (http://localhost:7777/)"],
    ["[call us](tel:+74951234567)", "call us (tel:+74951234567)"],
    ["[Ann](tg://user?id=42)", "Ann (tg://user?id=42)"],
    ["[мы](https://кафе.рф/меню)", "<text_link>мы</text_link>"],
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

  test("in a group handles call nobody, and copy as they were written", () => {
    const { text, entities } = renderMarkdown(
      "Ask **@support_team** or run `npm install @scope/name` (a@example.org)",
      { pingsNobody: true },
    );
    assert.equal(text, "Ask @support_team or run npm install @scope/name (a@example.org)");
    assert.deepEqual(
      entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]),
      [
        ["code", "@support_team"],
        ["code", "npm install @scope/name"],
      ],
    );
  });

  test("hostile texts of 16,000 characters take no time worth mentioning", () => {
    const fill = (piece: string) => piece.repeat(16_000 / piece.length);
    const shapes = [
      ..."*|**|_|`|~|[|<|> |- |* - |>>|\\|[\\]|![|a@|www.a.|*a **a |` `` ```  |```\n|- a\n|1. a\n|a\n"
        .split("|")
        .map(fill),
      fill("||"),
      fill("| a "),
      `|a\n${"\t".repeat(1_000)}${"-".repeat(1_000)}x`,
      Array.from({ length: 170 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
      `${"**".repeat(4_000)}a${"**".repeat(4_000)}`,
    ];
    const fitting = shapes.map((shape) => shape.slice(0, 4_096));
    for (const shape of [...shapes, ...fitting, `${"**".repeat(1_000)}a${"**".repeat(1_000)}`]) {
      const started = performance.now();
      assert.ok(renderMarkdown(shape).text.length <= shape.length);
      assert.ok(performance.now() - started < 20_000, shape.slice(0, 20));
    }
  });

  test("a text of nothing but marks ends", () => {
    for (const mark of ["*", "**", "_", "[", "[a](", "~~a", "<", "||a"]) {
      assert.ok(renderMarkdown(mark.repeat(2_000)).text.length > 0, mark);
    }
  });
});
