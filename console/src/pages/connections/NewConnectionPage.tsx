// Connecting something: what it is, then what it needs.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { announce } from "../../kit/announce";
import { Failed, Loading } from "../../kit/states";
import { en, useWords, type Key } from "../../words";
import { ConnectionForm } from "./ConnectionForm";
import classes from "./connections.module.css";
import { connectionKinds } from "./questions";

export function NewConnectionPage() {
  const { t, name } = useWords();
  const found = useQuery(connectionKinds);
  const navigate = useNavigate();
  const { room, kind } = useSearch({ from: "/signed-in/connections/new" });
  if (found.isPending) return <Loading rows={5} title />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("connect.addTitle")} retry={retry} />;
  }
  const kinds = found.data.items.filter((each) => !room || each.room === room);
  const chosen = kinds.find((each) => each.kind === kind);
  if (!chosen) return <Choice kinds={kinds.length > 0 ? kinds : found.data.items} />;
  return (
    <div className={classes.page}>
      <h1>
        {name("partner", chosen.kind)}{" "}
        <span className={classes.dim}>{name("room", chosen.room)}</span>
      </h1>
      <Guide kind={chosen.kind} />
      <ConnectionForm
        key={`${chosen.room} ${chosen.kind}`}
        kind={chosen}
        saved={(id) => {
          announce(t("connect.saved"));
          void navigate({ to: "/connections/$connection", params: { connection: id } });
        }}
        cancel={
          <Link to="/connections/new" search={room ? { room } : {}}>
            {t("connect.other")}
          </Link>
        }
      />
    </div>
  );
}

/** How to get what the form asks for, where we know it. */
export function Guide({ kind }: { kind: string }) {
  const { t } = useWords();
  const key = `guide.${kind}`;
  return key in en ? <p className={classes.lead}>{t(key as Key)}</p> : null;
}

function Choice({ kinds }: { kinds: Schemas["ConnectionKind"][] }) {
  const { t, name } = useWords();
  const rooms = [...new Set(kinds.map((each) => each.room))];
  return (
    <div className={classes.page}>
      <h1>{t("connect.what")}</h1>
      {rooms.map((room) => (
        <section key={room} aria-labelledby={`room-${room}`} className={classes.choice}>
          <h2 id={`room-${room}`}>{name("room", room)}</h2>
          <ul>
            {kinds
              .filter((each) => each.room === room)
              .map((each) => (
                <li key={each.kind}>
                  <Link to="/connections/new" search={{ room, kind: each.kind }}>
                    {name("partner", each.kind)}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <Link to="/connections">{t("form.cancel")}</Link>
    </div>
  );
}
