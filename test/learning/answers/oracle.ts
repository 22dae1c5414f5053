/**
 * What answers, wordings and corrections must do, as simply as it can be said: the state is a fold over the
 * acts that stand, and an act holds what was decided. The store has to agree with it after every act.
 */

export type Text = string | null;
export type How = "taught" | "imported" | "corrected" | "accepted";

type Answer = {
  readonly texts: Text[];
  declared: boolean;
  status: "active" | "retired" | "merged";
  until: number | null;
  confirmed: boolean;
};
type Wording = { answer: string; how: How; reach: "general" | "exact" };

export type State = {
  readonly answers: Map<string, Answer>;
  readonly wordings: Map<string, Wording>;
  /** `key answer` to how far it reaches. */
  readonly mismatches: Map<string, "exact" | "near">;
  readonly questions: Map<string, { key: string; old: string; fresh: string }>;
  readonly proposals: Map<string, { key: string; text: Text }>;
  readonly items: Map<string, { hash: string; answer: string }>;
};

type Deed =
  | {
      kind: "teach";
      answer: string;
      text: Text;
      keys: readonly string[];
      how: How;
      declared: boolean;
      item?: string;
      hash?: string;
    }
  | { kind: "reword"; answer: string; key: string; how: How }
  | { kind: "take"; answer: string; key: string; how: How }
  | { kind: "change"; answer: string; text: Text; key?: string }
  | {
      kind: "here";
      answer: string;
      text: Text;
      key: string;
      old: string | null;
      meaning: "open" | "different" | "only-this";
    }
  | { kind: "join"; answer: string; key: string; old: string }
  | { kind: "settle"; question: string; as: "everywhere" | "different" | "only-this" }
  | { kind: "mismatch"; key: string; answer: string }
  | { kind: "confirm" | "retire"; answer: string }
  | { kind: "until"; answer: string; until: number | null }
  | { kind: "silence"; key: string }
  | { kind: "merge"; from: string; into: string }
  | { kind: "split"; from: string; answer: string; keys: readonly string[] }
  | {
      kind: "update";
      answer: string;
      text: Text;
      keys: readonly string[];
      item: string;
      hash: string;
    }
  | { kind: "differ"; key: string; text: Text; answer: string; item: string; hash: string }
  | { kind: "propose"; key: string; text: Text }
  | { kind: "close"; proposal: string };

export type Act = {
  readonly id: string;
  readonly deeds: readonly Deed[];
  isUndone: boolean;
  /** The waiting act that it decides about. */
  readonly about?: string;
};

export function fold(acts: readonly Act[]): State {
  const state: State = {
    answers: new Map(),
    wordings: new Map(),
    mismatches: new Map(),
    questions: new Map(),
    proposals: new Map(),
    items: new Map(),
  };
  const undone = new Set(acts.filter((act) => act.isUndone).map(({ id }) => id));
  for (const act of acts) {
    if (undone.has(act.id) || (act.about !== undefined && undone.has(act.about))) continue;
    for (const [place, deed] of act.deeds.entries()) doIt(state, deed, `${act.id}/${place}`);
  }
  return state;
}

export const isActive = (state: State, answer: string | undefined | null): answer is string =>
  state.answers.get(answer ?? "")?.status === "active";

export const textOf = (state: State, answer: string): Text =>
  state.answers.get(answer)!.texts.at(-1)!;

/** The answer to an exactly taught question. */
export function answerAt(state: State, key: string): string | undefined {
  const answer = state.wordings.get(key)?.answer;
  return isActive(state, answer) ? answer : undefined;
}

/** What an exactly taught question is answered; `undefined` when it is not taught. */
export function lookup(state: State, key: string): Text | undefined {
  const answer = answerAt(state, key);
  return answer === undefined ? undefined : textOf(state, answer);
}

export const keysOf = (state: State, answer: string): string[] =>
  [...state.wordings]
    .flatMap(([key, wording]) => (wording.answer === answer ? [key] : []))
    .toSorted();

