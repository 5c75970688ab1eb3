// Who works a case, decides, may open a gate without evidence, and is told: drawn from the policy.
import { useSearch } from "@tanstack/react-router";
import type { Policy } from "../../api/policy";
import { Section, Tag, type Tone } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { useWords } from "../../words";
import { gateName } from "../order/names";
import { ProcedureSelect } from "./ProcedureSelect";
import classes from "./policy.module.css";
import { gateRows, reasonRows, rolesIn, type Part, type RaciRow } from "./roles";

const tones: Record<Part, Tone> = {
  works: "info",
  decides: "good",
  releases: "warn",
  told: "plain",
};
const parts: Part[] = ["works", "decides", "releases", "told"];

export function Raci({ policy }: { policy: Policy }) {
  const { t, name } = useWords();
  const { procedure } = useSearch({ from: "/signed-in/policy" });
  const gates = gateRows(policy, procedure);
  const others = reasonRows(policy);
  return (
    <>
      <dl className={classes.legend}>
        {parts.map((part) => (
          <div key={part}>
            <dt>
              <Tag tone={tones[part]}>{t(`policy.part.${part}`)}</Tag>
            </dt>
            <dd>{t(`policy.partNote.${part}`)}</dd>
          </div>
        ))}
      </dl>
      <Section
        id="raci-gates"
        title={t("policy.raciGates")}
        aside={<ProcedureSelect policy={policy} />}
      >
        <Table
          policy={policy}
          label={t("policy.raciGates")}
          rows={gates}
          head={t("policy.gate")}
          title={(row) => gateName(row.id)}
          note={(row) => (row.gate ? name("guards", row.gate.guards) : "")}
        />
      </Section>
      <Section id="raci-cases" title={t("policy.raciCases")}>
        <Table
          policy={policy}
          label={t("policy.raciCases")}
          rows={others}
          head={t("policy.reason")}
          title={(row) => name("reason", row.reason)}
        />
      </Section>
    </>
  );
}

function Table({
  policy,
  label,
  rows,
  head,
  title,
  note,
}: {
  policy: Policy;
  label: string;
  rows: RaciRow[];
  head: string;
  title: (row: RaciRow) => string;
  note?: (row: RaciRow) => string;
}) {
  const { t, name } = useWords();
  return (
    <DataTable
      label={label}
      rows={rows}
      idOf={(row) => row.id}
      columns={[
        {
          head,
          names: true,
          cell: (row) => (
            <>
              {title(row)} {note && <span className={classes.dim}>{note(row)}</span>}
            </>
          ),
        },
        ...rolesIn(policy, rows).map((role) => ({
          head: name("role", role),
          cell: (row: RaciRow) =>
            row.parts.get(role)?.map((part) => (
              <span key={part} className={classes.part}>
                <Tag tone={tones[part]}>{t(`policy.part.${part}`)}</Tag>
              </span>
            )) ?? <span className={classes.dim}>{t("form.none")}</span>,
        })),
      ]}
    />
  );
}
