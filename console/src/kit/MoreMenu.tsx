// The places that are not in the bar, behind one button.
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useWords } from "../words";
import { KeyCaps } from "./KeyCaps";
import classes from "./kit.module.css";
import type { Place } from "./places";

export function MoreMenu({ places, path }: { places: readonly Place[]; path: string }) {
  const { t } = useWords();
  const menu = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const here = places.find(({ to }) => path.startsWith(to));
  if (places.length === 0) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget="more"
        aria-expanded={open}
        aria-controls="more"
        data-here={here !== undefined}
        className={classes.navLink}
      >
        {here ? t(here.says) : t("nav.more")}
        <span aria-hidden="true">▾</span>
      </button>
      <nav
        ref={menu}
        id="more"
        popover="auto"
        aria-label={t("nav.more")}
        data-open={open}
        className={classes.more}
        onToggle={(event) => {
          const shown = event.newState === "open";
          setOpen(shown);
          if (shown) menu.current?.querySelector("a")?.focus();
        }}
      >
        {places.map(({ to, says, by }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ includeSearch: false }}
            className={classes.navLink}
            onClick={() => menu.current?.hidePopover()}
          >
            <span>{t(says)}</span>
            <KeyCaps of={by} />
          </Link>
        ))}
      </nav>
    </>
  );
}
