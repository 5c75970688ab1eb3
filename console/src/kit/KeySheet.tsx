// The sheet of keys: every key there is, what works on this page first.
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useWords, type Key } from "../words";
import { KeyCaps } from "./KeyCaps";
import { bindingIds, bindings, live, type Binding } from "./keys";
import classes from "./kit.module.css";
import { closeWindow } from "./windows";

const areas: Record<Binding["area"], Key> = {
  cases: "keys.cases",
  lists: "keys.lists",
  form: "keys.form",
  everywhere: "keys.everywhere",
  go: "keys.go",
  palette: "keys.inPalette",
};

export function KeySheet() {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Read from the top, not from the button at the end.
    title.current?.focus();
  }, []);
  const groups = (Object.keys(areas) as Binding["area"][]).map((area) => {
    const ids = bindingIds.filter((id) => bindings[id].area === area);
    return { area, ids, here: ids.some((id) => live.handler(id) !== undefined) };
  });
  groups.sort((a, b) => Number(b.here) - Number(a.here));
  return (
    <dialog
      ref={dialog}
      className={classes.sheet}
      aria-labelledby="keys-title"
      onClose={closeWindow}
    >
      <h2 id="keys-title" ref={title} tabIndex={-1}>
        {t("keys.title")}
      </h2>
      <p className={classes.dim}>{t("keys.lead")}</p>
      <div className={classes.sheetGroups}>
        {groups.map(({ area, ids }) => (
          <section key={area} aria-labelledby={`keys-${area}`}>
            <h3 id={`keys-${area}`}>{t(areas[area])}</h3>
            <dl>
              {ids.map((id) => (
                <div key={id}>
                  <dt>
                    <KeyCaps of={id} />
                  </dt>
                  <dd>{t(bindings[id].says)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <form method="dialog">
        <Button type="submit" variant="default" size="sm">
          {t("keys.close")}
        </Button>
      </form>
    </dialog>
  );
}
