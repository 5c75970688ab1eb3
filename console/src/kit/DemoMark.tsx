// In the frame of every page: that this is the demo, and the way to how one leaves it.
import { Link } from "@tanstack/react-router";
import { useWords } from "../words";
import classes from "./demo.module.css";

export function DemoMark() {
  const { t } = useWords();
  return (
    <Link to="/setup" className={classes.mark} title={t("app.demoSay")}>
      {t("app.demo")}
    </Link>
  );
}