function doIt(state: State, deed: Deed, id: string): void {
  const { answers, wordings, mismatches, questions, proposals, items } = state;
  const create = (answer: string, text: Text, declared: boolean) =>
    answers.set(answer, {
      texts: [text],
      declared,
      status: "active",
      until: null,
      confirmed: false,
    });
  const put = (key: string, answer: string, how: How) => {
    const now = wordings.get(key);
    wordings.set(key, { answer, how: now?.answer === answer ? now.how : how, reach: "general" });
    mismatches.delete(`${key} ${answer}`);
  };
  const deny = (key: string, answer: string, scope: "exact" | "near") => {
    if (wordings.get(key)?.answer === answer) return;
    const pair = `${key} ${answer}`;
    if (mismatches.get(pair) !== "near") mismatches.set(pair, scope);
  };
  const close = (answer: string) => {
    for (const [question, { old, fresh }] of questions)
      if (old === answer || fresh === answer) questions.delete(question);
  };
  switch (deed.kind) {
    case "teach": {
      const free = deed.keys.filter((key) => lookup(state, key) === undefined);
      const taken = deed.keys.filter(
        (key) => lookup(state, key) !== undefined && lookup(state, key) !== deed.text,
      );
      if (free.length > 0) create(deed.answer, deed.text, deed.declared);
      for (const key of free) put(key, deed.answer, deed.how);
      for (const key of taken) proposals.set(`${id}/${key}`, { key, text: deed.text });
      if (deed.item !== undefined) items.set(deed.item, { hash: deed.hash!, answer: deed.answer });
      return;
    }
    case "reword":
      if (!isActive(state, deed.answer)) return;
      if (answerAt(state, deed.key) !== undefined && answerAt(state, deed.key) !== deed.answer)
        proposals.set(`${id}/${deed.key}`, { key: deed.key, text: textOf(state, deed.answer) });
      else put(deed.key, deed.answer, deed.how);
      return;
    case "take":
      if (isActive(state, deed.answer)) put(deed.key, deed.answer, deed.how);
      return;
    case "change":
      if (!answers.has(deed.answer) && deed.key !== undefined) {
        create(deed.answer, deed.text, true);
        put(deed.key, deed.answer, "corrected");
      } else if (isActive(state, deed.answer)) {
        answers.get(deed.answer)!.texts.push(deed.text);
        if (deed.key !== undefined) put(deed.key, deed.answer, "corrected");
      }
      return;
    case "here": {
      const had = wordings.get(deed.key)?.answer;
      create(deed.answer, deed.text, true);
      const reach = deed.meaning === "only-this" ? "exact" : "general";
      wordings.set(deed.key, { answer: deed.answer, how: "corrected", reach });
      mismatches.delete(`${deed.key} ${deed.answer}`);
      if (deed.old === null) return;
      if (deed.meaning === "different") deny(deed.key, deed.old, "near");
      else if (had !== deed.old) deny(deed.key, deed.old, "exact");
      if (deed.meaning === "open" && isActive(state, deed.old))
        questions.set(id, { key: deed.key, old: deed.old, fresh: deed.answer });
      return;
    }
    case "join":
      if (!isActive(state, deed.answer)) return;
      put(deed.key, deed.answer, "corrected");
      deny(deed.key, deed.old, "exact");
      return;
    case "settle": {
      const open = questions.get(deed.question);
      if (!open || !isActive(state, open.fresh)) return;
      if (deed.as === "everywhere" && !isActive(state, open.old)) return;
      questions.delete(deed.question);
      if (deed.as === "only-this") {
        const wording = wordings.get(open.key);
        if (wording?.answer === open.fresh) wordings.set(open.key, { ...wording, reach: "exact" });
      } else if (deed.as === "different") deny(open.key, open.old, "near");
      else {
        answers.get(open.old)!.texts.push(textOf(state, open.fresh));
        for (const key of keysOf(state, open.fresh)) {
          wordings.set(key, { answer: open.old, how: "corrected", reach: "general" });
          mismatches.delete(`${key} ${open.old}`);
        }
        answers.get(open.fresh)!.status = "merged";
        close(open.fresh);
      }
      return;
    }
    case "mismatch":
      if (isActive(state, deed.answer)) deny(deed.key, deed.answer, "exact");
      return;
    case "confirm":
      if (isActive(state, deed.answer)) answers.get(deed.answer)!.confirmed = true;
      return;
    case "until":
      if (isActive(state, deed.answer)) answers.get(deed.answer)!.until = deed.until;
      return;
    case "retire":
      if (!isActive(state, deed.answer)) return;
      answers.get(deed.answer)!.status = "retired";
      close(deed.answer);
      return;
    case "silence":
      wordings.delete(deed.key);
      return;
    case "merge":
      if (deed.from === deed.into || !isActive(state, deed.from) || !isActive(state, deed.into))
        return;
      for (const key of keysOf(state, deed.from)) {
        wordings.set(key, { ...wordings.get(key)!, answer: deed.into });
        mismatches.delete(`${key} ${deed.into}`);
      }
      answers.get(deed.from)!.status = "merged";
      answers.get(deed.into)!.declared = true;
      close(deed.from);
      return;
    case "split": {
      const moved = deed.keys.filter((key) => wordings.get(key)?.answer === deed.from);
      if (!isActive(state, deed.from) || moved.length === 0) return;
      create(deed.answer, textOf(state, deed.from), true);
      for (const key of moved) {
        wordings.set(key, { ...wordings.get(key)!, answer: deed.answer });
        mismatches.delete(`${key} ${deed.answer}`);
      }
      return;
    }
    case "update":
      if (isActive(state, deed.answer)) {
        answers.get(deed.answer)!.texts.push(deed.text);
        for (const key of deed.keys)
          if (answerAt(state, key) === undefined) put(key, deed.answer, "imported");
      }
      items.set(deed.item, { hash: deed.hash, answer: deed.answer });
      return;
    case "differ":
      proposals.set(id, { key: deed.key, text: deed.text });
      items.set(deed.item, { hash: deed.hash, answer: deed.answer });
      return;
    case "propose":
      proposals.set(id, { key: deed.key, text: deed.text });
      return;
    case "close":
      proposals.delete(deed.proposal);
  }
}

