// What a test came to, in words.
import type { Schemas } from "../../api/client";
import { Tag } from "../../kit/bits";
import { useWords } from "../../words";
import classes from "./connections.module.css";

export function TestResult({ test }: { test: Schemas["ConnectionTest"] }) {
  const { t } = useWords();
  const how = {
    asked: t("connect.testAsked", { address: test.address }),
    reached: t("connect.testReached", { address: test.address }),
    nothing: t("connect.testNothing"),
  }[test.how];
  return (
    <div role={test.ok ? "status" : "alert"} data-ok={test.ok} className={classes.result}>
      <Tag tone={test.ok ? "good" : "bad"}>
        {t(test.ok ? "connect.testOk" : "connect.testFailed")}
      </Tag>
      <p>{test.how === "nothing" ? how : `${how}: ${test.detail}`}</p>
    </div>
  );
}
