// The policy's rights by role, and the decisions that take more, as tables anybody can read.
import { useQuery } from "@tanstack/react-query";
import { access, type Access } from "../../api/people";
import { Money } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { RoleNames, StoreNames } from "../../kit/Names";
import classes from "../../kit/people.module.css";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { matrixOf } from "./matrix";

export function Rights() {
  const { t } = useWords();
  const found = useQuery(access);
  if (found.isPending) return <Loading rows={4} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("people.matrix")} retry={retry} />;
  }
  return (
    <>
      <p className={classes.lead}>{t("people.matrixNote")}</p>
      <Matrix of={found.data} />
      <h3>{t("people.authority")}</h3>
      <Authority of={found.data} />
    </>
  );
}

function Matrix({ of }: { of: Access }) {
  const { t, name } = useWords();
  const { roles, rows } = matrixOf(of);
  return (
    // Wider than a phone: it scrolls by itself, by keyboard too.
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("people.matrix")}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("people.right")}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {name("role", role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ right, may }) => (
            <tr key={right}>
              <th scope="row">{name("right", right)}</th>
              {may.map((yes, at) => (
                <td key={roles[at]} data-may={yes}>
                  {t(yes ? "people.may" : "people.mayNot")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Authority({ of }: { of: Access }) {
  const { t, name } = useWords();
  if (of.authority.length === 0) return <p className={classes.dim}>{t("people.authorityNone")}</p>;
  return (
    <>
      <p className={classes.lead}>{t("people.authorityNote")}</p>
      <DataTable
        label={t("people.authority")}
        rows={of.authority}
        idOf={(_, at) => at}
        columns={[
          { head: t("people.act"), names: true, cell: (each) => name("verb", each.act) },
          {
            head: t("people.about"),
            cell: (each) => (each.reason ? name("reason", each.reason) : t("people.anything")),
          },
          {
            head: t("people.store"),
            cell: (each) => <StoreNames stores={each.store ? [each.store] : []} />,
          },
          {
            head: t("people.upTo"),
            cell: (each) => (each.up_to ? <Money amount={each.up_to} /> : t("people.anyAmount")),
          },
          { head: t("people.who"), cell: (each) => <RoleNames roles={each.roles} /> },
        ]}
      />
    </>
  );
}
