// Who may sign in and what they may do: users, invitations, who covers what, the rights of roles.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { access, invitations, users } from "../../api/people";
import { accounts, owners } from "../../api/queries";
import { Section } from "../../kit/bits";
import classes from "../../kit/people.module.css";
import { Loading } from "../../kit/states";
import { useWords } from "../../words";
import { Cover } from "./Cover";
import { Invitations } from "./Invitations";
import { Rights } from "./Rights";
import { Users } from "./Users";

export function PeoplePage() {
  const { t } = useWords();
  // Drawn in one go, so that no part moves another; one that fails says so in its place.
  const parts = [
    useQuery(users),
    useQuery(invitations),
    useQuery(owners),
    useQuery(access),
    useQuery(accounts),
  ];
  const waiting = parts.some((part) => part.isPending);
  // Once drawn it stays: a part that is asked again waits in its own place.
  const [drawn, setDrawn] = useState(!waiting);
  if (!drawn && !waiting) setDrawn(true);
  if (!drawn) return <Loading rows={8} title />;
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
