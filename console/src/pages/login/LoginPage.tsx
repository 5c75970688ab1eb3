// Signing in: name and password, then a one-time code where the account asks for one.
import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { asApiError } from "../../api/problem";
import { login, session } from "../../api/queries";
import { CodeField, codeOf } from "../../kit/CodeField";
import { span } from "../../kit/format";
import { PasswordField } from "../../kit/PasswordField";
import { LanguageChoice } from "../../kit/PersonMenu";
import { useProblemText } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./login.module.css";

interface Credentials {
  user: string;
  password: string;
}

export function LoginPage() {
  const say = useWords();
  const { t } = say;
  const problemText = useProblemText();
  const cache = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/login" });
  // What was right so far, while the code is asked for; nowhere but here.
  const [proven, setProven] = useState<Credentials>();
  const signIn = useMutation({
    mutationFn: login,
    onSuccess: async (me) => {
      // Whoever was signed in here before, nothing of theirs is shown.
      cache.clear();
      cache.setQueryData(session.queryKey, me);
      router.history.push(safeNext(next));
      await router.invalidate();
    },
    onError: (thrown, { user, password }) => {
      if (asApiError(thrown).code === "code_needed") setProven({ user, password });
    },
  });
  const failed = signIn.isError && asApiError(signIn.error).code !== "code_needed";

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (signIn.isPending) return;
    const typed = new FormData(event.currentTarget);
    if (proven) return signIn.mutate({ ...proven, code: codeOf(typed) });
    signIn.mutate({ user: String(typed.get("user")), password: String(typed.get("password")) });
  }

  function startAgain(): void {
    setProven(undefined);
    signIn.reset();
  }

  function why(thrown: unknown): string {
    const { code, waitMs } = asApiError(thrown);
    if (code === "too_many_attempts") {
      return waitMs ? t("login.wait", { span: span(waitMs, say) }) : t("login.tooMany");
    }
    if (proven && code === "wrong_credentials") return t("login.codeWrong");
    if (code === "wrong_credentials" || code === "not_signed_in") return t("login.wrong");
    return problemText(thrown).title;
  }

  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit} aria-labelledby="login-title">
        <p className={classes.brand}>{t("app.name")}</p>
        <h1 id="login-title">{t("login.title")}</h1>
        {proven ? (
          <CodeField key="code" label={t("login.code")} />
        ) : (
          <>
            <TextInput
              name="user"
              label={t("login.user")}
              autoComplete="username"
              maxLength={200}
              required
              autoFocus
            />
            <PasswordField
              name="password"
              label={t("login.password")}
              autoComplete="current-password"
            />
          </>
        )}
        {failed && (
          <Alert color="red" role="alert">
            {why(signIn.error)}
          </Alert>
        )}
        <Button type="submit" loading={signIn.isPending}>
          {t("login.submit")}
        </Button>
        {proven && (
          <Button variant="subtle" onClick={startAgain}>
            {t("login.again")}
          </Button>
        )}
        <LanguageChoice />
      </form>
    </main>
  );
}

/** Only addresses of this console: a link must not lead a fresh session elsewhere. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/";
}
