// Small pieces every page is made of.
import type { ReactNode } from "react";
import { useWords } from "../words";
import { ago, deadline, fullMoment, moment, money, span, urgency } from "./format";
import classes from "./kit.module.css";
import { useNow } from "./now";
import { told } from "./told";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

/** A word with a meaning; the colour only repeats what the word says. */
export function Tag({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className={classes.key}>{children}</kbd>;
}

export function Money({ amount }: { amount: string | null | undefined }) {
  const { locale } = useWords();
  return <span className={classes.figure}>{money(amount, locale)}</span>;
}

/** A moment in the reader's zone, with the full date on hover. */
export function When({ at, relative = false }: { at: string | null; relative?: boolean }) {
  const { t, locale } = useWords();
  const now = useNow();
  if (!at) return <>{t("form.none")}</>;
  return (
    <time dateTime={at} title={fullMoment(at, locale)} className={classes.figure}>
      {relative ? ago(at, now, locale) : moment(at, now, locale)}
    </time>
  );
}

/** A recorded sentence: instants in the reader's zone, code words as words. */
export function Told({ text }: { text: string }) {
  const { locale } = useWords();
  return <>{told(text, useNow(), locale)}</>;
}

export function Age({ since }: { since: string }) {
  const say = useWords();
  const now = useNow();
  return (
    <time dateTime={since} title={fullMoment(since, say.locale)} className={classes.figure}>
      {span(now - Date.parse(since), say)}
    </time>
  );
}

/** A deadline: how long is left, coloured and worded when late. */
export function Deadline({ at, exact = false }: { at: string; exact?: boolean }) {
  const say = useWords();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={fullMoment(at, say.locale)}
      className={classes.deadline}
      data-urgency={urgency(at, now)}
    >
      {deadline(at, now, say)}
      {exact && <span className={classes.dim}> · {moment(at, now, say.locale)}</span>}
    </time>
  );
}

export interface Fact {
  name: string;
  value: ReactNode;
  hidden?: boolean;
  /** Takes two columns: addresses and the like. */
  wide?: boolean;
}

/** Names and values; values may be long. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter((fact) => !fact.hidden)
        .map((fact) => (
          <div key={fact.name} data-wide={fact.wide}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={classes.section}>
      <header className={classes.sectionHead}>
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
