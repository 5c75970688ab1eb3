// One exception on its own page: what a link or a small screen shows.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { exceptionDetail } from "../../api/queries";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { ExceptionPanel } from "./ExceptionPanel";
import classes from "./queue.module.css";
import { HeldBar } from "./HeldBar";
import { useDecisions } from "./useDecisions";

export function ExceptionPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { stream, number } = useParams({ from: "/signed-in/exceptions/$stream/$number" });
  const found = useQuery(exceptionDetail(stream, Number(number)));
  const exception = found.data?.exception;
  const order = exception?.order;
  const { mode, setMode } = useDecisions({
    chosen: exception,
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
        <Link to="/">← {t("queue.title")}</Link>
      </nav>
      <h1 className={classes.unseen}>{t("exception.title")}</h1>
      <ExceptionPanel
        exception={exception}
        mode={mode}
        setMode={setMode}
        keys
        done={(gone) => {
          if (gone) void navigate({ to: "/" });
        }}
      />
      <HeldBar back={() => undefined} />
    </div>
  );
}
