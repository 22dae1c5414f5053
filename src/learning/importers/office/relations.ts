import type { ZipParts } from "../../../storage/zip-parts.ts";
import { readXml } from "./xml.ts";

/** The parts that a part of an Office file names, by the ids it calls them. */
export async function relationsOf(
  zip: ZipParts,
  part: string,
): Promise<ReadonlyMap<string, { readonly type: string; readonly target: string }>> {
  const relations = new Map<string, { type: string; target: string }>();
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  await readXml(zip.read(`${folder}_rels/${part.slice(folder.length)}.rels`), {
    open(name, { Id: id, Type: type = "", Target: target, TargetMode: mode }) {
      if (name !== "Relationship" || id === undefined || target === undefined) return;
      const path = mode === "External" ? target : joined(folder, target);
      relations.set(id, { type: type.slice(type.lastIndexOf("/") + 1), target: path });
    },
  });
  return relations;
}

/** A part's name beside the folder that names it. */
function joined(folder: string, target: string): string {
  const plain = target.replaceAll("\\", "/");
  const path: string[] = [];
  for (const step of (plain.startsWith("/") ? plain : folder + plain).split("/")) {
    if (step === "..") path.pop();
    else if (step !== "" && step !== ".") path.push(step);
  }
  return path.join("/");
}

/** The main part of an Office file, e.g. `word/document.xml`. */
export async function mainPart(zip: ZipParts): Promise<string | undefined> {
  const relations = await relationsOf(zip, "");
  const named = [...relations.values()].find(({ type }) => type === "officeDocument")?.target;
  return [named, "word/document.xml", "xl/workbook.xml"].find(
    (part) => part !== undefined && zip.has(part),
  );
}
