// Rights by role, as rows of yes and no.
import type { Access, Right } from "../../api/people";

/** Every right there is, from what most have to what few have. */
export const rights = [
  "read",
  "notes",
  "decide",
  "buyers",
  "station",
  "override",
  "export",
  "messages",
  "tokens",
  "audit",
  "policy",
  "connections",
  "people",
] as const satisfies readonly Right[];

export interface Matrix {
  roles: string[];
  rows: { right: string; may: boolean[] }[];
}

/** A right the policy names and we do not know stands last rather than being left out. */
export function matrixOf({ access }: Access): Matrix {
  const named = access.flatMap((each) => each.rights);
  const all = new Set<string>([...rights, ...named]);
  return {
    roles: access.map((each) => each.role),
    rows: [...all].map((right) => ({
      right,
      may: access.map((each) => each.rights.includes(right)),
    })),
  };
}
