// Keys as they are labelled, drawn from the one table of keys.
import { Fragment } from "react";
import { useWords, type Words } from "../words";
import { Key } from "./bits";
import { bindings, type BindingId } from "./keys";

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

function cap(press: string, { t }: Pick<Words, "t">): string {
  switch (press) {
    case "$mod":
      return apple ? "⌘" : t("key.control");
    case "Shift":
      return t("key.shift");
    case "Enter":
      return t("key.enter");
    case "Escape":
      return t("key.escape");
    case "ArrowDown":
      return "↓";
    case "ArrowUp":
      return "↑";
    default:
      return press.toUpperCase();
  }
}

/** The keys of one meaning; alternatives beside each other, a row of digits as its two ends. */
export function KeyCaps({ of: id, first = false }: { of: BindingId; first?: boolean }) {
  const say = useWords();
  const all = bindings[id].keys.map((keys) =>
    keys.split(" ").map((press) => press.replace("[Shift]+", "").split("+")),
  );
  const row = all.length > 2;
  const shown = first ? all.slice(0, 1) : row ? [all[0]!, all.at(-1)!] : all;
  return shown.map((presses, at) => (
    <Fragment key={presses.join(" ")}>
      {at > 0 && ` ${say.t(row ? "key.to" : "key.or")} `}
      {presses.map((together, after) => (
        <Fragment key={together.join("+")}>
          {after > 0 && ` ${say.t("key.then")} `}
          {together.map((press) => (
            <Key key={press}>{cap(press, say)}</Key>
          ))}
        </Fragment>
      ))}
    </Fragment>
  ));
}
