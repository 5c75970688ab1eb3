// One's own account: password, second factor, browsers.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { browsers, changePassword } from "../../api/people";
import { session } from "../../api/queries";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { Facts, Section } from "../../kit/bits";
import { Browsers } from "../../kit/Browsers";
import { RoleNames, StoreNames } from "../../kit/Names";
import { NewPassword, passwordWrong } from "../../kit/NewPassword";
import { PasswordField } from "../../kit/PasswordField";
import classes from "../../kit/people.module.css";
import { useWords } from "../../words";
import { SecondFactor } from "./SecondFactor";

export function AccountPage() {
  const { t } = useWords();
  const me = useQuery(session).data;
  if (!me) return null;
  return (
    <div className={classes.page}>
      <h1>{t("account.title")}</h1>
      <Facts
        facts={[
          { name: t("people.name"), value: me.user.name },
          { name: t("people.roles"), value: <RoleNames roles={me.user.roles} /> },
          { name: t("people.stores"), value: <StoreNames stores={me.user.stores} /> },
          { name: t("menu.workspace"), value: me.tenant },
        ]}
      />
      <Section id="password" title={t("account.password")}>
        <Password name={me.user.name} />
      </Section>
      <Section id="factor" title={t("account.factor")}>
        <SecondFactor on={me.user.second_factor} />
      </Section>
      <Section id="browsers" title={t("account.browsers")}>
        <Browsers />
      </Section>
    </div>
  );
}

function Password({ name }: { name: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  return (
    <div className={classes.deeds}>
      <ActionForm
        title={t("account.passwordChange")}
        note={t("account.passwordNote")}
        wrong={(typed) => passwordWrong(typed, t)}
        run={async (typed, key) => {
          const password = String(typed.get("now"));
          await changePassword({ password, new_password: String(typed.get("password")) }, key);
          announce(t("account.passwordDone"));
          await cache.invalidateQueries({ queryKey: browsers().queryKey });
        }}
      >
        {/* For password managers, which keep a password beside its name. */}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <PasswordField
          name="now"
          label={t("account.passwordNow")}
          autoComplete="current-password"
          autoFocus
        />
        <NewPassword label={t("account.passwordNew")} again={t("account.passwordAgain")} />
      </ActionForm>
    </div>
  );
}
