// The filtered list as a file: how far it is while it comes, and a way to stop it.
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { exportOrders } from "../../api/orders";
import { ApiError } from "../../api/problem";
import { session } from "../../api/queries";
import { announce } from "../../kit/announce";
import { pressed, useKeys } from "../../kit/keys";
import { save } from "../../kit/save";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { filterOf } from "./filter";
import classes from "./orders.module.css";

export function ExportOrders() {
  const { t } = useWords();
  const search = useSearch({ from: "/signed-in/orders" });
  const me = useQuery(session).data;
  const [open, setOpen] = useState(false);
  const [buyers, setBuyers] = useState(false);
  const [so, setSo] = useState(0);
  const stop = useRef<AbortController>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const run = useMutation({
    mutationFn: async () => {
      stop.current = new AbortController();
      setSo(0);
      let last = 0;
      const came = (orders: number) => setSo((last = orders));
      const file = await exportOrders(filterOf(search), buyers, came, stop.current.signal);
      return { file, orders: last };
    },
    onSuccess: ({ file, orders }) => {
      save(file, "orders.csv");
      announce(t("export.done", { count: orders }));
      close();
    },
  });
  const offered = me?.rights.includes("export") ?? false;
  useKeys({}, offered && !open ? [{ label: t("export.start"), run: () => setOpen(true) }] : []);

  function close(): void {
    stop.current?.abort();
    run.reset();
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  if (!offered) return null;
  if (!open)
    return (
      <Button ref={opener} size="xs" variant="default" onClick={() => setOpen(true)}>
        {t("export.start")}
      </Button>
    );
  const stopped = stop.current?.signal.aborted ?? false;
  return (
    <form
      className={classes.export}
      aria-label={t("export.start")}
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
      onKeyDown={(event) => {
        if (pressed(event.nativeEvent, "back")) close();
      }}
    >
      <p className={classes.dim}>{t("export.note")}</p>
      {me?.rights.includes("buyers") && (
        <Checkbox
          size="xs"
          label={t("export.buyers")}
          checked={buyers}
          disabled={run.isPending}
          onChange={(event) => setBuyers(event.currentTarget.checked)}
        />
      )}
      {run.isPending && <p role="status">{t("export.so", { count: so })}</p>}
      {run.isError &&
        !stopped &&
        (run.error instanceof ApiError ? (
          <Problem error={run.error} />
        ) : (
          <p role="alert">{t("export.broken")}</p>
        ))}
      <div className={classes.find}>
        <Button type="submit" size="xs" loading={run.isPending} autoFocus>
          {t("export.start")}
        </Button>
        <Button size="xs" variant="subtle" onClick={close}>
          {t(run.isPending ? "export.stop" : "form.cancel")}
        </Button>
      </div>
    </form>
  );
}
