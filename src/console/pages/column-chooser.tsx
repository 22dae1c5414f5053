import { NativeSelect } from "@mantine/core";
import { useLanguage } from "./language.tsx";

const roles = ["question", "answer", "alternatives", "language", "tags"] as const;
/** Which column of a table holds what, by its name. */
export type ChosenColumns = { readonly [role in (typeof roles)[number]]?: string };

/** Whether enough is chosen to read a table. */
export const isEnough = ({ question, answer }: ChosenColumns): boolean =>
  question !== undefined && answer !== undefined;

type ColumnChooserProps = {
  readonly names: readonly string[];
  readonly chosen: ChosenColumns;
  onChoose(columns: ChosenColumns): void;
};

/** Asks which columns of a table hold the questions and the answers. */
export function ColumnChooser({ names, chosen, onChoose }: ColumnChooserProps) {
  const { t } = useLanguage();
  return (
    <fieldset className="import-columns">
      <legend>{t("import.columns")}</legend>
      {roles.map((role) => (
        <NativeSelect
          key={role}
          label={t(`import.column.${role}`)}
          value={chosen[role] ?? ""}
          data={[{ value: "", label: t("import.column.none") }, ...names]}
          onChange={({ currentTarget: { value } }) => {
            const { [role]: _before, ...others } = chosen;
            onChoose(value === "" ? others : { ...others, [role]: value });
          }}
        />
      ))}
    </fieldset>
  );
}
