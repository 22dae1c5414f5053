/** A request that Discord refuses. The double is believed only while it refuses each of them too. */
export type Canary = {
  readonly what: string;
  readonly method: string;
  /** `CHANNEL`, `BOT`, `GUILD` and `INTERACTION` stand for what exists. */
  readonly path: string;
  readonly body: unknown;
  /** Only Discord's own description shows it. */
  readonly needsDescription?: true;
};

const row = (...components: object[]) => [{ type: 1, components }];
const button = (given: object) => ({ type: 2, style: 1, label: "ok", custom_id: "a", ...given });
const message = (what: string, body: object, needsDescription?: true): Canary => ({
  what,
  method: "POST",
  path: "/channels/CHANNEL/messages",
  body,
  ...(needsDescription && { needsDescription }),
});
const commands = (what: string, body: unknown, needsDescription?: true): Canary => ({
  what,
  method: "PUT",
  path: "/applications/BOT/guilds/GUILD/commands",
  body,
  ...(needsDescription && { needsDescription }),
});
const callback = (what: string, body: object, needsDescription?: true): Canary => ({
  what,
  method: "POST",
  path: "/interactions/INTERACTION/callback",
  body,
  ...(needsDescription && { needsDescription }),
});
const modal = (given: object) => ({
  type: 9,
  data: {
    custom_id: "m",
    title: "T",
    components: [{ type: 18, label: "L", component: { type: 4, custom_id: "t", style: 2 } }],
    ...given,
  },
});
const option = (given: object) => ({ type: 3, name: "text", description: "d", ...given });
const command = (given: object) => ({ name: "teach", description: "d", type: 1, ...given });
const many = (count: number, make: (at: number) => object) =>
  Array.from({ length: count }, (_, at) => make(at));

export const canaries: readonly Canary[] = [
  message("no content at all", {}),
  message("content of blanks", { content: " \n " }),
  message("content of 2,001 characters", { content: "x".repeat(2_001) }),
  message("content that is a number", { content: 5 }, true),
  message("a nonce of 26 characters", { content: "x", nonce: "n".repeat(26) }),
  message("a button without custom_id", {
    content: "x",
    components: row({ type: 2, style: 1, label: "ok" }),
  }),
  message("a button without label", {
    content: "x",
    components: row({ type: 2, style: 1, custom_id: "a" }),
  }),
  message(
    "a label of 81 characters",
    { content: "x", components: row(button({ label: "x".repeat(81) })) },
    true,
  ),
  message("a custom_id of 101 characters", {
    content: "x",
    components: row(button({ custom_id: "x".repeat(101) })),
  }),
  message("the same custom_id twice", { content: "x", components: row(button({}), button({})) }),
  message(
    "six buttons in a row",
    { content: "x", components: row(...many(6, (at) => button({ custom_id: `a${at}` }))) },
    true,
  ),
  message("six rows", {
    content: "x",
    components: many(6, (at) => row(button({ custom_id: `a${at}` }))[0]!),
  }),
  message("a button outside of a row", { content: "x", components: [button({})] }, true),
  message("an embed title of 257 characters", { embeds: [{ title: "x".repeat(257) }] }, true),
  message("a reply to nothing", { content: "x", message_reference: { message_id: "1" } }),
  commands("a name with a blank", [command({ name: "two words" })]),
  commands("a name in capitals", [command({ name: "TEACH" })]),
  commands("a name of 33 characters", [command({ name: "x".repeat(33) })]),
  commands("no description", [{ name: "teach", type: 1 }]),
  commands("a description of 101 characters", [command({ description: "x".repeat(101) })]),
  commands("two commands of one name", [command({}), command({})]),
  commands(
    "sixteen message menus",
    many(16, (at) => ({ name: `m${at}`, type: 3 })),
  ),
  commands(
    "26 options",
    [command({ options: many(26, (at) => option({ name: `o${at}` })) })],
    true,
  ),
  commands("an unknown option type", [command({ options: [option({ type: 42 })] })], true),
  commands("a needed option after an optional one", [
    command({ options: [option({}), option({ name: "later", required: true })] }),
  ]),
  commands("a locale that does not exist", [command({ description_localizations: { rus: "d" } })]),
  commands("choices together with autocomplete", [
    command({ options: [option({ autocomplete: true, choices: [{ name: "a", value: "a" }] })] }),
  ]),
  callback("an unknown kind of answer", { type: 99 }, true),
  callback("a message of 2,001 characters", { type: 4, data: { content: "x".repeat(2_001) } }),
  callback("a modal title of 46 characters", modal({ title: "x".repeat(46) })),
  callback("a modal without fields", modal({ components: [] })),
  callback("26 choices for a command", {
    type: 8,
    data: { choices: many(26, (at) => ({ name: `c${at}`, value: "v" })) },
  }),
  {
    what: "a thread that is archived after 61 minutes",
    method: "POST",
    path: "/channels/CHANNEL/threads",
    body: { name: "n", type: 11, auto_archive_duration: 61 },
    needsDescription: true,
  },
  {
    what: "a route that does not exist",
    method: "POST",
    path: "/channels/CHANNEL/massages",
    body: { content: "x" },
  },
];
