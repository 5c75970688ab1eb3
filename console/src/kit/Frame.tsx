// The frame while it is asked who is there: its bar, and bars where the page will stand.
import { useWords } from "../words";
import classes from "./kit.module.css";
import { Loading } from "./states";

export function Frame() {
  const { t } = useWords();
  return (
    <div className={classes.shell}>
      <header className={classes.top}>
        <span className={classes.brand}>{t("app.name")}</span>
      </header>
      <main className={classes.main}>
        <Loading rows={8} />
      </main>
    </div>
  );
}
