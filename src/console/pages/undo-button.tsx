import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useAnnounce } from "./announce.ts";
import { api } from "./api.ts";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { Problem } from "./problem.tsx";

type UndoButtonProps = {
  readonly actionId: string;
  onUndone?(): void;
};

/** Takes back one act of teaching, and says that it did. */
export function UndoButton({ actionId, onUndone }: UndoButtonProps) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: async () =>
      (await api.actions[":id"].undo.$post({ param: { id: actionId } })).json(),
    onSuccess: () => {
      announce(t("receipt.undone"));
      onUndone?.();
      return queries.invalidateQueries();
    },
  });
  if (undo.isSuccess) return <span className="quiet">{t("receipt.undone")}</span>;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<Icon name="undo" size={15} />}
        loading={undo.isPending}
        onClick={() => undo.mutate()}
      >
        {t("receipt.undo")}
      </Button>
      <Problem error={undo.error} />
    </>
  );
}
