import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "hi",
  about: "command.hi",
  needs: "member",
  ignoresWords: true,
  options: {},
  async run(_values, { message, examples, prefix, say }) {
    const { active } = await examples.count(message.workspace);
    const text = active === 0 ? say("hi.new", { prefix }) : say("hi", { count: active, prefix });
    return { text, data: { taught: active } };
  },
});
