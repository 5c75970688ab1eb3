// Who is signed in, and what they chose for themselves: language and theme; the keys, the way out.
import { Button, NativeSelect, useMantineColorScheme } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Schemas } from "../api/client";
import { logout } from "../api/queries";
import { setLanguage, useWords } from "../words";
import { languageKey, languages, type Language } from "../words/languages";
import { KeyCaps } from "./KeyCaps";
import { useKeys } from "./keys";
import classes from "./kit.module.css";
import { openWindow } from "./windows";

const themes = ["auto", "light", "dark"] as const;
/** As much of a name as a button shows; the menu has the whole. */
const nameMost = 24;

async function signOut(): Promise<void> {
  await logout();
  // A fresh page: nothing of this session stays in memory.
  globalThis.location.assign("/login");
}

export function PersonMenu({ me }: { me: Schemas["Session"] | null | undefined }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const self = me?.user.name ?? "";
  const short = self.length > nameMost ? `${self.slice(0, nameMost)}…` : self;
  const roles = me?.user.roles ?? [];
  useKeys({ menu: { run: () => menu.current?.showPopover() } }, [
    { label: t("account.menu"), run: () => void navigate({ to: "/account" }) },
    { label: t("menu.signOut"), run: () => void signOut() },
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
          <Button variant="default" size="sm" onClick={() => void signOut()}>
            {t("menu.signOut")}
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
