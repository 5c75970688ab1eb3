// One user: other roles or stores, browsers, the second factor, the way out.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import {
  browsers,
  changeUser,
  removeUser,
  resetSecondFactor,
  users,
  type User,
} from "../../api/people";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { Browsers } from "../../kit/Browsers";
import { RoleChoices, storesOf, StoreChoices, ticked } from "../../kit/Choices";
import { useKeys } from "../../kit/keys";
import classes from "../../kit/people.module.css";
import { useWords } from "../../words";

export function OneUser({ user }: { user: User }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { name } = user;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  async function close(): Promise<void> {
    await navigate({ to: "/people", search: {}, resetScroll: false });
    document.querySelector<HTMLElement>(`a[href$="?user=${user.id}"]`)?.focus();
  }
  useKeys({ back: { run: () => void close() } });

  async function told(text: string): Promise<void> {
    announce(text);
    await cache.invalidateQueries({ queryKey: users.queryKey });
    await cache.invalidateQueries({ queryKey: browsers(user.id).queryKey });
  }

  return (
    <section className={classes.chosen} aria-labelledby="chosen-user">
      <div className={classes.chosenHead}>
        <h2 id="chosen-user" ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <Button size="compact-sm" variant="subtle" onClick={() => void close()}>
          {t("people.close")}
        </Button>
      </div>
      <div className={classes.deeds}>
        <ActionForm
          title={t("people.change")}
          note={t("people.changeNote", { name })}
          wrong={(typed) => {
            if (ticked(typed, "roles").length === 0) return t("people.chooseRole");
            return storesOf(typed) ? undefined : t("people.chooseStore");
          }}
          run={async (typed) => {
            const roles = ticked(typed, "roles");
            await changeUser(user.id, { roles, stores: storesOf(typed) ?? [] });
            await told(t("people.changed", { name }));
          }}
        >
          <RoleChoices chosen={user.roles} autoFocus />
          <StoreChoices chosen={user.stores} />
        </ActionForm>
        {user.second_factor && (
          <ActionForm
            title={t("people.reset")}
            note={t("people.resetNote", { name })}
            danger
            run={async () => {
              await resetSecondFactor(user.id);
              await told(t("people.wasReset", { name }));
            }}
          />
        )}
        <ActionForm
          title={t("people.remove")}
          note={t("people.removeNote", { name })}
          danger
          run={async () => {
            await removeUser(user.id);
            await told(t("people.removed", { name }));
            await close();
          }}
        />
      </div>
      <h3>{t("people.browsers")}</h3>
      <Browsers user={user.id} />
    </section>
  );
}
