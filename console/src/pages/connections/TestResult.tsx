// What a test came to, in words.
import { Alert } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { useWords } from "../../words";

export function TestResult({ test }: { test: Schemas["ConnectionTest"] }) {
  const { t } = useWords();
  const how = {
    asked: t("connect.testAsked", { address: test.address }),
    reached: t("connect.testReached", { address: test.address }),
    nothing: t("connect.testNothing"),
  }[test.how];
  return (
    <Alert
      color={test.ok ? "green" : "red"}
      variant="outline"
      role={test.ok ? "status" : "alert"}
      title={t(test.ok ? "connect.testOk" : "connect.testFailed")}
    >
      {test.how === "nothing" ? how : `${how}: ${test.detail}`}
    </Alert>
  );
}
