// Something that is shown once: a link or a token, to be copied before it is gone.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../words";
import classes from "./people.module.css";

export function ShownOnce({
  title,
  secret,
  done,
}: {
  title: string;
  secret: string;
  done: () => void;
}) {
  const { t } = useWords();
  const [told, setTold] = useState("");
  const copyButton = useRef<HTMLButtonElement>(null);
  useEffect(() => copyButton.current?.focus(), []);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret);
      setTold(t("once.copied"));
    } catch {
      setTold(t("once.notCopied"));
    }
  }

  return (
    <section className={classes.once} aria-label={title}>
      <h3>
        {title} <span className={classes.dim}>{t("once.title")}</span>
      </h3>
      <code className={classes.onceText} data-secret>
        {secret}
      </code>
      <p className={classes.dim}>{t("once.note")}</p>
      <div className={classes.foot}>
        <Button ref={copyButton} size="sm" onClick={() => void copy()}>
          {t("once.copy")}
        </Button>
        <Button size="sm" variant="default" onClick={done}>
          {t("once.done")}
        </Button>
        <span role="status">{told}</span>
      </div>
    </section>
  );
}
