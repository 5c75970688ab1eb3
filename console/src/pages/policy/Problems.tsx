// What the server found wrong with a draft; each problem leads to its line.
import type { Schemas } from "../../api/client";
import { Tag } from "../../kit/bits";
import { useWords } from "../../words";
import classes from "./policy.module.css";

type One = Schemas["PolicyProblem"];

export function Problems({
  problems,
  choose,
}: {
  problems: One[];
  choose?: (problem: One) => void;
}) {
  const { t } = useWords();
  if (problems.length === 0) return <p role="status">{t("policy.sound")}</p>;
  const place = (each: One) =>
    each.line > 0
      ? t("policy.place", { file: each.file, line: each.line })
      : each.file || each.at || t("policy.whole");
  return (
    <section aria-label={t("policy.problems")} role="status">
      <p>{t("policy.checked", { count: problems.length })}</p>
      <ul className={classes.problems}>
        {problems.map((each, at) => (
          <li key={at}>
            {choose && each.file ? (
              <button type="button" className={classes.place} onClick={() => choose(each)}>
                {place(each)}
              </button>
            ) : (
              <Tag tone="bad">{place(each)}</Tag>
            )}{" "}
            {each.what}
            {each.todo && <span className={classes.dim}>: {each.todo}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
