import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Json } from "../../../core/reply.ts";
import type { CommandCall } from "../../../core/message.ts";
import { api } from "../api.ts";
import type { CommandReply } from "../api-types.ts";
import { useLanguage } from "../language.tsx";
import { Markdown } from "../markdown.tsx";
import { Problem } from "../problem.tsx";
import { addressOf } from "../use-place.ts";

type CommandButtonProps = { readonly label: string; readonly call: CommandCall };

/** A button that runs a command, shows what it says, and offers the buttons it gives. */
export function CommandButton({ label, call }: CommandButtonProps) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [reply, setReply] = useState<CommandReply>();
  /** What was pressed: by the time of its reply the button may be another one. */
  const [pressed, setPressed] = useState(label);
  const running = useMutation({
    mutationFn: async ({ name, values }: CommandCall): Promise<CommandReply> => {
      const json = { values: values as Record<string, Json> };
      return (await api.commands[":name"].$post({ param: { name }, json })).json();
    },
    onSuccess(given) {
      if (given.jobId === undefined) setReply(given);
      else location.hash = addressOf("jobs", given.jobId);
      return queries.invalidateQueries();
    },
  });
  const press = (name: string, command: CommandCall): void => {
    setPressed(name);
    running.mutate(command);
  };
  const close = (): void => {
    setReply(undefined);
    running.reset();
  };
  const isOpen = reply !== undefined || running.error !== null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={running.isPending && !isOpen}
        onClick={() => press(label, call)}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        size="lg"
        title={pressed}
        lockScroll={false}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <div className="command-reply">
          {reply && <Markdown text={reply.text} />}
          <Problem error={running.error} />
          <div className="form-actions">
            {reply?.buttons?.map((button) => (
              <Button
                key={button.label}
                variant={button.style === "good" ? "filled" : "default"}
                loading={running.isPending}
                onClick={() => press(button.label, button.call)}
              >
                {button.label}
              </Button>
            ))}
            <Button variant="subtle" color="gray" onClick={close}>
              {t("close")}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
