// A table on a wide screen, cards on a narrow one. Roles are said outright, because cards are no
// longer laid out as a table; every value keeps the name of its column beside it.
import type { ReactNode } from "react";
import classes from "./kit.module.css";

export interface Column<Row> {
  head: string;
  cell: (row: Row, at: number) => ReactNode;
  /** Names the row. */
  names?: boolean;
}

export function DataTable<Row>({
  label,
  columns,
  rows,
  idOf,
}: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  idOf: (row: Row, at: number) => string | number;
}) {
  return (
    <table role="table" aria-label={label} className={classes.dataTable}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head }) => (
            <th key={head} role="columnheader" scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, at) => (
          <tr key={idOf(row, at)} role="row">
            {columns.map(({ head, cell, names }) =>
              names ? (
                <th key={head} role="rowheader" scope="row" data-label={head}>
                  <div>{cell(row, at)}</div>
                </th>
              ) : (
                <td key={head} role="cell" data-label={head}>
                  <div>{cell(row, at)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
