// Several of a list: roles, stores, rights. What is chosen is in the form as values of one name.
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { access } from "../api/people";
import { accounts, session } from "../api/queries";
import { useWords } from "../words";
import classes from "./people.module.css";
import { Problem } from "./states";

interface Choice {
  value: string;
  label: string;
}

export function Choices({
  name,
  legend,
  help,
  choices,
  chosen = [],
  autoFocus = false,
}: {
  name: string;
  legend: string;
  help?: string;
  choices: Choice[];
  chosen?: readonly string[];
  autoFocus?: boolean;
}) {
  return (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      {choices.map(({ value, label }, at) => (
        <Checkbox
          key={value}
          name={name}
          value={value}
          label={label}
          defaultChecked={chosen.includes(value)}
          autoFocus={autoFocus && at === 0}
        />
      ))}
      {help && <p>{help}</p>}
    </fieldset>
  );
}

/** The roles of the policy. */
export function RoleChoices({
  chosen = [],
  autoFocus = false,
}: {
  chosen?: readonly string[];
  autoFocus?: boolean;
}) {
  const { t, name } = useWords();
  const known = useQuery(access);
  if (known.isError) return <Problem error={known.error} />;
  const roles = new Set([...(known.data?.access.map((each) => each.role) ?? []), ...chosen]);
  return (
    <Choices
      // Drawn anew once the roles are known, so that what is chosen is ticked.
      key={known.data ? "known" : "waiting"}
      name="roles"
      legend={t("people.roles")}
      choices={[...roles].map((role) => ({ value: role, label: name("role", role) }))}
      chosen={chosen}
      autoFocus={autoFocus}
    />
  );
}

const everywhere = "*";

/** All stores or some of them; only their own for who works for some. */
export function StoreChoices({ chosen }: { chosen?: readonly string[] }) {
  const { t } = useWords();
  const known = useQuery(accounts);
  const mine = useQuery(session).data?.user.stores ?? [];
  const free = mine.length === 0;
  const [all, setAll] = useState(free && (chosen ?? []).length === 0);
  if (known.isError) return <Problem error={known.error} />;
  const stores = known.data?.items.filter((each) => each.room === "channel") ?? [];
  return (
    <fieldset className={classes.group}>
      <legend>{t("people.stores")}</legend>
      {free && (
        <Checkbox
          name="stores"
          value={everywhere}
          label={t("people.allStores")}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      {!all &&
        stores.map(({ id, title }) => (
          <Checkbox
            key={id}
            name="stores"
            value={id}
            label={title}
            defaultChecked={chosen?.includes(id) ?? !free}
          />
        ))}
      {free && <p>{stores.length === 0 ? t("people.noStores") : t("people.storesHelp")}</p>}
    </fieldset>
  );
}

/** The stores that were chosen: an empty list for all; nothing when none was. */
export function storesOf(typed: FormData): string[] | undefined {
  const chosen = ticked(typed, "stores");
  if (chosen.includes(everywhere)) return [];
  return chosen.length > 0 ? chosen : undefined;
}

/** What was ticked under a name. */
export function ticked(typed: FormData, name: string): string[] {
  return typed.getAll(name).map(String);
}

/** Text typed under a name, without space at its ends. */
export function typedText(typed: FormData, name: string): string {
  return String(typed.get(name) ?? "").trim();
}
