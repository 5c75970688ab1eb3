// The rows of the queue: only those in sight are drawn, and only some pages are kept; rows beyond
// them keep their room and are fetched when one scrolls there.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Exception } from "../../api/queries";
import { Broken } from "../../kit/lists";
import { useWords } from "../../words";
import { idOf } from "./decide";
import { ExceptionRow } from "./ExceptionRow";
import { useAround, type Rows } from "./useAround";
import classes from "./queue.module.css";

interface Props {
  items: Exception[];
  /** Rows before the first item and after the last one, which are not here now. */
  before: number;
  after: number;
  chosen: Exception | undefined;
  choose: ((item: Exception) => void) | undefined;
  found: Rows;
  /** Brings the rows around a place that is not here. */
  jump: (row: number) => Promise<unknown>;
  marked: ReadonlyMap<string, Exception>;
  /** Whether focus goes with the choice: not while something is done about many at once. */
  follow: boolean;
  /** Without it nothing can be marked. */
  mark: ((item: Exception) => void) | undefined;
}

export function QueueList(props: Props) {
  const { items, before, after, chosen, choose, found, jump, marked, follow, mark } = props;
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: before + items.length + after,
    getScrollElement: () => box.current,
    estimateSize: () => 96,
    overscan: 6,
  });
  const shown = rows.getVirtualItems();
  const first = (shown[0]?.index ?? 0) - before;
  const last = (shown.at(-1)?.index ?? 0) - before;
  const { error, again } = useAround({
    found,
    count: items.length,
    first,
    last,
    resting: !rows.isScrolling,
    jump: (row) => jump(Math.max(0, before + row)),
  });

  // Heights are kept by place, for cases come and go as one scrolls; where news put another case in
  // a place that is drawn, all that are drawn are measured again, or scrolling on would jump.
  const drawn = useRef(new Map<number, string>());
  useLayoutEffect(() => {
    const was = drawn.current;
    drawn.current = new Map();
    let moved = false;
    for (const { index } of rows.getVirtualItems()) {
      const item = items[index - before];
      if (!item) continue;
      drawn.current.set(index, idOf(item));
      moved ||= was.has(index) && was.get(index) !== idOf(item);
    }
    if (!moved) return;
    const nodes = [...(box.current?.querySelectorAll<HTMLElement>("li[data-index]") ?? [])];
    // Forgotten all at once: each would else take its place from the one that stood there.
    for (const node of nodes) rows.elementsCache.delete(Number(node.dataset.index));
    for (const node of nodes) {
      // A row that moved keeps its size, and so being watched alone would not tell its height.
      rows.measureElement(node);
      rows.resizeItem(Number(node.dataset.index), node.offsetHeight);
    }
  });

  const chosenId = chosen && idOf(chosen);
  const moved = useRef<string>(undefined);
  const chosenAt = items.findIndex((item) => idOf(item) === chosenId);
  useEffect(() => {
    // Only a new choice is brought into sight: who scrolls on stays where they are.
    if (!follow || chosenAt < 0 || moved.current === chosenId) return;
    rows.scrollToIndex(before + chosenAt, { align: "auto" });
    // Focus follows the choice, except out of a field somebody types in, and not at the start.
    const focused = document.activeElement;
    const free =
      focused === document.body || (focused instanceof HTMLElement && "row" in focused.dataset);
    if (free && moved.current !== undefined) {
      requestAnimationFrame(() =>
        box.current
          ?.querySelector<HTMLElement>('[aria-current="true"]')
          ?.focus({ preventScroll: true }),
      );
    }
    moved.current = chosenId;
  }, [before, chosenAt, chosenId, follow, rows]);

  return (
    <div className={classes.list} ref={box} tabIndex={-1}>
      {/* Rows follow each other as text does: whatever their heights are, none covers another. */}
      <ul
        aria-label={t("queue.list")}
        style={{ height: rows.getTotalSize(), paddingTop: shown[0]?.start }}
      >
        {shown.map((row) => {
          const item = items[row.index - before];
          return (
            <li
              key={item ? idOf(item) : row.index}
              ref={rows.measureElement}
              data-index={row.index}
              data-marked={item !== undefined && marked.has(idOf(item))}
              aria-setsize={before + items.length + after}
              aria-posinset={row.index + 1}
              aria-busy={!item}
            >
              {item && mark && (
                <Mark item={item} marked={marked.has(idOf(item))} change={() => mark(item)} />
              )}
              {item ? (
                <ExceptionRow exception={item} chosen={idOf(item) === chosenId} choose={choose} />
              ) : (
                <div className={classes.rowRoom} />
              )}
            </li>
          );
        })}
      </ul>
      {error !== undefined && <Broken error={error} retry={again} />}
    </div>
  );
}

function Mark({ item, marked, change }: { item: Exception; marked: boolean; change: () => void }) {
  const { t, name } = useWords();
  const what = `${name("reason", item.reason)} ${item.store_number || item.about}`;
  return (
    <label className={classes.mark}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={marked}
        onChange={change}
        aria-label={t("bulk.mark", { what })}
      />
    </label>
  );
}
