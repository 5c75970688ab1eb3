// What was seen of the items of a check: what was not in order in words, and every photo.
import type { Schemas } from "../api/client";
import { useWords } from "../words";
import { Tag } from "./bits";
import classes from "./findings.module.css";

type Finding = Schemas["CheckFinding"];

/** What a reader has to see of a check; what was in order and has no photo goes without saying. */
export function telling(items: Finding[]): Finding[] {
  const bad = items.filter((each) => each.verdict !== "pass");
  return [...bad, ...items.filter((each) => each.verdict === "pass" && (each.photo || each.note))];
}

export function Findings({ items }: { items: Finding[] }) {
  const { t, name, rule } = useWords();
  const shown = telling(items);
  if (shown.length === 0) return null;
  return (
    <ul className={classes.findings}>
      {shown.map((each) => (
        <li key={each.name}>
          <span>
            <Tag tone={each.verdict === "pass" ? "good" : "bad"}>
              {name("verdict", each.verdict)}
            </Tag>{" "}
            {rule(each.name)}
            {each.note && <span className={classes.note}> {each.note}</span>}
          </span>
          {each.photo && (
            <a href={`/api/v1/photos/${each.photo}`}>
              <img
                src={`/api/v1/photos/${each.photo}`}
                alt={t("check.photo", { item: rule(each.name) })}
                loading="lazy"
                className={classes.photo}
              />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
