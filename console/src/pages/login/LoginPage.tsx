// Signing in.
import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { asApiError } from "../../api/problem";
import { login, session } from "../../api/queries";
import { LanguageChoice } from "../../kit/PersonMenu";
import { useProblemText } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./login.module.css";

export function LoginPage() {
  const { t } = useWords();
  const problemText = useProblemText();
  const cache = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/login" });
  const signIn = useMutation({
    mutationFn: login,
    onSuccess: async (me) => {
      cache.setQueryData(session.queryKey, me);
      router.history.push(safeNext(next));
      await router.invalidate();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    signIn.mutate({ user: String(typed.get("user")), password: String(typed.get("password")) });
  }

  function why(thrown: unknown): string {
    const { code } = asApiError(thrown);
    if (code === "wrong_credentials" || code === "not_signed_in") return t("login.wrong");
    if (code === "too_many_attempts") return t("login.tooMany");
    return problemText(thrown).title;
  }

  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit} aria-labelledby="login-title">
        <p className={classes.brand}>{t("app.name")}</p>
        <h1 id="login-title">{t("login.title")}</h1>
        <TextInput name="user" label={t("login.user")} autoComplete="username" required autoFocus />
        <PasswordInput
          name="password"
          label={t("login.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("login.show"), tabIndex: 0 }}
          required
        />
        {signIn.isError && (
          <Alert color="red" role="alert">
            {why(signIn.error)}
          </Alert>
        )}
        <Button type="submit" loading={signIn.isPending}>
          {t("login.submit")}
        </Button>
        <LanguageChoice />
      </form>
    </main>
  );
}

/** Only addresses of this console: a link must not lead a fresh session elsewhere. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/";
}
