// Invitations nobody has followed yet, and a new one, whose link is shown once.
import { TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { invitations, invite, withdrawInvitation, type Invitation } from "../../api/people";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { When } from "../../kit/bits";
import { RoleChoices, storesOf, StoreChoices, ticked, typedText } from "../../kit/Choices";
import { DataTable } from "../../kit/DataTable";
import { RoleNames, StoreNames } from "../../kit/Names";
import classes from "../../kit/people.module.css";
import { ShownOnce } from "../../kit/ShownOnce";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";

export function Invitations() {
  const { t } = useWords();
  const cache = useQueryClient();
  const found = useQuery(invitations);
  const [made, setMade] = useState<{ name: string; link: string }>();
  const changed = () => cache.invalidateQueries({ queryKey: invitations.queryKey });
  return (
    <>
      {found.isPending && <Loading rows={1} />}
      {found.isError && !found.data && (
        <Failed
          error={found.error}
          what={t("people.invitations")}
          retry={() => void found.refetch()}
        />
      )}
      {found.data?.items.length === 0 && (
        <p className={classes.lead}>{t("people.noInvitations")}</p>
      )}
      {found.data && found.data.items.length > 0 && (
        <Table rows={found.data.items} changed={changed} />
      )}
      {made && (
        <ShownOnce
          title={t("people.link", { name: made.name })}
          secret={made.link}
          done={() => setMade(undefined)}
        />
      )}
      <div className={classes.deeds}>
        <ActionForm
          title={t("people.invite")}
          note={t("people.inviteNote")}
          wrong={(typed) => {
            if (ticked(typed, "roles").length === 0) return t("people.chooseRole");
            return storesOf(typed) ? undefined : t("people.chooseStore");
          }}
          run={async (typed, key) => {
            const name = typedText(typed, "name");
            const roles = ticked(typed, "roles");
            const { link } = await invite({ name, roles, stores: storesOf(typed) ?? [] }, key);
            setMade({ name, link });
            announce(t("people.invited", { name }));
            await changed();
          }}
        >
          <TextInput
            name="name"
            label={t("people.name")}
            maxLength={100}
            autoComplete="off"
            required
            autoFocus
          />
          <RoleChoices />
          <StoreChoices />
        </ActionForm>
      </div>
    </>
  );
}

function Table({ rows, changed }: { rows: Invitation[]; changed: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <DataTable
      label={t("people.invitations")}
      rows={rows}
      idOf={(each) => each.id}
      columns={[
        { head: t("people.name"), names: true, cell: (each) => each.name },
        { head: t("people.roles"), cell: (each) => <RoleNames roles={each.roles} /> },
        { head: t("people.stores"), cell: (each) => <StoreNames stores={each.stores} /> },
        { head: t("people.invitedBy"), cell: (each) => each.invited_by },
        { head: t("people.until"), cell: (each) => <When at={each.expires_at} /> },
        {
          head: t("people.withdraw"),
          cell: (each) => (
            <ActionForm
              title={t("people.withdraw")}
              about={t("people.withdrawOf", { name: each.name })}
              danger
              run={async () => {
                await withdrawInvitation(each.id);
                announce(t("people.withdrawn", { name: each.name }));
                await changed();
              }}
            />
          ),
        },
      ]}
    />
  );
}
