// One exception on its own page: what a link or a small screen shows. It goes on with the list it
// was opened from.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { exceptionDetail, type Exception } from "../../api/queries";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { after, idOf, neighbour } from "./decide";
import { ExceptionPanel } from "./ExceptionPanel";
import classes from "./queue.module.css";
import { HeldBar } from "./HeldBar";
import { useRows } from "./QueuePage";
import { useDecisions } from "./useDecisions";
import { back } from "./whence";

const titles = { queue: "queue.title", approvals: "queue.approvals", day: "day.title" } as const;

export function ExceptionPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { stream, number } = useParams({ from: "/signed-in/exceptions/$stream/$number" });
  const search = useSearch({ from: "/signed-in/exceptions/$stream/$number" });
  const { items } = useRows(search.list === "approvals" ? "approvals" : "exceptions", search);
  const found = useQuery(exceptionDetail(stream, Number(number)));
  const exception = found.data?.exception;
  const order = exception?.order;
  const id = `${stream}-${number}`;
  const list = search.list ?? "queue";

  function go(to: Exception): void {
    const params = { stream: to.stream, number: String(to.number) };
    void navigate({ to: "/exceptions/$stream/$number", params, search, replace: true });
  }

  /** To the next case of the list it was opened from, else back to the list. */
  function goOn(): void {
    // One's day is three lists: the next case is chosen there.
    const next = list === "day" || !search.list ? undefined : after(items, id);
    if (next) go(next);
    else void navigate({ ...back(search), replace: true });
  }

  const { mode, setMode } = useDecisions({
    chosen: exception,
    ...(list === "day"
      ? {}
      : {
          move: (by: 1 | -1) => {
            const next = neighbour(items, id, by);
            if (next && idOf(next) !== id) go(next);
          },
        }),
    ...(order ? { open: () => void navigate({ to: "/orders/$order", params: { order } }) } : {}),
  });
  if (found.isPending) return <Loading rows={5} />;
  if (!exception)
    return (
      <Failed error={found.error} what={t("exception.title")} retry={() => void found.refetch()} />
    );
  return (
    <div className={classes.alone}>
      <nav>
        <Link {...back(search, id)}>← {t(titles[list])}</Link>
      </nav>
      <h1 className={classes.unseen}>{t("exception.title")}</h1>
      <ExceptionPanel
        key={id}
        exception={exception}
        mode={mode}
        setMode={setMode}
        keys
        done={(gone) => {
          if (gone) goOn();
        }}
      />
      <HeldBar back={go} />
    </div>
  );
}
