// Tokens of programs: made with some of one's rights, shown once, revoked.
import { TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  createToken,
  dayStart,
  revokeToken,
  tokens,
  type Right,
  type Token,
} from "../../api/people";
import { session } from "../../api/queries";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { When } from "../../kit/bits";
import { Choices, storesOf, StoreChoices, ticked, typedText } from "../../kit/Choices";
import { DataTable } from "../../kit/DataTable";
import { StoreNames } from "../../kit/Names";
import { useNow } from "../../kit/now";
import classes from "../../kit/people.module.css";
import { ShownOnce } from "../../kit/ShownOnce";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { dayOf } from "./days";

/** The server takes 400 days; a last day ends at midnight. */
const mostDays = 399;
const usualDays = 90;

export function TokensPage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const found = useQuery(tokens);
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const changed = () => cache.invalidateQueries({ queryKey: tokens.queryKey });
  return (
    <div className={classes.page}>
      <h1>{t("tokens.title")}</h1>
      <p className={classes.lead}>{t("tokens.lead")}</p>
      {made && (
        <ShownOnce
          title={t("tokens.secret", { name: made.name })}
          secret={made.secret}
          done={() => setMade(undefined)}
        />
      )}
      <NewToken
        made={async (name, secret) => {
          setMade({ name, secret });
          announce(t("tokens.made", { name }));
          await changed();
        }}
      />
      {found.isPending && <Loading rows={3} />}
      {found.isError && !found.data && (
        <Failed error={found.error} what={t("tokens.title")} retry={() => void found.refetch()} />
      )}
      {found.data?.items.length === 0 && <Empty>{t("tokens.none")}</Empty>}
      {found.data && found.data.items.length > 0 && (
        <Table rows={found.data.items} changed={changed} />
      )}
    </div>
  );
}

function NewToken({ made }: { made: (name: string, secret: string) => Promise<void> }) {
  const { t, name } = useWords();
  const now = useNow();
  const rights = useQuery(session).data?.rights ?? [];
  return (
    <div className={classes.deeds}>
      <ActionForm
        title={t("tokens.create")}
        note={t("tokens.createNote")}
        wrong={(typed) => {
          if (ticked(typed, "scopes").length === 0) return t("tokens.chooseScope");
          return storesOf(typed) ? undefined : t("people.chooseStore");
        }}
        run={async (typed, key) => {
          const wish = {
            name: typedText(typed, "name"),
            scopes: ticked(typed, "scopes") as Right[],
            stores: storesOf(typed) ?? [],
            // Until the end of that day.
            expires_at: dayStart(typedText(typed, "day"), 1) ?? "",
          };
          const { secret } = await createToken(wish, key);
          await made(wish.name, secret);
        }}
      >
        <TextInput
          name="name"
          label={t("tokens.name")}
          maxLength={100}
          autoComplete="off"
          required
          autoFocus
        />
        <Choices
          name="scopes"
          legend={t("tokens.scopes")}
          choices={rights.map((right) => ({ value: right, label: name("right", right) }))}
        />
        <StoreChoices />
        <TextInput
          name="day"
          type="date"
          label={t("tokens.day")}
          description={t("tokens.dayHelp")}
          defaultValue={dayOf(now, usualDays)}
          min={dayOf(now)}
          max={dayOf(now, mostDays)}
          required
        />
      </ActionForm>
    </div>
  );
}

function Table({ rows, changed }: { rows: Token[]; changed: () => Promise<void> }) {
  const { t, name } = useWords();
  return (
    <DataTable
      label={t("tokens.title")}
      rows={rows}
      idOf={(each) => each.id}
      columns={[
        { head: t("tokens.name"), names: true, cell: (each) => each.name },
        {
          head: t("tokens.scopes"),
          cell: (each) => each.scopes.map((right) => name("right", right)).join("; "),
        },
        { head: t("tokens.stores"), cell: (each) => <StoreNames stores={each.stores} /> },
        { head: t("tokens.by"), cell: (each) => each.created_by },
        { head: t("tokens.expires"), cell: (each) => <When at={each.expires_at} /> },
        {
          head: t("tokens.used"),
          cell: (each) =>
            each.last_used_at ? <When at={each.last_used_at} relative /> : t("tokens.never"),
        },
        {
          head: t("tokens.revoke"),
          cell: (each) => (
            <ActionForm
              title={t("tokens.revoke")}
              about={t("tokens.revokeOf", { name: each.name })}
              note={t("tokens.revokeNote")}
              danger
              run={async () => {
                await revokeToken(each.id);
                announce(t("tokens.revoked", { name: each.name }));
                await changed();
              }}
            />
          ),
        },
      ]}
    />
  );
}
