// The six digits of an authenticator app.
import { TextInput } from "@mantine/core";
import { useWords } from "../words";

export function CodeField({ label }: { label: string }) {
  const { t } = useWords();
  return (
    <TextInput
      name="code"
      label={label}
      description={t("login.codeHelp")}
      autoComplete="one-time-code"
      inputMode="numeric"
      // Apps show the digits in groups, and that is how they are pasted.
      pattern="\s*(\d\s*){6}"
      maxLength={12}
      required
      autoFocus
    />
  );
}

/** The digits of a typed or pasted code. */
export function codeOf(typed: FormData): string {
  return String(typed.get("code") ?? "").replaceAll(/\D/g, "");
}
