// To whom a case goes: oneself first, then who is on the roster, then everybody else of its store.
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { everyColleague } from "../../api/orders";
import { owners, session } from "../../api/queries";
import { Failed } from "../../kit/states";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import { newOwners } from "./decide";
import { called, useDecided, type Props } from "./DecisionForm";

export function AssignForm({ back, ...props }: Props) {
  const { exception } = props;
  const { t } = useWords();
  const me = useQuery(session).data?.user.name ?? "";
  const roster = useQuery(owners);
  const others = useQuery(everyColleague(exception.channel));
  const decide = useDecided(props);
  const found = newOwners(
    exception.owner,
    me,
    roster.data?.items ?? [],
    (others.data?.items ?? []).map((each) => each.name),
  );
  const named = (owner: string, covering: boolean) =>
    owner === me
      ? t("exception.assignMe", { owner })
      : covering
        ? t("exception.covering", { owner })
        : owner;
  const group = (title: string, all: typeof found.others) =>
    all.length === 0
      ? []
      : [
          {
            group: title,
            items: all.map((each) => ({
              value: each.owner,
              label: named(each.owner, each.covering),
            })),
          },
        ];
  return (
    <ActionForm
      title={t("exception.assign")}
      submitLabel={t("exception.assign")}
      back={back}
      pending={decide.pending}
      error={decide.error}
      ready={found.roster.length + found.others.length > 0}
      submit={(form) => {
        const owner = String(form.get("owner"));
        const says = t("exception.assigned", { number: called(exception), owner });
        decide.now({ kind: "assign", body: { owner } }, says);
      }}
    >
      {roster.isError && <Failed error={roster.error} retry={() => void roster.refetch()} />}
      {!roster.isPending && (
        <NativeSelect
          name="owner"
          label={t("exception.assignTo")}
          autoFocus
          data={[
            ...group(t("exception.assignRoster"), found.roster),
            ...group(t("exception.assignOthers"), found.others),
          ]}
        />
      )}
    </ActionForm>
  );
}
