import type { Language } from "../core/language.ts";
import { effectButtons, effectWords } from "../commands/effect.ts";
import type { Receipt } from "../learning/teaching.ts";
import type { TextKey } from "../texts/en.ts";
import { say, type TextValues } from "../texts/say.ts";

/** A receipt with the words of what it did to the answers, and what can be said about that. */
export type ToldReceipt = Receipt & {
  readonly words?: string;
  readonly buttons?: readonly ToldButton[];
};

/** A command that a press runs. */
export type ToldButton = {
  readonly label: string;
  readonly call: { readonly name: string; readonly values: Readonly<Record<string, string>> };
};

/** Tells what teaching did in the language of whoever reads it. */
export function toldReceipt(receipt: Receipt, language: Language): ToldReceipt {
  const { effect } = receipt;
  if (!effect) return receipt;
  const reader = { say: (key: TextKey, values?: TextValues) => say(language, key, values) };
  const buttons = effectButtons({ ...receipt, effect }, reader).map(({ label, call }) => ({
    label,
    call: {
      name: call.name,
      values: Object.fromEntries(
        Object.entries(call.values).map(([name, value]) => [name, String(value)]),
      ),
    },
  }));
  return {
    ...receipt,
    words: effectWords({ ...receipt, effect }, reader),
    ...(buttons.length > 0 && { buttons }),
  };
}
