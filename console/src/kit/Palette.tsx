// One field that finds everything: pages, what can be done here, orders and cases by reference.
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { cases as caseList } from "../api/cases";
import { orders, session } from "../api/queries";
import { useWords, type Key } from "../words";
import { best, score } from "./fuzzy";
import { KeyCaps } from "./KeyCaps";
import { bindingIds, bindings, live, pressed, type Binding, type BindingId } from "./keys";
import classes from "./kit.module.css";
import { closeWindow } from "./windows";

interface Entry {
  id: string;
  label: string;
  /** What it is found by, when that is less than what is shown. */
  known?: string;
  keys?: ReactNode;
  run: () => void;
}
interface Group {
  title: Key;
  entries: Entry[];
}

/** Of one kind, while somebody looks for something. */
const most = 7;
/** What the server found stands behind names that begin as typed, before scattered letters. */
const foundPoints = 80;
/** Moving in the list is no action to look for, and the palette is open already. */
const unlisted = new Set<BindingId>(["palette", "next", "previous", "back"]);

export function Palette() {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const query = typed.trim();
  const [asked] = useDebouncedValue(query, 150);
  const reads = useQuery(session).data?.rights.includes("read") ?? false;
  const found = useInfiniteQuery({ ...orders({ q: asked }), enabled: reads && asked.length > 1 });
  const cases = useInfiniteQuery({ ...caseList("exceptions", {}), enabled: reads });
  // At once: the next key is for the field already.
  useLayoutEffect(() => dialog.current?.showModal(), []);

  // What applies was read when the palette opened: nothing changes behind an open window.
  const [fixed] = useState<{ pages: Entry[]; actions: Entry[] }>(() => entriesOfKeys(t));
  const groups = useMemo((): Group[] => {
    const label = (entry: Entry) => entry.known ?? entry.label;
    const known = cases.data?.pages.flatMap((page) => page.items) ?? [];
    const caseEntries = known.map((each) => ({
      id: `case-${each.stream}-${each.number}`,
      label: t("palette.case", {
        reason: name("reason", each.reason),
        number: each.store_number || each.about,
      }),
      known: `${name("reason", each.reason)} ${each.store_number} ${each.about}`,
      run: () =>
        void navigate({
          to: "/exceptions/$stream/$number",
          params: { stream: each.stream, number: String(each.number) },
        }),
    }));
    const rows = asked.length > 1 && query === asked ? (found.data?.pages[0]?.items ?? []) : [];
    const orderEntries = rows.slice(0, most - 1).map((each) => ({
      id: `order-${each.id}`,
      label: t("palette.order", { number: each.store_number }),
      run: () => void navigate({ to: "/orders/$order", params: { order: each.id } }),
    }));
    const all = {
      id: "orders-all",
      label: t("palette.all", { query }),
      run: () => void navigate({ to: "/orders", search: { q: query } }),
    };
    const group = (title: Key, from: Entry[]) => {
      const entries = best(query, from, label);
      const [first] = entries;
      return { title, entries, points: first ? (score(query, label(first)) ?? 0) : 0 };
    };
    const listed: (Group & { points: number })[] = [
      group("palette.actions", fixed.actions),
      group("palette.pages", fixed.pages),
      group("palette.cases", query ? caseEntries : []),
      {
        title: "palette.orders",
        entries: reads && query.length > 1 ? [...orderEntries, all] : [],
        points: orderEntries.length > 0 ? foundPoints : 0,
      },
    ];
    return listed
      .sort((a, b) => b.points - a.points)
      .map(({ title, entries }) => ({ title, entries: query ? entries.slice(0, most) : entries }));
  }, [asked, cases.data, fixed, found.data, name, navigate, query, reads, t]);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = entries[Math.min(at, entries.length - 1)];

  useEffect(() => {
    if (chosen) document.getElementById(`to-${chosen.id}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  function take(entry: Entry | undefined): void {
    if (!entry) return;
    // Focus goes back where it was before the action may move it.
    dialog.current?.close();
    requestAnimationFrame(() => entry.run());
  }

  function key(event: KeyboardEvent): void {
    const { nativeEvent } = event;
    const last = entries.length - 1;
    const here = Math.min(at, last);
    if (pressed(nativeEvent, "paletteNext")) setAt(here >= last ? 0 : here + 1);
    else if (pressed(nativeEvent, "palettePrevious")) setAt(here <= 0 ? last : here - 1);
    else if (pressed(nativeEvent, "paletteRun")) take(chosen);
    else return;
    event.preventDefault();
  }

  const searching = query !== asked || (asked.length > 1 && found.isPending);
  return (
    <dialog
      ref={dialog}
      className={classes.palette}
      aria-label={t("palette.title")}
      onClose={closeWindow}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={chosen && `to-${chosen.id}`}
        aria-label={t("palette.input")}
        placeholder={t("palette.input")}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
        className={classes.paletteInput}
      />
      <div
        id="palette-list"
        role="listbox"
        aria-label={t("palette.title")}
        className={classes.paletteList}
      >
        {groups
          .filter((group) => group.entries.length > 0)
          .map((group) => (
            <div key={group.title} role="group" aria-labelledby={`group-${group.title}`}>
              <div id={`group-${group.title}`} className={classes.paletteGroup}>
                {t(group.title)}
              </div>
              {group.entries.map((entry) => (
                <div
                  key={entry.id}
                  id={`to-${entry.id}`}
                  role="option"
                  aria-selected={entry === chosen}
                  className={classes.paletteEntry}
                  onClick={() => take(entry)}
                >
                  <span>{entry.label}</span>
                  {entry.keys && <span className={classes.paletteKeys}>{entry.keys}</span>}
                </div>
              ))}
            </div>
          ))}
      </div>
      <p role="status" className={classes.paletteFoot}>
        {entries.length === 0 && !searching
          ? t("palette.none", { query })
          : found.isError
            ? t("palette.failed")
            : searching
              ? t("palette.searching")
              : t("palette.count", { count: entries.length })}{" "}
        <span>{t("palette.how")}</span>
      </p>
    </dialog>
  );
}

/** What keys and pages offer at this moment, as entries. */
function entriesOfKeys(t: (key: Key) => string): { pages: Entry[]; actions: Entry[] } {
  const pages: Entry[] = [];
  const actions: Entry[] = [];
  for (const id of bindingIds) {
    const binding: Binding = bindings[id];
    const handler = live.handler(id);
    if (!handler || unlisted.has(id)) continue;
    const run = (key: string) => () => void handler.run({ key });
    if (handler.choices) {
      for (const { key, label } of handler.choices)
        actions.push({
          id: `${id}-${key}`,
          label,
          keys: <kbd className={classes.key}>{key}</kbd>,
          run: run(key),
        });
      continue;
    }
    (binding.area === "go" ? pages : actions).push({
      id,
      label: t(binding.says),
      keys: <KeyCaps of={id} first />,
      run: run(""),
    });
  }
  live.actions().forEach(({ label, run }, number) => {
    actions.push({ id: `action-${number}`, label, run });
  });
  return { pages, actions };
}
