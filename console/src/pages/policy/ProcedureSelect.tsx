// Which procedure is looked at; the choice stands in the address.
import { NativeSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Policy } from "../../api/policy";
import { useWords } from "../../words";
import classes from "./policy.module.css";
import { procedureOf } from "./roles";

export function ProcedureSelect({ policy }: { policy: Policy }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/policy" });
  const chosen = procedureOf(policy, search.procedure);
  return (
    <NativeSelect
      className={classes.select}
      label={t("policy.procedure")}
      value={chosen?.procedure ?? ""}
      onChange={(event) => {
        const procedure = event.currentTarget.value;
        void navigate({ to: "/policy", search: { ...search, procedure }, replace: true });
      }}
      data={policy.procedures.map((each) => ({
        value: each.procedure,
        label: name("procedureName", each.procedure),
      }))}
    />
  );
}