const words = (text: Text): number => (text === null ? 0 : text.split(" ").length);

/** An active answer that says the same in four words or more. */
function twinOf(state: State, text: Text, except: string | undefined): string | undefined {
  if (words(text) < 4) return undefined;
  const active = [...state.answers].filter(([id]) => id !== except && isActive(state, id));
  return active.find(([id]) => textOf(state, id) === text)?.[0];
}

/** What a correction of `key` does; `given`: the answer that it got. */
export function decideCorrection(
  state: State,
  id: string,
  {
    key,
    given,
    text,
    meaning,
  }: {
    readonly key: string;
    readonly given: string | null;
    readonly text: Text;
    readonly meaning: "everywhere" | "different" | "only-this" | undefined;
  },
): readonly Deed[] {
  const own = answerAt(state, key);
  const old = own ?? (isActive(state, given) ? given : undefined);
  if (old !== undefined && textOf(state, old) === text)
    return own === old ? [] : [{ kind: "reword", answer: old, key, how: "corrected" }];
  const twin = twinOf(state, text, old);
  const fresh = { answer: `answer of ${id}`, text, key } as const;
  if (old === undefined)
    return twin === undefined
      ? [{ kind: "here", ...fresh, old: null, meaning: meaning === "only-this" ? meaning : "open" }]
      : [{ kind: "take", answer: twin, key, how: "corrected" }];
  if (meaning === "everywhere") return [{ kind: "change", answer: old, text, key }];
  if (twin !== undefined) return [{ kind: "join", answer: twin, key, old }];
  const { how } = state.wordings.get(key) ?? { how: undefined };
  const isHeading = state.answers.get(old)!.declared && how !== "accepted" && how !== "corrected";
  if (meaning === undefined && own === old && (keysOf(state, old).length === 1 || isHeading))
    return [{ kind: "change", answer: old, text, key }];
  return [{ kind: "here", ...fresh, old, meaning: meaning ?? "open" }];
}

export type FileItem = {
  readonly name: string;
  readonly keys: readonly string[];
  readonly text: string;
};

const hashOf = ({ keys, text }: FileItem): string => `${text} ${keys.toSorted().join()}`;

/** Whether somebody changed an answer since its file said it: read from the acts that stand. */
function isTouched(acts: readonly Act[], answer: string): boolean {
  const undone = new Set(acts.filter((act) => act.isUndone).map(({ id }) => id));
  const standing = acts.filter((act) => !act.isUndone && !undone.has(act.about ?? ""));
  const deeds = standing.flatMap(({ id, deeds: all }) =>
    all.map((deed, place) => ({ deed, id: `${id}/${place}` })),
  );
  return deeds.some(({ deed }) => {
    switch (deed.kind) {
      case "change":
      case "retire":
        return deed.answer === answer;
      case "merge":
        return deed.from === answer || deed.into === answer;
      case "split":
        return deed.from === answer || deed.answer === answer;
      case "settle": {
        const asked = deeds.find((each) => each.id === deed.question)?.deed;
        return deed.as === "everywhere" && asked?.kind === "here" && asked.old === answer;
      }
      default:
        return false;
    }
  });
}

/** What a file does. */
export function decideImport(
  state: State,
  acts: readonly Act[],
  id: string,
  items: readonly FileItem[],
): readonly Deed[] {
  return items.flatMap((item): Deed[] => {
    const { name, text } = item;
    const keys = [...item.keys];
    const hash = hashOf(item);
    const before = state.items.get(name);
    if (!before) {
      const unknown = keys.filter((key) => lookup(state, key) !== text);
      if (unknown.length === 0) return [];
      const wasSaid = (key: string) =>
        state.answers.get(answerAt(state, key) ?? "")?.texts.includes(text) ?? false;
      const isProposed = (key: string) =>
        [...state.proposals.values()].some((each) => each.key === key && each.text === text);
      const asked = unknown.filter((key) => !wasSaid(key) && !isProposed(key));
      const answer = `answer of ${id} ${name}`;
      if (asked.length === 0) return [];
      return [
        {
          kind: "teach",
          answer,
          text,
          keys: asked,
          how: "imported",
          declared: true,
          item: name,
          hash,
        },
      ];
    }
    const { answer } = before;
    if (hash === before.hash) return [];
    const fresh = keys.filter((key) => answerAt(state, key) === undefined);
    if (isActive(state, answer) && !isTouched(acts, answer))
      return [{ kind: "update", answer, text, keys: fresh, item: name, hash }];
    return [{ kind: "differ", key: keys[0]!, text, answer, item: name, hash }];
  });
}
