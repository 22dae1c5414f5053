import { Button, Drawer, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import type { Receipt } from "./api-types.ts";
import { ExampleList } from "./example-list.tsx";
import { Icon } from "./icons.tsx";
import { useLanguage } from "./language.tsx";
import { Problem } from "./problem.tsx";
import { ReceiptLine } from "./receipt-line.tsx";
import { TeachForm } from "./teach-form.tsx";

const pageSize = 30;

type KnowledgePanelProps = { readonly opened: boolean; onClose(): void };

/** Everything that was taught: search, teach more, download. */
export function KnowledgePanel({ opened, onClose }: KnowledgePanelProps) {
  const { t } = useLanguage();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={440}
      title={t("header.knowledge")}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Knowledge />
    </Drawer>
  );
}

function Knowledge() {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [teaching, setTeaching] = useState(false);
  const [receipt, setReceipt] = useState<Receipt>();
  const found = useInfiniteQuery({
    queryKey: ["examples", search],
    queryFn: async ({ pageParam: before }) => {
      const query = {
        limit: String(pageSize),
        ...(search && { search }),
        ...(before && { before }),
      };
      return await (await api.examples.$get({ query })).json();
    },
    initialPageParam: "",
    getNextPageParam: ({ examples: last }) =>
      last.length === pageSize ? last.at(-1)?.id : undefined,
    placeholderData: keepPreviousData,
  });
  const pages = found.data?.pages ?? [];
  const examples = pages.flatMap((page) => page.examples);
  const related = pages[0]?.related ?? [];
  return (
    <div className="knowledge">
      <TextInput
        type="search"
        data-autofocus
        aria-label={t("knowledge.search")}
        placeholder={t("knowledge.search")}
        leftSection={<Icon name="search" size={16} />}
        dir="auto"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {teaching ? (
        <TeachForm
          prompt=""
          onCancel={() => setTeaching(false)}
          onLearned={(given) => {
            setReceipt(given);
            setTeaching(false);
            void queries.invalidateQueries();
          }}
        />
      ) : (
        <div className="knowledge-actions">
          <Button
            size="xs"
            variant="light"
            leftSection={<Icon name="fresh" size={15} />}
            onClick={() => setTeaching(true)}
          >
            {t("knowledge.teach")}
          </Button>
          <Button size="xs" variant="subtle" color="gray" component="a" href="/api/export" download>
            {t("knowledge.export")}
          </Button>
        </div>
      )}
      {receipt && <ReceiptLine key={receipt.actionId} receipt={receipt} />}
      <Problem error={found.error} />
      {found.isPending && <Loader size="sm" />}
      {found.isSuccess && examples.length === 0 && (
        <p className="knowledge-empty">
          {search ? t("knowledge.nothing-found", { search }) : t("knowledge.empty")}
        </p>
      )}
      <ExampleList examples={examples} />
      {found.hasNextPage && (
        <Button
          size="sm"
          variant="default"
          fullWidth
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("knowledge.more")}
        </Button>
      )}
      {related.length > 0 && (
        <>
          <p className="quiet">{t("knowledge.related")}</p>
          <ExampleList examples={related} />
        </>
      )}
    </div>
  );
}
