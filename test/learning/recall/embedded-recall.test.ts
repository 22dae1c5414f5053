import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRecall } from "../../../src/learning/recall/embedded-recall.ts";
import type { Recall, Taught } from "../../../src/learning/recall/recall.ts";
import { faq, manyExamples, taught } from "./faq.ts";

const recallOf = (examples: readonly Taught[]): Recall => {
  const recall = createRecall();
  recall.apply({ add: examples, remove: [] });
  return recall;
};

describe("a handful of questions", () => {
  const english = recallOf(faq.en);
  const russian = recallOf(faq.ru);

  test("the very question gives its answer verbatim, whatever its case and signs", () => {
    const found = english.recollect("how do I RESET my password");
    assert.equal(found.tier, "exact");
    assert.equal(found.answer, "Use the link on the sign-in page.");
    assert.deepEqual(found.exampleIds, ["en0"]);
    assert.equal(russian.recollect("КАК СБРОСИТЬ ПАРОЛЬ").tier, "exact");
  });

  for (const [prompt, answer] of [
    ["how can I reset password?", "Use the link on the sign-in page."],
    ["reset password please", "Use the link on the sign-in page."],
    ["cancel subscription", "In the settings."],
    ["ship to canada?", "Yes, within a week."],
    ["how can I cancel my subscripton?", "In the settings."],
  ] as const)
    test(`a paraphrase is answered: ${prompt}`, () => {
      const found = english.recollect(prompt);
      assert.equal(found.answer, answer);
      assert.equal(found.tier, "hint");
    });

  for (const [prompt, answer] of [
    ["сброс пароля", "По ссылке на странице входа."],
    ["как мне сбросить мой пароль", "По ссылке на странице входа."],
    ["хочу отменить подписку", "В настройках."],
    ["доставка в Казахстан есть?", "Да, за неделю."],
    ["связь с поддержкой", "Напишите нам."],
  ] as const)
    test(`a Russian paraphrase is answered in spite of its endings: ${prompt}`, () => {
      assert.equal(russian.recollect(prompt).answer, answer);
    });

  for (const prompt of [
    "what's the weather like today?",
    "who is the president of France",
    "how do I cook pasta?",
    "tell me a joke",
    "where is my cat?",
  ])
    test(`an unknown question is not answered: ${prompt}`, () => {
      const found = english.recollect(prompt);
      assert.equal(found.answer, null);
      assert.equal(found.tier, "none");
      assert.notEqual(found.guess, null);
    });

  for (const prompt of [
    "какая сегодня погода?",
    "как сварить борщ?",
    "расскажи анекдот",
    "кто президент?",
  ])
    test(`an unknown Russian question is not answered: ${prompt}`, () => {
      assert.equal(russian.recollect(prompt).answer, null);
    });

  test("hints are the nearest examples, closest first", () => {
    const { hints } = english.recollect("how can I reset my password?");
    assert.equal(hints[0]?.exampleId, "en0");
    assert.ok(hints.length <= 8);
    const similarities = hints.map(({ similarity }) => similarity);
    assert.deepEqual(
      similarities,
      similarities.toSorted((left, right) => right - left),
    );
  });

  test("between sure and clueless it suggests, best first, at most three", () => {
    const { answer, suggestions } = english.recollect("opening of the app");
    assert.equal(answer, null);
    assert.ok(suggestions.length >= 1 && suggestions.length <= 3);
    assert.ok(suggestions.every(({ exampleIds }) => exampleIds.length > 0));
  });

  test("nothing taught, nothing known", () => {
    assert.deepEqual(createRecall().recollect("anything"), {
      tier: "none",
      answer: null,
      answerId: null,
      guess: null,
      guessId: null,
      score: 0,
      exampleIds: [],
      isTaughtUnknown: false,
      hints: [],
      suggestions: [],
    });
  });
});

test("a prompt may be taught to be unknown, and others like it with it", () => {
  const recall = recallOf([...faq.en, taught("u1", "Who will win the football cup?", null)]);
  for (const prompt of [
    "who will win the football cup",
    "Who will win the football cup, please?",
  ]) {
    const { answer, exampleIds, isTaughtUnknown } = recall.recollect(prompt, { hints: false });
    assert.deepEqual([answer, exampleIds, isTaughtUnknown], [null, ["u1"], true]);
  }
  assert.equal(recall.recollect("tell me a joke").isTaughtUnknown, false);
});

