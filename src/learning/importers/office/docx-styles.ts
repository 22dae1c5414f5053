import type { ZipParts } from "../../../storage/zip-parts.ts";
import { relationsOf } from "./relations.ts";
import { readXml } from "./xml.ts";

/** What the paragraphs of a document lean on. */
export type DocxStyles = {
  /** The heading level of a style; 0 is the title of the document. */
  levelOf(style: string): number | undefined;
  isStrong(style: string): boolean;
  /** Whether a list's level is numbered; `undefined` when the list is not known. */
  isNumbered(list: string, depth: number): boolean | undefined;
  /** The list that a style puts its paragraphs in. */
  listOf(style: string): string | undefined;
  /** Where a link goes. */
  linkOf(id: string): string | undefined;
};

type Style = { name: string; based?: string; outline?: number; isStrong?: boolean; list?: string };

/** The styles, lists and links of a DOCX document. */
export async function readDocxStyles(zip: ZipParts, part: string): Promise<DocxStyles> {
  const relations = await relationsOf(zip, part);
  const targetOf = (type: string): string =>
    [...relations.values()].find((relation) => relation.type === type)?.target ?? "";
  const styles = await readStyles(zip, targetOf("styles"));
  const lists = await readLists(zip, targetOf("numbering"));
  const chain = function* (id: string): Generator<Style> {
    let style = styles.get(id);
    for (let steps = 0; style !== undefined && steps < 20; steps += 1) {
      yield style;
      style = style.based === undefined ? undefined : styles.get(style.based);
    }
  };
  const first = <Value>(id: string, read: (style: Style) => Value | undefined) =>
    chain(id)
      .map(read)
      .find((value) => value !== undefined);
  return {
    levelOf: (id) =>
      first(id, ({ name, outline }) => levelNamed(name) ?? outline) ?? levelNamed(id),
    isStrong: (id) => first(id, ({ isStrong }) => isStrong) ?? false,
    isNumbered: (list, depth) => lists.get(list)?.get(depth),
    listOf: (id) => first(id, ({ list }) => list),
    linkOf: (id) => relations.get(id)?.target,
  };
}

/** `heading 2`, `Heading2`, `Title`: the names do not change with the language of the program. */
function levelNamed(name: string): number | undefined {
  const plain = name.toLowerCase();
  if (plain === "title") return 0;
  const level = /^(?:heading|заголовок) ?([1-9])$/.exec(plain)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on. */
export const isOn = (value: string | undefined): boolean =>
  value !== "0" && value !== "false" && value !== "off";

async function readStyles(zip: ZipParts, part: string): Promise<Map<string, Style>> {
  const styles = new Map<string, Style>();
  let style: Style | undefined;
  await readXml(zip.read(part), {
    open(name, { styleId: id, val = "" }) {
      if (name === "style" && id !== undefined) styles.set(id, (style = { name: "" }));
      else if (style === undefined) return;
      else if (name === "name") style.name = val;
      else if (name === "basedOn") style.based = val;
      else if (name === "outlineLvl" && Number(val) < 9) style.outline = Number(val) + 1;
      else if (name === "b") style.isStrong = isOn(val);
      else if (name === "numId") style.list = val;
    },
    close(name) {
      if (name === "style") style = undefined;
    },
  });
  return styles;
}

/** For each list whether its levels are numbered. */
async function readLists(
  zip: ZipParts,
  part: string,
): Promise<Map<string, ReadonlyMap<number, boolean>>> {
  const kinds = new Map<string, Map<number, boolean>>();
  const lists = new Map<string, ReadonlyMap<number, boolean>>();
  let [kind, level, list] = [new Map<number, boolean>(), 0, ""];
  await readXml(zip.read(part), {
    open(name, attributes) {
      const { val = "" } = attributes;
      if (name === "abstractNum")
        kinds.set(attributes["abstractNumId"] ?? "", (kind = new Map<number, boolean>()));
      else if (name === "lvl") level = Number(attributes["ilvl"] ?? 0);
      else if (name === "numFmt") kind.set(level, val !== "bullet" && val !== "none");
      else if (name === "num") list = attributes["numId"] ?? "";
      else if (name === "abstractNumId") lists.set(list, kinds.get(val) ?? new Map());
    },
  });
  return lists;
}
