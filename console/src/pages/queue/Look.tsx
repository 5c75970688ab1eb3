// The look at what follows, before something leaves that cannot be called back.
import { use, useLayoutEffect, useRef } from "react";
import { Button } from "@mantine/core";
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";
import { Facts, Tag, Told } from "../../kit/bits";
import { KeyCaps } from "../../kit/KeyCaps";
import { Problem } from "../../kit/states";
import { useWords, type Key } from "../../words";
import { Shut } from "./ActionForm";
import { Cost, Margin, Promised } from "./WayOut";
import classes from "./queue.module.css";

interface Props {
  exception: Exception;
  decision: Schemas["Resolution"];
  back: () => void;
  take: () => void;
  pending: boolean;
  error: unknown;
}

export function Look({ exception, decision, back, take, pending, error }: Props) {
  const { t, name } = useWords();
  const shut = use(Shut);
  const sure = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => sure.current?.focus(), []);
  const way = exception.options.find((option) => option.verb === decision.verb);
  if (!way) return null;
  return (
    <section className={classes.form} data-look="" aria-label={t("look.title")}>
      <h3>
        {t("look.title")} <Tag tone="warn">{t(`look.${way.leaves ?? "nothing"}` as Key)}</Tag>
      </h3>
      <p className={classes.lookText}>
        <strong>{name("verb", way.verb)}:</strong> <Told text={way.consequence} />
      </p>
      <Facts
        facts={[
          { name: t("way.cost"), value: <Cost way={way} reason={exception.reason} /> },
          { name: t("way.margin"), value: <Margin way={way} reason={exception.reason} /> },
          {
            name: t("exception.promise"),
            value: <Promised way={way} />,
          },
          { name: t("form.reason"), value: decision.note, wide: true },
        ]}
      />
      {Boolean(error) && <Problem error={error} />}
      <div className={classes.formButtons}>
        <Button ref={sure} size="sm" loading={pending} disabled={shut} onClick={take}>
          {t("look.sure", { verb: name("verb", way.verb) })}
        </Button>
        <KeyCaps of="confirm" />
        <Button size="sm" variant="subtle" onClick={back}>
          {t("form.cancel")}
        </Button>
        <KeyCaps of="back" />
      </div>
    </section>
  );
}
