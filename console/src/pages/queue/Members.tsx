// The cases that are decided with an incident, each with the way to its order.
import { Link } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { Section } from "../../kit/bits";
import { useWords } from "../../words";
import classes from "./members.module.css";

type Detail = Pick<Schemas["ExceptionDetail"], "members" | "member_count">;

export function Members({ of }: { of: Detail }) {
  const { t } = useWords();
  const members = of.members ?? [];
  if (members.length === 0) return null;
  const left = (of.member_count ?? 0) - members.length;
  return (
    <Section id="members" title={t("exception.members")}>
      <ul className={classes.members}>
        {members.map((each) => (
          <li key={`${each.stream}-${each.number}`}>
            <Link to="/orders/$order" params={{ order: each.order }}>
              {each.store_number || each.order}
            </Link>
          </li>
        ))}
        {left > 0 && <li>{t("exception.membersMore", { count: left })}</li>}
      </ul>
    </Section>
  );
}
