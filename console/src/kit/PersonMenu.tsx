// Who is signed in, and what they chose for themselves: language and theme; the keys, the way out.
import { Button, NativeSelect, useMantineColorScheme } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Schemas } from "../api/client";
import { logout } from "../api/queries";
import { letUnsentGo, settleUnsent } from "../api/unsent";
import { setLanguage, useWords } from "../words";
import { languageKey, languages, type Language } from "../words/languages";
import { KeyCaps } from "./KeyCaps";
import { offBench, useKeys } from "./keys";
import classes from "./kit.module.css";
import { Problem } from "./states";
import { openWindow } from "./windows";

const themes = ["auto", "light", "dark"] as const;
/** As much of a name as a button shows; the menu has the whole. */
const nameMost = 24;

/** Signs out once everything decided is recorded, or `anyway`; gives how much is not. */
async function signOut(anyway: boolean): Promise<number> {
  const left = await settleUnsent();
  if (left > 0 && !anyway) return left;
  await logout();
  letUnsentGo();
  // A fresh page: nothing of this session stays in memory.
  globalThis.location.assign("/login");
  return 0;
}

export function PersonMenu({ me }: { me: Schemas["Session"] | null | undefined }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const self = me?.user.name ?? "";
  const short = self.length > nameMost ? `${self.slice(0, nameMost)}…` : self;
  const roles = me?.user.roles ?? [];
  const leave = useMutation({
    mutationFn: signOut,
    // Its place is the menu, from wherever it was asked for.
    onSettled: (left) => {
      if (left !== 0 && !menu.current?.matches(":popover-open")) menu.current?.showPopover();
    },
  });
  const unsent = leave.data ?? 0;
  const goOut = () => !leave.isPending && leave.mutate(unsent > 0);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useKeys({ menu: { run: offBench(path, () => menu.current?.showPopover()) } }, [
    { label: t("account.menu"), run: () => void navigate({ to: "/account" }) },
    { label: t("menu.signOut"), run: goOut },
  ]);

  return (
    <>
      <button
        type="button"
        popoverTarget="person"
        aria-expanded={open}
        aria-controls="person"
        className={classes.person}
      >
        <span>{short}</span>
        <span className={classes.unseen}>{t("menu.title")}</span>
      </button>
      <div
        ref={menu}
        id="person"
        popover="auto"
        role="group"
        aria-label={t("menu.title")}
        data-open={open}
        className={classes.menu}
        onToggle={(event) => {
          const shown = event.newState === "open";
          setOpen(shown);
          if (!shown && !leave.isPending) leave.reset();
          if (shown) menu.current?.querySelector("select")?.focus();
        }}
      >
        <div>
          <p className={classes.menuName}>{self}</p>
          <p className={classes.dim}>
            {t("menu.roles", { count: roles.length })}:{" "}
            {roles.map((role) => name("role", role)).join(", ") || t("form.none")}
          </p>
          <p className={classes.dim}>
            {t("menu.workspace")}: {me?.tenant}
          </p>
        </div>
        <LanguageChoice />
        <ThemeChoice />
        <Link to="/account" className={classes.navLink} onClick={() => menu.current?.hidePopover()}>
          {t("account.menu")}
        </Link>
        {leave.isError && <Problem error={leave.error} />}
        {unsent > 0 && <p role="alert">{t("menu.unsent", { count: unsent })}</p>}
        <div className={classes.menuEnd}>
          <Button
            variant="default"
            size="sm"
            rightSection={<KeyCaps of="help" />}
            onClick={() => {
              menu.current?.hidePopover();
              openWindow("keys");
            }}
          >
            {t("menu.keys")}
          </Button>
          <Button variant="default" size="sm" loading={leave.isPending} onClick={goOut}>
            {t(unsent > 0 ? "menu.signOutAnyway" : "menu.signOut")}
          </Button>
        </div>
      </div>
    </>
  );
}

export function LanguageChoice() {
  const { t, language } = useWords();
  const [failed, setFailed] = useState(false);

  async function choose(next: Language): Promise<void> {
    try {
      await setLanguage(next);
      localStorage.setItem(languageKey, next);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }

  return (
    <NativeSelect
      size="sm"
      label={t("menu.language")}
      value={language}
      error={failed && t("menu.languageFailed")}
      onChange={(event) => void choose(event.currentTarget.value as Language)}
    >
      {languages.map((each) => (
        <option key={each.id} value={each.id} lang={each.id} translate="no">
          {each.name}
        </option>
      ))}
    </NativeSelect>
  );
}

function ThemeChoice() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme({
    // Turning transitions off for a moment takes a style element, which the policy forbids.
    keepTransitions: true,
  });
  return (
    <fieldset className={classes.themes}>
      <legend>{t("menu.theme")}</legend>
      {themes.map((theme) => (
        <label key={theme}>
          <input
            type="radio"
            name="theme"
            checked={colorScheme === theme}
            onChange={() => setColorScheme(theme)}
          />
          {t(`menu.theme.${theme}`)}
        </label>
      ))}
    </fieldset>
  );
}
