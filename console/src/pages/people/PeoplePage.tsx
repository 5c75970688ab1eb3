// Who may sign in and what they may do: users, invitations, who covers what, the rights of roles.
import { useWords } from "../../words";
import { Section } from "../../kit/bits";
import classes from "../../kit/people.module.css";
import { Cover } from "./Cover";
import { Invitations } from "./Invitations";
import { Rights } from "./Rights";
import { Users } from "./Users";

export function PeoplePage() {
  const { t } = useWords();
  return (
    <div className={classes.page}>
      <h1>{t("people.title")}</h1>
      <Section id="users" title={t("people.users")}>
        <Users />
      </Section>
      <Section id="invitations" title={t("people.invitations")}>
        <Invitations />
      </Section>
      <Section id="cover" title={t("people.cover")}>
        <Cover />
      </Section>
      <Section id="rights" title={t("people.matrix")}>
        <Rights />
      </Section>
    </div>
  );
}
