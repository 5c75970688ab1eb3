// The second factor: set up with an authenticator app, or turned off with the password.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import {
  browsers,
  confirmSecondFactor,
  removeSecondFactor,
  startSecondFactor,
} from "../../api/people";
import { session } from "../../api/queries";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { CodeField, codeOf } from "../../kit/CodeField";
import { PasswordField } from "../../kit/PasswordField";
import classes from "../../kit/people.module.css";
import { Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";

// The library that draws it is not small, and few set this up twice.
const QrCode = lazy(async () => ({ default: (await import("./QrCode")).QrCode }));

export function SecondFactor({ on }: { on: boolean }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [setUp, setSetUp] = useState<Schemas["SecondFactor"]>();
  const start = useMutation({
    mutationFn: () => startSecondFactor(newKey()),
    onSuccess: setSetUp,
  });

  async function changed(text: string): Promise<void> {
    setSetUp(undefined);
    announce(text);
    await cache.invalidateQueries({ queryKey: session.queryKey });
    await cache.invalidateQueries({ queryKey: browsers().queryKey });
  }

  if (on) {
    return (
      <>
        <p className={classes.lead}>{t("account.factorOn")}</p>
        <div className={classes.deeds}>
          <ActionForm
            title={t("account.factorRemove")}
            note={t("account.factorRemoveNote")}
            danger
            run={async (typed, key) => {
              await removeSecondFactor(String(typed.get("now")), key);
              await changed(t("account.factorIsOff"));
            }}
          >
            <PasswordField
              name="now"
              label={t("account.passwordNow")}
              autoComplete="current-password"
              autoFocus
            />
          </ActionForm>
        </div>
      </>
    );
  }
  if (setUp) {
    return (
      <Confirm
        setUp={setUp}
        done={() => changed(t("account.factorIsOn"))}
        back={() => setSetUp(undefined)}
      />
    );
  }
  return (
    <>
      <p className={classes.lead}>{t("account.factorOff")}</p>
      {start.isError && <Problem error={start.error} />}
      <div className={classes.deeds}>
        <Button
          size="compact-sm"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("account.factorStart")}
        </Button>
      </div>
    </>
  );
}

function Confirm({
  setUp,
  done,
  back,
}: {
  setUp: Schemas["SecondFactor"];
  done: () => Promise<void>;
  back: () => void;
}) {
  const { t } = useWords();
  const confirm = useMutation({
    // Each code is a try of its own.
    mutationFn: (code: string) => confirmSecondFactor(code, newKey()),
    onSuccess: done,
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate(codeOf(new FormData(event.currentTarget)));
  }

  return (
    <form className={classes.factor} onSubmit={submit} aria-label={t("account.factorStart")}>
      <p className={classes.lead}>{t("account.factorScan")}</p>
      <Suspense fallback={<Loading rows={3} />}>
        <QrCode text={setUp.address} label={t("account.factorQr")} />
      </Suspense>
      <p>
        {t("account.factorSecret")}:{" "}
        <code className={classes.onceText} data-secret>
          {setUp.secret}
        </code>
      </p>
      <CodeField label={t("account.factorCode")} />
      {confirm.isError && <Problem error={confirm.error} />}
      <div className={classes.foot}>
        <Button type="submit" size="sm" loading={confirm.isPending}>
          {t("account.factorConfirm")}
        </Button>
        <Button size="sm" variant="subtle" onClick={back}>
          {t("form.cancel")}
        </Button>
      </div>
    </form>
  );
}
