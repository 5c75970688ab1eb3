// Following an invitation. Its token stands behind the # of the address, which no browser sends
// anywhere; it leaves this page in bodies only.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import type { Schemas } from "../../api/client";
import { invitationOf, join } from "../../api/people";
import { asApiError } from "../../api/problem";
import { session } from "../../api/queries";
import { Facts, When } from "../../kit/bits";
import { NewPassword, passwordWrong } from "../../kit/NewPassword";
import own from "../../kit/people.module.css";
import { LanguageChoice } from "../../kit/PersonMenu";
import { Failed, Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./login.module.css";

export function JoinPage() {
  const { t } = useWords();
  const token = useRouterState({ select: (state) => state.location.hash });
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.brand}>{t("app.name")}</p>
        <h1>{t("join.title")}</h1>
        {token ? <Invited key={token} token={token} /> : <p>{t("join.noToken")}</p>}
        <LanguageChoice />
      </div>
    </main>
  );
}

function Invited({ token }: { token: string }) {
  const { t } = useWords();
  const found = useQuery(invitationOf(token));
  if (found.isPending) return <Loading rows={3} />;
  if (found.data) return <Joining token={token} invitation={found.data} />;
  if (asApiError(found.error).code === "not_found") return <p role="alert">{t("join.over")}</p>;
  return <Failed error={found.error} retry={() => void found.refetch()} />;
}

function Joining({ token, invitation }: { token: string; invitation: Schemas["Invitation"] }) {
  const { t, name } = useWords();
  const cache = useQueryClient();
  const router = useRouter();
  const [refused, setRefused] = useState<string>();
  const enter = useMutation({
    mutationFn: (password: string) => join(token, password),
    onSuccess: async (me) => {
      // Whoever was signed in here before, nothing of theirs is shown.
      cache.clear();
      cache.setQueryData(session.queryKey, me);
      // The token is used up: it need not stay in the browser's history.
      router.history.replace("/");
      await router.invalidate();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const why = passwordWrong(typed, t);
    setRefused(why);
    if (!why && !enter.isPending) enter.mutate(String(typed.get("password")));
  }

  const { roles, stores } = invitation;
  return (
    <form className={classes.steps} onSubmit={submit} aria-label={t("join.title")}>
      <p>{t("join.by", { who: invitation.invited_by })}</p>
      <Facts
        facts={[
          { name: t("join.name"), value: invitation.name, wide: true },
          {
            name: t("people.roles"),
            value: roles.map((role) => name("role", role)).join(", "),
            wide: true,
          },
          {
            name: t("people.stores"),
            value: stores.join(", ") || t("people.allStores"),
            wide: true,
          },
          { name: t("join.until"), value: <When at={invitation.expires_at} />, wide: true },
        ]}
      />
      {/* For password managers, which keep a password beside its name. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={invitation.name}
        readOnly
        hidden
      />
      <NewPassword label={t("join.password")} again={t("join.passwordAgain")} autoFocus />
      {refused && (
        <p role="alert" className={own.wrong}>
          {refused}
        </p>
      )}
      {enter.isError && <Problem error={enter.error} />}
      <Button type="submit" loading={enter.isPending}>
        {t("join.submit")}
      </Button>
    </form>
  );
}