describe("corrections", () => {
  const wrong = "I forgot the password of my phone";
  const corrected = () => {
    const recall = recallOf(faq.en);
    recall.apply({
      add: [taught("c1", wrong, "Ask your operator.", { corrects: true })],
      remove: [],
    });
    return recall;
  };

  test("a correction takes effect on the next call, for the prompt and for prompts near it", () => {
    const recall = corrected();
    assert.equal(recall.recollect(wrong).answer, "Ask your operator.");
    assert.equal(
      recall.recollect("i forgot the password of my phone please").answer,
      "Ask your operator.",
    );
    assert.equal(
      recall.recollect("hey, I forgot the passwrd of my phone").answer,
      "Ask your operator.",
    );
    assert.equal(
      recall.recollect("how can I reset password?").answer,
      "Use the link on the sign-in page.",
    );
  });

  test("a correction rules its prompt over what is taught later; of ordinary examples the newest", () => {
    const recall = corrected();
    recall.apply({ add: [taught("t1", wrong, "First.")], remove: [] });
    assert.equal(recall.recollect(wrong).answer, "Ask your operator.");
    recall.apply({ add: [taught("t2", wrong, "Second.")], remove: ["c1"] });
    const found = recall.recollect(wrong);
    assert.equal(found.answer, "Second.");
    assert.deepEqual(found.exampleIds, ["t2"]);
    assert.ok(found.score < 0.9, "others say something else");
  });

  test("taking back the last change restores every word and number of the recollection", () => {
    const recall = recallOf([...faq.en, ...faq.ru, ...manyExamples(20, 15)]);
    const prompts = [wrong, "how can I reset password?", "отмена подписки", "baso3 dore5", "?"];
    const before = prompts.map((prompt) => recall.recollect(prompt));
    const superseded = faq.en[0]!;
    recall.apply({
      add: [
        taught("c1", superseded.prompt, "A new answer.", { corrects: true }),
        taught("c2", superseded.prompt, superseded.answer, { label: "negative" }),
      ],
      remove: [superseded.id],
    });
    assert.notDeepEqual(
      prompts.map((prompt) => recall.recollect(prompt)),
      before,
    );
    recall.apply({ add: [superseded], remove: ["c1", "c2"] });
    assert.deepEqual(
      prompts.map((prompt) => recall.recollect(prompt)),
      before,
    );
  });

  test("a rejected answer stays away from the prompt and from prompts near it", () => {
    const recall = recallOf(faq.en);
    const rejected = faq.en[0]!;
    recall.apply({
      add: [taught("n1", "how can I reset my password?", rejected.answer, { label: "negative" })],
      remove: [],
    });
    assert.notEqual(recall.recollect("how can I reset my password?").guess, rejected.answer);
    assert.notEqual(
      recall.recollect("how can I reset my password, please?").guess,
      rejected.answer,
    );
    assert.equal(
      recall.recollect(rejected.prompt).answer,
      rejected.answer,
      "it was taught for this one",
    );
    recall.apply({
      add: [taught("n2", rejected.prompt, rejected.answer, { label: "negative" })],
      remove: [],
    });
    assert.notEqual(recall.recollect(rejected.prompt).guess, rejected.answer);
    recall.apply({ add: [taught("p2", rejected.prompt, rejected.answer)], remove: [] });
    assert.equal(
      recall.recollect(rejected.prompt).answer,
      rejected.answer,
      "taught again after that",
    );
  });

  test("an example without an answer keeps it silent, and is named", () => {
    const recall = recallOf(faq.en);
    const prompt = "how can I reset my password?";
    recall.apply({ add: [taught("z1", prompt, null, { corrects: true })], remove: [] });
    const found = recall.recollect(prompt);
    assert.equal(found.tier, "none");
    assert.equal(found.answer, null);
    assert.deepEqual(found.exampleIds, ["z1"]);
    assert.ok(found.score < 0.1);
    assert.equal(recall.recollect("how can I reset my password, please?").answer, null);
  });
});

describe("changes", () => {
  test("a removed example is gone at once", () => {
    const recall = recallOf(faq.en);
    recall.apply({ add: [], remove: ["en0", "no such id"] });
    assert.equal(recall.size, 9);
    const found = recall.recollect("How do I reset my password?");
    assert.notEqual(found.guess, "Use the link on the sign-in page.");
    assert.ok(found.hints.every(({ exampleId }) => exampleId !== "en0"));
    assert.ok(!Buffer.from(recall.snapshot()).includes("reset my password"));
    assert.ok(!Buffer.from(recall.snapshot()).includes("Use the link"));
  });

  test("an example that comes back with other words replaces itself", () => {
    const recall = recallOf(faq.en);
    recall.apply({ add: [taught("en0", "How do I reset my password?", "Call us.")], remove: [] });
    assert.equal(recall.size, 10);
    assert.equal(recall.recollect("How do I reset my password?").answer, "Call us.");
    recall.apply({ add: [taught("en0", "How do I reset my password?", "Call us.")], remove: [] });
    assert.equal(recall.size, 10);
  });

  test("two memories know nothing of each other", () => {
    const one = recallOf(faq.en);
    const other = recallOf(faq.ru);
    one.apply({ add: [taught("s", "what is the secret word", "swordfish")], remove: [] });
    assert.equal(one.recollect("what is the secret word").answer, "swordfish");
    const found = other.recollect("what is the secret word");
    assert.equal(found.answer, null);
    assert.ok(!JSON.stringify(found).includes("swordfish"));
  });

  test("a new answer taught to a trained memory is known at once, and removing it forgets it", () => {
    const recall = recallOf(manyExamples(20, 10));
    recall.apply({ add: [taught("new", "when does the library close", "At eight.")], remove: [] });
    assert.equal(recall.recollect("when does the library close?").tier, "exact");
    assert.equal(recall.recollect("when is the library closing").guess, "At eight.");
    recall.apply({ add: [taught("other", "is there parking", "Yes.")], remove: [] });
    recall.apply({ add: [], remove: ["new"] });
    assert.notEqual(recall.recollect("when is the library closing").guess, "At eight.");
  });
});

test("what was taught to the very same question is found, and nothing else", () => {
  const recall = recallOf([
    ...faq.en,
    taught("a", "Is it open?", "Yes."),
    taught("b", "is it OPEN", "No."),
    taught("n", "is it open", "Maybe.", { label: "negative" }),
  ]);
  assert.deepEqual(recall.taughtAt("is it open?"), ["a", "b"]);
  assert.deepEqual(recall.taughtAt("is it closed?"), []);
});
